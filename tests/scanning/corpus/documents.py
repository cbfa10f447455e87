"""PDF documents: pages, and everything a page should not do."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malformed, malicious

PAGES = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>",
}
DRAWN = b"BT /F1 12 Tf 20 100 Td (Cats \\(many\\)) Tj ET"


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """The text of an object with a stream."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def document(
    changes: dict[int, bytes] | None = None,
    *,
    trailer: bytes = b"",
    head: bytes = b"%PDF-1.7\n%\xe2\xe3\n",
) -> bytes:
    """A whole document of one page, some of its objects changed or added."""
    objects = {**PAGES, 4: stream(DRAWN), **(changes or {})}
    out = bytearray(head)
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (max(objects) + 1, trailer)
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)


def catalog(entries: bytes) -> dict[int, bytes]:
    """The first object with more in it."""
    return {1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % entries}


def packed(inner: dict[int, bytes], *, kind: bytes = b"/Type /ObjStm") -> bytes:
    """A document whose objects lie in a packed collection, found by the younger table of places."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\n")
    places = {4: len(out)}
    out += b"4 0 obj\n%s\nendobj\n" % stream(DRAWN)
    bodies, numbers = b"", b""
    for number, content in inner.items():
        numbers += b"%d %d " % (number, len(bodies))
        bodies += content + b" "
    collected = zlib.compress(numbers + bodies)
    extra = b"%s /N %d /First %d /Filter /FlateDecode" % (kind, len(inner), len(numbers))
    places[5] = len(out)
    out += b"5 0 obj\n%s\nendobj\n" % stream(collected, extra)
    places[6] = len(out)
    rows = b"".join(
        b"\x01" + places[number].to_bytes(3, "big") + b"\0"
        if number in places
        else b"\x02" + (5).to_bytes(3, "big") + bytes([list(inner).index(number)])
        for number in range(1, 7)
    )
    described = b"/Type /XRef /Size 7 /Index [1 6] /W [1 3 1] /Root 1 0 R /Filter /FlateDecode"
    out += b"6 0 obj\n%s\nendobj\n" % stream(zlib.compress(rows), described)
    out += b"startxref\n%d\n%%%%EOF\n" % places[6]
    return bytes(out)


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield from _ordinary()
    yield from _acting()
    yield from _hiding()
    yield from _broken()


def _ordinary() -> Iterator[Sample]:
    link = b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org) >> >>"
    shown = {
        "plain": document(),
        "packed-stream": document({4: stream(zlib.compress(DRAWN), b"/Filter /FlateDecode")}),
        "opens-at-page": document(catalog(b"/OpenAction [3 0 R /Fit]")),
        "opens-at-page-by-action": document(catalog(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>")),
        "opens-by-reference": document(
            {**catalog(b"/OpenAction 5 0 R"), 5: b"<< /S /GoTo /D [3 0 R /Fit] >>"}
        ),
        "link": document(
            {3: PAGES[3].replace(b"/Contents", b"/Annots [5 0 R] /Contents"), 5: link}
        ),
        "info": document(
            {5: b"<< /Title (A card) /Producer <4361747321> >>"}, trailer=b"/Info 5 0 R"
        ),
        "collected-objects": packed(PAGES),
        "length-elsewhere": document(
            {4: stream(DRAWN).replace(b"/Length 44", b"/Length 5 0 R"), 5: b"44"}
        ),
        "text-about-scripts": document(
            {4: stream(b"BT (/JavaScript and /Launch are words) Tj ET")}
        ),
    }
    for name, content in shown.items():
        yield benign(f"pdf-{name}", "paper.pdf", content)
    whole = document()
    update = b"5 0 obj\n<< /Title (New) >>\nendobj\n"
    place = len(whole)
    table = place + len(update)
    more = b"xref\n5 1\n%010d 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    yield benign(
        "pdf-updated", "paper.pdf", whole + update + more % (place, whole.index(b"xref\n0"), table)
    )


def _acting() -> Iterator[Sample]:
    script = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    acting = {
        "script": catalog(b"/OpenAction " + script),
        "script-by-reference": {**catalog(b"/OpenAction 5 0 R"), 5: script},
        "script-spelled-otherwise": catalog(b"/OpenAction << /S /J#61vaScript /J#53 (x) >>"),
        "script-names": catalog(b"/Names << /JavaScript << /Names [(a) 5 0 R] >> >>"),
        "script-in-page": {
            3: PAGES[3].replace(b"/Contents", b"/AA << /O " + script + b" >> /Contents")
        },
        "launch": catalog(b"/OpenAction << /S /Launch /F (cmd.exe) >>"),
        "launch-in-annotation": {5: b"<< /Subtype /Link /A << /S /Launch /F (a.exe) >> >>"},
        "submit": {5: b"<< /S /SubmitForm /F (https://example.org/collect) >>"},
        "import": {5: b"<< /S /ImportData /F (x.fdf) >>"},
        "remote": {5: b"<< /S /GoToR /F (\\\\\\\\198.51.100.7\\\\share) /D [0] >>"},
        "opens-address": catalog(b"/OpenAction << /S /URI /URI (http://203.0.113.9/x) >>"),
        "address-of-script": {5: b"<< /S /URI /URI (javascript:alert\\(1\\)) >>"},
        "carries-file": {
            **catalog(b"/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>"),
            5: b"<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>",
            6: stream(b"MZ", b"/Type /EmbeddedFile"),
        },
        "rich-media": {5: b"<< /Type /Annot /Subtype /RichMedia /RichMediaContent << >> >>"},
        "xfa": catalog(b"/AcroForm << /XFA 5 0 R >>"),
        "postscript": {5: stream(b"(x) run", b"/Subtype /PS /Type /XObject")},
    }
    for name, changes in acting.items():
        yield malicious(f"pdf-{name}", "paper.pdf", document(changes))
    for name, kind in {"": b"/Type /ObjStm", "-without-type": b""}.items():
        inner = {**PAGES, **catalog(b"/OpenAction " + script)}
        yield malicious(f"pdf-script-in-collection{name}", "paper.pdf", packed(inner, kind=kind))


def _hiding() -> Iterator[Sample]:
    elf = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00" + bytes(80)
    yield malicious("pdf-program-behind", "paper.pdf", document() + elf)
    yield malicious("pdf-pickle-behind", "paper.pdf", document() + b"cposix\nsystem\n(S'id'\ntR.")
    yield malicious("pdf-page-in-front", "paper.pdf", b"<script>alert(1)</script>\n" + document())
    yield malicious(
        "pdf-broken-with-script", "paper.pdf", document(catalog(b"/OpenAction << /JS (x) >>"))[:300]
    )
    script = b"1 0 obj << /Type /Catalog /OpenAction << /S /JavaScript /JS (x) >> >> endobj"
    whole = document({4: stream(script)})
    place = whole.index(script)
    moved = whole.replace(b"1 1\n%010d" % whole.index(b"1 0 obj"), b"1 1\n%010d" % place)
    yield malicious("pdf-object-in-stream", "paper.pdf", moved)


def _broken() -> Iterator[Sample]:
    whole = document()
    yield malformed("pdf-cut", "paper.pdf", whole[: len(whole) // 2])
    yield malformed("pdf-without-end", "paper.pdf", whole[:-6])
    yield malformed("pdf-head-alone", "paper.pdf", b"%PDF-1.7\n")
    yield malformed(
        "pdf-locked", "paper.pdf", document(trailer=b"/Encrypt << /Filter /Standard >>")
    )
    yield malformed("pdf-wrong-places", "paper.pdf", whole.replace(b"0000000", b"0000007"))
    yield malformed("pdf-wrong-length", "paper.pdf", whole.replace(b"/Length 44", b"/Length 12"))
    yield malformed("pdf-deep", "paper.pdf", document({5: b"[" * 3000 + b"]" * 3000}))
    bad = stream(b"\x78\x9c" + b"\xff" * 20, b"/Filter /FlateDecode")
    yield malformed("pdf-unpackable", "paper.pdf", document({4: bad}))
    yield malformed("pdf-noise-behind", "paper.pdf", whole + b"\x99\x98" * 40)
