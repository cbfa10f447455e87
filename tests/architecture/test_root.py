from tests.architecture.tree import ROOT

FOLDERS = {
    "accounts",
    "governance",
    "hub",
    "models_catalog",
    "requirements",
    "static",
    "templates",
    "tests",
}
FILES = {
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "compose.yaml",
    "manage.py",
    "pyproject.toml",
}
MADE_HERE = {"var", "static-collected"}  # never committed, see .gitignore


def test_the_root_holds_only_what_people_and_tools_look_for_there():
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

    assert found - FOLDERS - FILES - MADE_HERE == set()


def test_what_running_makes_is_never_committed():
    ignored = (ROOT / ".gitignore").read_text().split()

    assert {f"/{name}/" for name in MADE_HERE} | {"/.venv/"} <= set(ignored)
