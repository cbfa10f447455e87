"""A parent for the tests of the supervisor: keeps the Python programs given as JSON, writes the pids beside the logs."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from hub.launch.child import Program
from hub.launch.refusals import StartRefused
from hub.launch.supervisor import Supervisor

folder = Path(sys.argv[1])
programs = [
    Program(name, [sys.executable, "-c", code], hurry=signal.SIGQUIT)
    for name, code in json.loads(sys.argv[2]).items()
]


def tell(pids):
    draft = folder / "pids.draft"
    draft.write_text(json.dumps(dict(pids)))
    draft.replace(folder / "pids.json")


supervisor = Supervisor(
    programs,
    logs=folder,
    on_change=tell,
    is_up=lambda: True,
    on_ready=lambda _: print("ready", flush=True),
)
try:
    supervisor.run()
except StartRefused as refusal:
    sys.exit(str(refusal))
