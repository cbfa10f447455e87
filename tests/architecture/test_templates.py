import pytest
from django.template.loader import get_template

from tests.architecture.tree import ROOT

FOLDER = ROOT / "templates"
NAMES = sorted(
    str(path.relative_to(FOLDER))
    for path in FOLDER.rglob("*.*")
    if path.suffix in {".html", ".txt", ".xml"}
)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name):
    get_template(name)  # raises TemplateSyntaxError when it does not


@pytest.mark.parametrize("name", NAMES)
def test_a_template_fetches_nothing_from_a_third_party(name):
    text = (FOLDER / name).read_text()

    assert 'src="http' not in text
    assert 'rel="stylesheet" href="http' not in text
