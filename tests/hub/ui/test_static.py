from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from hub.ui.static_storage import HubStaticFilesStorage
from hub.ui.stylesheet import joined_stylesheet

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
STYLES = sorted(STATIC.glob("css/**/*.css"))
KIT = [
    path
    for folder in ("layouts", "components", "errors", "ui")
    for path in TEMPLATES.glob(f"{folder}/*.html")
]
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(")
TOKENS = (STATIC / "css/tokens.css").read_text()


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def names(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))


def themes() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    light, rest = TOKENS.split("@media (prefers-color-scheme: dark)")
    by_system, by_choice = rest.split(':root[data-theme="dark"]')
    return names(light), names(by_system), names(by_choice.split("}")[0])


def luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.fixture
def collected(settings, tmp_path) -> HubStaticFilesStorage:
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    return HubStaticFilesStorage()


def test_the_stylesheet_fits_its_budget() -> None:
    assert packed(joined_stylesheet(STATIC / "css/app.css").encode()) < 12_000


def test_the_scripts_of_every_page_fit_their_budget() -> None:
    scripts = [
        STATIC / "js/app.js",
        *(
            STATIC / "js/behaviours" / f"{name}.js"
            for name in ("announce", "copy", "drop", "poll", "search")
        ),
    ]

    assert sum(packed(path.read_bytes()) for path in scripts) < 5_000


def test_the_font_fits_its_budget() -> None:
    assert (STATIC / "fonts/atkinson-next-latin.woff2").stat().st_size < 19_000


def test_every_part_of_the_stylesheet_is_imported() -> None:
    entry = (STATIC / "css/app.css").read_text()
    parts = {str(path.relative_to(STATIC / "css")) for path in STYLES} - {"app.css"}

    assert set(re.findall(r'url\("([^"]+)"\)', entry)) == parts


def test_old_browsers_get_flat_rules() -> None:
    assert "&" not in joined_stylesheet(STATIC / "css/app.css")


@pytest.mark.parametrize(
    "path", [path for path in STYLES if path.name != "tokens.css"], ids=lambda path: path.name
)
def test_colours_are_named_only_by_the_tokens(path: Path) -> None:
    assert not COLOUR.findall(path.read_text())


def test_dark_is_the_same_by_system_and_by_choice() -> None:
    _light, by_system, by_choice = themes()

    assert by_system == by_choice


def test_every_colour_of_light_has_its_dark() -> None:
    light, dark, _ = themes()
    fixed = {
        "--plate-focus",
        "--plate-act",
        "--plate-act-hover",
        "--plate-act-ink",
        "--plate-act-2",
        "--paper",
        "--paper-ink",
        "--paper-ink-3",
    }
    coloured = {name for name, value in light.items() if COLOUR.search(value)} - fixed

    assert coloured == set(dark)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        *(
            (text, ground, 4.5)
            for text in ("--ink", "--ink-2", "--ink-3", "--link", "--bad", "--warn", "--ok")
            for ground in ("--canvas", "--surface")
        ),
        *((f"--{status}", f"--{status}-bg", 4.5) for status in ("ok", "warn", "bad", "info")),
        ("--ink-2", "--idle-bg", 4.5),
        ("--act-ink", "--act", 4.5),
        ("--plate-ink", "--plate", 4.5),
        ("--plate-ink-2", "--plate", 4.5),
        ("--ink", "--add", 4.5),
        ("--ink", "--del", 4.5),
        ("--line-strong", "--surface", 3),
        ("--line-strong", "--canvas", 3),
        ("--plate-edge", "--plate", 3),
        *((f"--d{number}", "--surface", 3) for number in range(1, 7)),
    ],
)
def test_contrast_is_enough(theme: int, text: str, ground: str, least: float) -> None:
    colours = themes()[theme]

    assert contrast(colours[text], colours[ground]) >= least


@pytest.mark.parametrize("path", KIT, ids=lambda path: path.name)
def test_the_kit_writes_no_inline_style_and_no_inline_script(path: Path) -> None:
    markup = path.read_text()

    assert " style=" not in markup
    assert not re.search(r"\son\w+=", markup)
    assert not re.search(r"<script(?![^>]*\ssrc=)", markup)


def test_before_collecting_addresses_are_those_of_the_sources(settings, tmp_path) -> None:
    settings.STATIC_ROOT = tmp_path

    assert HubStaticFilesStorage().url("css/app.css") == "/static/css/app.css"


def test_collected_files_have_hashed_names_and_one_stylesheet(
    collected: HubStaticFilesStorage, tmp_path
) -> None:
    address = collected.url("css/app.css")
    sheet = (tmp_path / address.removeprefix("/static/")).read_text()

    assert re.fullmatch(r"/static/css/app\.[0-9a-f]{12}\.css", address)
    assert "@import" not in sheet
    assert re.search(
        r"url\(\.\./fonts/atkinson-next-latin\.[0-9a-f]{12}\.woff2\)", sheet.replace('"', "")
    )


def test_collected_modules_import_each_other_by_hashed_names(
    collected: HubStaticFilesStorage, tmp_path
) -> None:
    for path in STATIC.glob("js/**/*.js"):
        served = tmp_path / collected.url(str(path.relative_to(STATIC))).removeprefix("/static/")
        for target in re.findall(r'(?:from|import\()\s*"([^"]+)"', served.read_text()):
            assert (served.parent / target).is_file(), (served.name, target)
            assert re.search(r"\.[0-9a-f]{12}\.js$", target), (served.name, target)


def test_collecting_twice_changes_nothing(collected: HubStaticFilesStorage) -> None:
    before = collected.url("css/app.css")

    call_command("collectstatic", interactive=False, verbosity=0)

    assert HubStaticFilesStorage().url("css/app.css") == before


def test_after_collecting_a_wrong_name_is_an_error(collected: HubStaticFilesStorage) -> None:
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        collected.url("css/misspelt.css")
