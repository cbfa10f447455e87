"""Bytes that are two things at once."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scanning.corpus.archives import PAYLOAD, tarred, zipped
from tests.scanning.corpus.documents import document
from tests.scanning.corpus.media import ELF, JPEG, WHOLE, gif, png, wav
from tests.scanning.corpus.programs import PE
from tests.scanning.sample import Sample, benign, malicious

CLASSES = zipped(
    {"META-INF/MANIFEST.MF": b"Main-Class: A\n", "A.class": b"\xca\xfe\xba\xbe\0\0\0\x41"}
)
HARMLESS = zipped({"a.txt": b"text"})


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    for ending, whole in WHOLE.items():
        yield malicious(f"{ending}-and-zip", f"a.{ending}", whole + HARMLESS)
        yield malicious(
            f"{ending}-and-zip-of-pickle", f"a.{ending}", whole + zipped({"a": PAYLOAD})
        )
        yield malicious(
            f"{ending}-and-page", f"a.{ending}", whole + b"<html><script>alert(1)</script></html>"
        )
    yield malicious("gif-and-jar", "a.gif", gif() + CLASSES)
    yield malicious("jpeg-and-jar", "a.jpg", JPEG + CLASSES)
    yield malicious("png-and-tar-of-pickle", "a.png", png() + tarred({"a": PAYLOAD}))
    yield malicious(
        "png-and-pdf-script", "a.png", png() + document({1: b"<< /OpenAction << /JS (x) >> >>"})
    )
    yield malicious("pdf-and-zip", "a.pdf", document() + HARMLESS)
    yield malicious("pdf-and-jar", "a.pdf", document() + CLASSES)
    yield malicious(
        "shell-and-zip", "install.bin", b"#!/bin/sh\ntail -c 200 $0 > x\nexit\n" + HARMLESS
    )
    yield malicious(
        "shell-and-tar", "install.run", b"#!/bin/sh\nid\nexit\n" + tarred({"a": PAYLOAD})
    )
    yield malicious("program-and-zip", "a.zip", PE + HARMLESS)
    yield malicious("program-and-zip-as-weights", "a.bin", ELF + HARMLESS)
    yield malicious("text-and-zip", "README.md", b"# A card\n\nIt is nice.\n" + HARMLESS)
    yield malicious("json-and-zip", "config.json", b'{"a": 1}\n' + zipped({"a": PAYLOAD}))
    yield malicious("page-and-zip", "index.html", b"<html><script>1</script></html>" + HARMLESS)
    yield malicious("pickle-and-zip", "a.pkl", b"N." + HARMLESS)
    yield malicious("sound-and-pickle-and-zip", "a.wav", wav() + PAYLOAD + HARMLESS)
    yield malicious("zip-in-front-of-program", "a.zip", HARMLESS + ELF)
    yield malicious("two-zips", "a.zip", zipped({"a": PAYLOAD}) + HARMLESS)
    yield malicious("zip-with-program-in-comment", "a.zip", _commented(HARMLESS, ELF))
    yield benign("zip-with-comment", "a.zip", _commented(HARMLESS, b"made in spring"))
    yield malicious(
        "tar-whose-first-name-is-a-pickle", "a.tar", tarred({PAYLOAD.decode(): b"text"})
    )
    yield malicious("pickle-as-tar", "model.tar", PAYLOAD)
    yield malicious("pickle-as-picture", "a.png", PAYLOAD)
    yield malicious("zip-as-picture", "a.png", HARMLESS)
    yield malicious("picture-as-zip", "a.zip", png())
    yield malicious("program-as-document", "a.pdf", ELF)
    yield malicious("page-as-picture", "a.jpg", b"<html><script>alert(1)</script></html>")


def _commented(content: bytes, comment: bytes) -> bytes:
    return content[:-2] + len(comment).to_bytes(2, "little") + comment
