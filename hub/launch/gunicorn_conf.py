"""gunicorn's configuration, embedded and in production (there with ARBORETUM_BIND=0.0.0.0 behind nginx).

One process with many threads: a slow download holds a thread, not memory, and 8 of them must not close the shop.
TCP_NODELAY needs no line here: gunicorn sets it on the listening socket, from which connections inherit it.
"""

import os
from pathlib import Path

wsgi_app = "hub.wsgi:application"
host = os.environ.get("ARBORETUM_BIND") or "127.0.0.1"
bind = [f"{f'[{host}]' if ':' in host else host}:{os.environ.get('PORT') or '8000'}"]
worker_class = "hub.launch.web_worker.HubWorker"
workers = int(os.environ.get("ARBORETUM_WEB_PROCESSES") or 1)
threads = int(os.environ.get("ARBORETUM_WEB_THREADS") or 32)

# The heartbeat comes from the main thread, so an upload may take hours; this only ends a process that hangs.
timeout = 120
graceful_timeout = 7  # seconds; the parent kills after 10
keepalive = 15  # seconds

# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes its own private file

# As long as it may be: paths of files are percent-encoded and the presigned tokens behind them are long.
limit_request_line = 8190
limit_request_fields = 64

# Whoever asks from this machine is trusted with these headers otherwise: SCRIPT_NAME would move every address.
forwarder_headers = ""

# A socket in the home folder by which other programs may command the server: nobody needs it.
control_socket_disable = True

logger_class = "hub.launch.access_log.RequestLogger"
accesslog = "-" if os.environ.get("ARBORETUM_ACCESS_LOG") else None
errorlog = "-"
loglevel = "info"


def post_worker_init(worker: object) -> None:  # noqa: ARG001 - gunicorn's signature
    """Tell the parent that the application is loaded and requests are answered from now on."""
    if ready_file := os.environ.get("ARBORETUM_READY_FILE"):
        Path(ready_file).touch()
