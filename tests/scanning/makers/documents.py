"""Documents by ReportLab and Pillow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def _target(folder: Path, name: str, file: str, kind: str = "benign") -> Path:
    target = folder / kind / name / file
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def make_reports(folder: Path) -> None:
    """PDF by ReportLab: plain pages, links, forms; scripts and locked ones."""
    from reportlab.lib import pdfencrypt
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.pdfgen import canvas
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    def drawn(name: str, kind: str = "benign", **options: Any) -> Any:
        return canvas.Canvas(str(_target(folder, name, "a.pdf", kind)), pagesize=A4, **options)

    for name, packing in {"plain": 0, "packed": 1}.items():
        page = drawn(name, pageCompression=packing)
        page.drawString(72, 700, "A model of cats")
        page.setTitle("Cats")
        page.showPage()
        page.drawString(72, 700, "Second page")
        page.save()
    page = drawn("links")
    page.linkURL("https://example.org/model", (72, 700, 200, 720))
    page.bookmarkPage("start")
    page.addOutlineEntry("Start", "start")
    page.showPage()
    page.save()
    page = drawn("form")
    page.acroForm.textfield(name="name", x=72, y=600)
    page.showPage()
    page.save()
    style = getSampleStyleSheet()
    SimpleDocTemplate(str(_target(folder, "flowing", "a.pdf"))).build(
        [
            Paragraph("Figures of a model <b>of cats</b>", style["Heading1"]),
            Table([["a", "b"], [1, 2]]),
        ]
    )
    locked = pdfencrypt.StandardEncryption("secret", canPrint=0)
    page = canvas.Canvas(str(_target(folder, "locked", "a.pdf", "malformed")), encrypt=locked)
    page.drawString(72, 700, "Locked")
    page.save()


def make_scans(folder: Path) -> None:
    """PDF by Pillow, a picture a page."""
    from PIL import Image

    picture = Image.radial_gradient("L").convert("RGB").resize((60, 60))
    picture.save(_target(folder, "colour", "a.pdf"), title="Cats")
    pages = [picture.convert("1"), picture.convert("L")]
    picture.save(_target(folder, "pages", "a.pdf"), save_all=True, append_images=pages)


MAKERS: dict[str, Callable[[Path], None]] = {"reports": make_reports, "scans": make_scans}
