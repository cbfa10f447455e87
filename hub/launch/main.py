"""``manage.py run``: the embedded hub from one command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from hub.launch.checks import require_data_folder, require_free_port
from hub.launch.options import ROOT, Options
from hub.launch.programs import programs
from hub.launch.refusals import StartRefused
from hub.launch.state import RunFile, only_start_on
from hub.launch.supervisor import Supervisor

REFUSED, INTERRUPTED = 2, 130


def main() -> int:
    """Start the hub and stay until it is told to stop; the exit code is 2 when it cannot start."""
    try:
        options = Options.from_environment(os.environ)
        require_data_folder(options.data)
        with only_start_on(options.data):
            require_free_port(options)
            supervise(options, welcome=prepare(options))
    except StartRefused as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except PermissionError as error:  # left behind by another user, for example by a start as root
        print(
            f"The file {error.filename} in the data folder cannot be written (permission denied): give it and its "
            "neighbours to this user, or choose another folder with ARBORETUM_DATA=/path/to/folder.",
            file=sys.stderr,
        )
        return REFUSED
    except KeyboardInterrupt:  # before the supervisor listens for it
        return INTERRUPTED
    return 0


def prepare(options: Options) -> str:
    """Bring database and static files up to date in a process of its own; answer what the person should know.

    Raises StartRefused when that fails.
    """
    log = options.data / "logs" / "prepare.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as errors:
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "prepare", "--demonstration"],
            env=os.environ | {"ARBORETUM_DATA": str(options.data), "PORT": str(options.port)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            check=False,
        )
    if done.returncode == 0:
        return done.stdout
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    raise StartRefused(
        f"The database and the static files could not be prepared ({lines[-1].strip() if lines else 'no message'}): "
        f"mend the cause and start again; the whole message is in {log}."
    )


def supervise(options: Options, *, welcome: str) -> None:
    """Run the three programs until a signal says stop; ``welcome`` is printed below the address."""
    run_file = RunFile(options.data / "run.json", options)
    ready_file = options.data / "web.ready"
    ready_file.unlink(missing_ok=True)

    def announce(pids: Mapping[str, int]) -> None:
        run_file.write(pids, ready=True)
        print(f"Arboretum runs at {options.url}\n{welcome}", end="", flush=True)
        print(f"Data and logs are in {options.data}; Ctrl-C stops.", flush=True)

    supervisor = Supervisor(
        programs(options, ready_file=ready_file),
        logs=options.data / "logs",
        on_change=lambda pids: run_file.write(pids, ready=ready_file.exists()),
        is_up=ready_file.exists,
        on_ready=announce,
    )
    try:
        supervisor.run()
    finally:
        run_file.remove()
        ready_file.unlink(missing_ok=True)
