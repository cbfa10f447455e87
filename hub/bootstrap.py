"""Make ``.venv`` hold exactly what a lock file names. Standard library only: it runs before anything is installed.

``python3 hub/bootstrap.py env [base|dev]``. The second time it only compares a stamp and returns. The syntax stays
readable for Python 3.6, so that an old interpreter gets the sentence below instead of a SyntaxError.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, Iterator, List

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "arboretum-environment"
OLDEST = (3, 11)
NEWER_NAMES = ("python3.13", "python3.12", "python3.11", "python3.14")
UNREACHABLE = re.compile(
    r"failed to fetch|error sending request|dns error|name resolution|timed out|connection (refused|reset|broken|error)"
    r"|newconnectionerror|max retries|network is unreachable|proxyerror|sslerror|certificate",
    re.IGNORECASE,
)


class SetupError(Exception):
    """Setting up cannot go on; the message is one sentence with its remedy."""


def main(arguments: List[str]) -> int:
    """Run the command named in ``arguments``; answer the exit code."""
    kind = arguments[1] if len(arguments) > 1 else "base"
    if arguments[:1] != ["env"] or kind not in {"base", "dev"} or len(arguments) > 2:
        print("Usage: python3 hub/bootstrap.py env [base|dev]", file=sys.stderr)
        return 2
    try:
        require_interpreter(arguments)
        ensure_environment(kind)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def require_interpreter(arguments: List[str]) -> None:
    """Go on under a newer Python of this machine when the one that runs this is too old."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_NAMES:
        found = shutil.which(name)
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, __file__, *arguments])
    raise SetupError(
        "Arboretum needs Python %d.%d or newer and this is Python %s: install it (on Debian: apt-get install "
        "python3 python3-venv) or name one with make PYTHON=/path/to/python3."
        % (OLDEST[0], OLDEST[1], sys.version.split()[0])
    )


def ensure_environment(kind: str) -> None:
    """Install what ``requirements/<kind>.lock`` names, unless the stamp says that it is there.

    An environment that was made for working on the hub stays one, also when it is only brought up to date.
    """
    if STAMP.is_file() and STAMP.read_text().startswith("dev "):
        kind = "dev"
    if is_current(kind):
        return
    require_writable()
    with only_one_at_a_time():
        if is_current(kind):
            return
        note("Setting up .venv from requirements/%s.lock (once; a minute or less) ..." % kind)
        make_venv()
        install(kind)
        point_at_root()
        STAMP.write_text(stamp_for(kind))


def is_current(kind: str) -> bool:
    """Whether the environment holds ``kind``; one made for dev holds base as well."""
    if not (STAMP.is_file() and is_executable(PYTHON)):
        return False
    return STAMP.read_text() in {stamp_for(kind), stamp_for("dev")}


def is_executable(program: Path) -> bool:
    """Whether this user can start ``program``; no when it is a link to where this user may not look."""
    return os.access(str(program), os.X_OK)


def stamp_for(kind: str) -> str:
    """What the stamp says after ``kind`` was installed here; a moved or copied folder has another one."""
    digest = hashlib.sha256()
    for lock in lock_files(kind):
        digest.update(lock.read_bytes())
    return "%s %s %s\n" % (kind, digest.hexdigest(), VENV)


def lock_files(kind: str) -> List[Path]:
    """The lock files that together are the environment ``kind``."""
    return [ROOT / "requirements" / "installer.lock", ROOT / "requirements" / (kind + ".lock")]


def require_writable() -> None:
    """Refuse early when the environment could not be written."""
    for folder in (ROOT, VENV):
        if folder.exists() and not os.access(str(folder), os.W_OK | os.X_OK):
            raise SetupError(
                "The folder %s cannot be written by this user, so the environment cannot be made: give this user the "
                "right to write there, or copy Arboretum to a folder of your own." % folder
            )


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Hold a lock, so that two starts at once do not install into each other's feet."""
    handle = os.open(str(ROOT / "requirements"), os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make_venv() -> None:
    """Make ``.venv``, or make it anew when it belongs to another place or its Python is gone or too old."""
    if is_executable(PYTHON) and belongs_here():
        return
    if (
        subprocess.call([sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL)
        != 0
    ):
        raise SetupError(
            "This Python cannot make virtual environments because its venv module is incomplete: install it (on "
            "Debian: apt-get install python3-venv), then run the command again."
        )
    made = run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if made.returncode != 0:
        raise SetupError(
            "The virtual environment could not be made in %s: %s" % (VENV, last_line(made))
        )


def belongs_here() -> bool:
    """Whether the Python in ``.venv`` starts, is new enough and has its home in this very folder."""
    question = "import sys; print(sys.prefix); sys.exit(sys.version_info < %r)" % (OLDEST,)
    answer = run([str(PYTHON), "-c", question])
    pip = VENV / "bin" / "pip"
    here = pip.is_file() and str(VENV) in pip.read_text(errors="replace")
    return answer.returncode == 0 and answer.stdout.strip() == str(VENV) and here


def install(kind: str) -> None:
    """Install with uv, which takes seconds; with pip where uv does not exist for this machine or fails."""
    installer, wanted = (str(lock) for lock in lock_files(kind))
    pip = [
        str(PYTHON),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--require-hashes",
    ]
    pip += ["--retries", "2"]
    got_uv = run([*pip, "-r", installer])
    if got_uv.returncode == 0:
        uv = [
            str(VENV / "bin" / "uv"),
            "pip",
            "sync",
            "--quiet",
            "--system-certs",
            "--require-hashes",
        ]
        if run([*uv, "--python", str(PYTHON), installer, wanted]).returncode == 0:
            return
    elif UNREACHABLE.search(got_uv.stderr):
        raise unreachable(got_uv)
    note("uv is of no use here; installing with pip, which takes longer ...")
    with_pip = run([*pip, "-r", wanted])
    if with_pip.returncode != 0:
        if UNREACHABLE.search(with_pip.stderr):
            raise unreachable(with_pip)
        raise SetupError(
            "The packages of %s could not be installed: %s" % (wanted, last_line(with_pip))
        )


def point_at_root() -> None:
    """Let the environment's own commands (pytest, celery) import the packages of this folder from anywhere."""
    for packages in VENV.glob("lib/python3*/site-packages"):
        (packages / "arboretum.pth").write_text("%s\n" % ROOT)


def unreachable(failed: "subprocess.CompletedProcess[str]") -> SetupError:
    """The refusal for a machine that cannot fetch packages."""
    return SetupError(
        "The package registry cannot be reached, so nothing was installed: check the network or set HTTPS_PROXY or "
        "PIP_INDEX_URL, then run the command again (pip says: %s)." % last_line(failed)
    )


def run(command: List[str]) -> "subprocess.CompletedProcess[str]":
    """Run ``command`` without a word on the terminal."""
    environment: Dict[str, str] = dict(os.environ, UV_PYTHON_DOWNLOADS="never", UV_NO_PROGRESS="1")
    environment.pop("VIRTUAL_ENV", None)
    return subprocess.run(  # capture_output is younger than Python 3.6
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        env=environment,
        cwd=str(ROOT),
        check=False,
    )


def last_line(finished: "subprocess.CompletedProcess[str]") -> str:
    """The last thing a failed command said."""
    lines = [line for line in (finished.stderr or finished.stdout).splitlines() if line.strip()]
    return lines[-1].strip() if lines else "exit code %d" % finished.returncode


def note(text: str) -> None:
    """Tell the person at the terminal what takes so long."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
