"""Files written by h5py, in its oldest and its newest form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def _file(folder: Path, kind: str, name: str) -> Path:
    target = folder / kind / name
    target.mkdir(parents=True)
    return target / "weights.h5"


def everything(folder: Path) -> None:
    """Groups with many members and attributes, every layout, the common filters and types."""
    import h5py
    import numpy

    for form in ("earliest", "latest"):
        with h5py.File(_file(folder, "benign", form), "w", libver=form) as file:
            deep = file.create_group("a/b/c")
            deep["x"] = numpy.arange(100.0)
            for number in range(100):
                file.create_dataset(f"t{number}", data=numpy.float32(number))
                file.attrs[f"note{number}"] = f"value {number}, which is a longer text"
            file.attrs["names"] = ["a", "b"]
            file.attrs["long"] = numpy.bytes_("z" * 9000)
            grid = numpy.ones((100, 100))
            file.create_dataset(
                "gzip", data=grid, chunks=(10, 10), compression="gzip", shuffle=True
            )
            file.create_dataset("lzf", data=grid, compression="lzf", fletcher32=True)
            file.create_dataset("growing", data=grid, chunks=(10, 10), maxshape=(None, 100))
            file.create_dataset("texts", data=["a text", "another"], dtype=h5py.string_dtype())
            file.create_dataset("bytes", data=numpy.arange(255, dtype="u1"), compression="gzip")
            file.create_dataset("rows", data=numpy.zeros(3, dtype=[("a", "i4"), ("b", "f8")]))
            file.create_dataset("nothing", data=h5py.Empty("f4"))
            file.create_dataset("unwritten", (1000,), chunks=(10,), dtype="f4")
            file["soft"] = h5py.SoftLink("/a/b")
            file["type"] = numpy.dtype("f8")
            file.create_dataset("typed", (3,), dtype=file["type"])
            file.create_dataset("reference", data=file["gzip"].ref, dtype=h5py.ref_dtype)


def user_block(folder: Path) -> None:
    """Room in front of the file that nobody used."""
    import h5py

    with h5py.File(_file(folder, "benign", "user-block"), "w", userblock_size=512) as file:
        file["x"] = [1, 2]


def other_files(folder: Path) -> None:
    """Each way in which a file takes its data from another one."""
    import h5py

    with h5py.File(_file(folder, "malicious", "link"), "w") as file:
        file["a"] = h5py.ExternalLink("/etc/passwd", "/")
    with h5py.File(_file(folder, "malicious", "external"), "w") as file:
        file.create_dataset("a", (8,), dtype="u1", external=[("../secret", 0, 8)])
    with h5py.File(_file(folder, "malicious", "virtual"), "w", libver="latest") as file:
        layout = h5py.VirtualLayout((4,), dtype="f4")
        layout[:] = h5py.VirtualSource("/srv/other.h5", "x", (4,))
        file.create_virtual_dataset("a", layout)


def pickles(folder: Path) -> None:
    """Pickles as arrays of bytes and as attributes."""
    import h5py
    import numpy

    content = b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R."
    for form in ("earliest", "latest"):
        with h5py.File(_file(folder, "malicious", f"array-{form}"), "w", libver=form) as file:
            file["a"] = numpy.frombuffer(content, dtype="u1")
        with h5py.File(_file(folder, "malicious", f"void-{form}"), "w", libver=form) as file:
            file["a"] = numpy.void(content)
        with h5py.File(_file(folder, "malicious", f"note-{form}"), "w", libver=form) as file:
            file.attrs["a"] = numpy.bytes_(content)


MAKERS: dict[str, Callable[[Path], None]] = {
    "everything": everything,
    "user-block": user_block,
    "other-files": other_files,
    "pickles": pickles,
}
