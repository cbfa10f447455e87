"""A program that publishes: tus and forms with a token, over real HTTP."""

from __future__ import annotations

import base64
import random
import time
from dataclasses import dataclass

import httpx

from tests.services.hub import RunningHub

BLOCK = 8 * 2**20
OFFSET_TYPE = "application/offset+octet-stream"


def made_of(seed: int, size: int) -> bytes:
    """Bytes that look random and are the same every time."""
    return random.Random(seed).randbytes(size)


@dataclass
class Publisher:
    """Somebody with a write token."""

    hub: RunningHub
    name: str
    client: httpx.Client

    @classmethod
    def at(cls, hub: RunningHub, name: str) -> Publisher:
        hub.manage("create_user", name, "--password", "a long sentence that nobody guesses")
        token = hub.manage("create_token", name, "--scope", "write").strip()
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        return cls(hub, name, httpx.Client(base_url=hub.base_url, headers=headers, timeout=120))

    def add_model(self, name: str, *, owner: str | None = None) -> str:
        """Add a model; answers its full name."""
        owner = owner or self.name
        form = {"owner": owner, "name": name, "visibility": "public"}
        answer = self.client.post("/new", data=form)
        assert answer.status_code == 302, answer.text
        return f"{owner}/{name}"

    def begin(self, model: str) -> dict[str, str]:
        """Begin an upload; answers its addresses: ``page`` and ``files``."""
        answer = self.client.post(f"/{model}/uploads")
        assert answer.status_code == 201, answer.text
        places: dict[str, str] = answer.json()
        return places

    def announce(self, files: str, path: str, size: int) -> str:
        """Announce a file; answers the address of its tus resource."""
        answer = self.client.post(
            files,
            headers={
                "Tus-Resumable": "1.0.0",
                "Upload-Length": str(size),
                "Upload-Metadata": f"path {base64.b64encode(path.encode()).decode()}",
            },
        )
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"]

    def offset(self, file: str) -> int:
        """How many bytes the hub has."""
        answer = self.client.head(file, headers={"Tus-Resumable": "1.0.0"})
        assert answer.status_code == 200, answer.status_code
        return int(answer.headers["Upload-Offset"])

    def send(self, file: str, data: bytes, *, offset: int) -> httpx.Response:
        """Send one block."""
        return self.client.patch(
            file,
            content=data,
            headers={
                "Tus-Resumable": "1.0.0",
                "Upload-Offset": str(offset),
                "Content-Type": OFFSET_TYPE,
            },
        )

    def upload(self, files: str, path: str, data: bytes) -> None:
        """Announce a file and send all of it."""
        file = self.announce(files, path, len(data))
        for start in range(0, len(data), BLOCK):
            answer = self.send(file, data[start : start + BLOCK], offset=start)
            assert answer.status_code == 204, answer.text

    def commit(self, page: str, title: str = "Add files") -> None:
        """Commit what has arrived."""
        answer = self.client.post(
            page, data={"title": title, "then": "commit"}, files={"files": ("", b"")}
        )
        assert answer.status_code == 302, answer.text

    def publish(self, model: str, files: dict[str, bytes], title: str = "Add files") -> None:
        """Send files and commit them."""
        places = self.begin(model)
        for path, data in files.items():
            self.upload(places["files"], path, data)
        self.commit(places["page"], title)

    def status_of(self, model: str, path: str) -> int:
        """What a stranger is answered with who fetches the file."""
        return httpx.get(f"{self.hub.base_url}/{model}/resolve/main/{path}").status_code

    def wait_until_fetchable(self, model: str, path: str, *, seconds: float = 90) -> None:
        """Return once scanning has cleared the file."""
        until = time.monotonic() + seconds
        while self.status_of(model, path) != 200:
            assert time.monotonic() < until, f"{model}/{path} was not cleared in {seconds} s"
            time.sleep(0.2)
