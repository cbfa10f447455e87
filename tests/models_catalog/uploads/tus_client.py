"""A small tus client over Django's test client."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from models_catalog.repos.models import Repo

BLOCK_TYPE = "application/offset+octet-stream"


def encoded(path: str) -> str:
    return base64.b64encode(path.encode()).decode()


@dataclass
class TusClient:
    """Speaks tus 1.0.0 for whoever is signed in on ``client``."""

    client: Client
    repo: Repo
    headers: dict[str, str] = field(default_factory=lambda: {"Tus-Resumable": "1.0.0"})
    files_url: str = ""

    def begin(self) -> str:
        answer = self.client.post(f"/{self.repo.full_name}/uploads")
        assert answer.status_code == 201, answer.content
        self.files_url = answer.json()["files"]
        return self.files_url

    def announce(self, path: str, size: int, **headers: str) -> Any:
        files = self.files_url or self.begin()
        described = {"Upload-Length": str(size), "Upload-Metadata": f"path {encoded(path)}"}
        return self.client.post(files, headers={**self.headers, **described, **headers})

    def append(self, url: str, offset: int, block: bytes, **headers: str) -> Any:
        said = {**self.headers, "Upload-Offset": str(offset), **headers}
        return self.client.generic("PATCH", url, block, content_type=BLOCK_TYPE, headers=said)

    def offset(self, url: str) -> int:
        return int(self.head(url)["Upload-Offset"])

    def head(self, url: str) -> Any:
        return self.client.head(url, headers=self.headers)

    def delete(self, url: str) -> Any:
        return self.client.delete(url, headers=self.headers)

    def send(self, path: str, content: bytes) -> str:
        """A whole file in one block; answers the digest that the hub says."""
        url = self.announce(path, len(content))["Location"]
        answer = self.append(url, 0, content) if content else self.head(url)
        assert answer.status_code in {200, 204}, answer.content
        return str(answer["X-Content-SHA256"])
