"""What must hold before anything is started."""

from __future__ import annotations

import errno
import os
import socket
import tempfile
from pathlib import Path

from hub.launch.options import Options
from hub.launch.refusals import StartRefused

OTHER_FOLDER = "choose another folder with ARBORETUM_DATA=/path/to/folder"


def require_data_folder(data: Path) -> None:
    """Make the data folder and prove that this user can write a file there."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data) as file:
            file.write(b"x")
    except (FileExistsError, NotADirectoryError):
        raise StartRefused(
            f"The data folder {data} cannot be made because a file is in its place: move the file away or {OTHER_FOLDER}."
        ) from None
    except OSError as error:
        raise StartRefused(
            f"The data folder {data} cannot be written ({os.strerror(error.errno or 0).lower()}): "
            f"give this user the right to write there or {OTHER_FOLDER}."
        ) from None


def require_free_port(options: Options) -> None:
    """Bind the address once, so that a taken port is a sentence here and not a traceback of the web server."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        raise StartRefused(_why_not(options, error)) from None


def _why_not(options: Options, error: OSError) -> str:
    port, host = options.port, options.host
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is already in use by another program: stop that program or choose another port, "
            f"for example PORT={port + 1 if port < 65_535 else 8000} make run."
        )
    if error.errno == errno.EACCES:
        return (
            f"Port {port} may not be used by this user because ports below 1024 are reserved for the system: "
            "choose another port, for example PORT=8000 make run."
        )
    return (
        f"The hub cannot listen on {host} ({error.strerror}): set ARBORETUM_BIND to an address of this machine, "
        "for example ARBORETUM_BIND=127.0.0.1."
    )
