"""``python -m tests.run [pytest arguments]``: the suite on real services, which it brings along.

Without arguments: everything on PostgreSQL and Redis, then the tests marked ``data`` again on SQLite and the file queue.
With arguments these go to pytest, on PostgreSQL or, after ``--sqlite``, on SQLite.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hub.launch.child import die_with_parent
from tests.packages import PackagesMissing, require_packages
from tests.services.browser import chromium_path
from tests.services.postgres import postgres
from tests.services.redis import redis_server

ROOT = Path(__file__).resolve().parent.parent
PROCESSES = "2"
NO_TESTS = 5  # pytest's exit code for "nothing was collected"
SERVICE_VARIABLES = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run of pytest ended."""

    title: str
    code: int
    seconds: float
    counts: str


def main(arguments: Sequence[str]) -> int:
    """Run what ``arguments`` ask for; the exit code is pytest's worst."""
    for number in (
        signal.SIGTERM,
        signal.SIGINT,
    ):  # SIGINT too: a shell's background job starts out deaf to it
        signal.signal(number, _interrupt)
    on_sqlite = "--sqlite" in arguments
    given = [argument for argument in arguments if argument != "--sqlite"]
    began = time.monotonic()
    outcomes: list[Outcome] = []
    try:
        require_packages()
        with tempfile.TemporaryDirectory(prefix="arboretum-tests-") as folder:
            Path(folder).chmod(0o711)  # the database server is another user
            if not on_sqlite:
                with services(Path(folder)) as environment:
                    # The server goes away with its databases; dropping them first would only trip over open connections.
                    everything = ["--reuse-db", *(given or ["-n", PROCESSES, "tests"])]
                    outcomes.append(run_pytest("PostgreSQL", everything, environment, Path(folder)))
            if on_sqlite or not given:
                again = given or ["-n", PROCESSES, "-m", "data", "tests"]
                outcomes.append(run_pytest("SQLite", again, {}, Path(folder)))
    except PackagesMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Interrupted; the services are stopped.", file=sys.stderr)
        return 130
    print()
    for outcome in outcomes:
        print(f"{outcome.title}: {outcome.counts} in {outcome.seconds:.0f} s")
    print(f"All together {time.monotonic() - began:.0f} s.")
    return max(outcome.code for outcome in outcomes)


@contextmanager
def services(folder: Path) -> Iterator[dict[str, str]]:
    """Start PostgreSQL and Redis below ``folder``; yield the variables that name them."""
    with ExitStack() as stack:
        database = stack.enter_context(postgres(folder / "postgres"))
        redis = stack.enter_context(redis_server(folder / "redis"))
        yield {"DATABASE_URL": database, "REDIS_URL": redis, "CELERY_BROKER_URL": redis}


def run_pytest(
    title: str, arguments: Sequence[str], services: dict[str, str], folder: Path
) -> Outcome:
    """Run pytest in a process of its own, so that settings are read anew; its output goes to the terminal."""
    environment = {
        name: value for name, value in os.environ.items() if name not in SERVICE_VARIABLES
    }
    environment |= services | {"TMPDIR": str(folder), "CHROMIUM": chromium_path() or ""}
    print(f"\n=== {title} ===", flush=True)
    began = time.monotonic()
    last = ""
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", "-rs", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
        preexec_fn=die_with_parent(signal.SIGTERM),
    ) as process:
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                last = line.strip() or last
            code = process.wait()
        except KeyboardInterrupt:
            _end(process)
            raise
    counts = re.sub(r"^=+ | in [\d.]+s.*$", "", last)
    return Outcome(
        title,
        0 if code == NO_TESTS and "-m" in arguments else code,
        time.monotonic() - began,
        counts,
    )


def _end(process: subprocess.Popen[str]) -> None:
    """Let pytest stop by itself and say what it has; end it when it does not."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.terminate()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
