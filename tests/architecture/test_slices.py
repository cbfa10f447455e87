import pytest

from tests.architecture.tree import comes_from, imports, python_files, slice_files

HTTP = ("django.http", "django.shortcuts", "django.views", "rest_framework", "drf_spectacular")
SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "django.contrib.auth.signals",
)
ADAPTER = (
    "accounts/web/allauth_adapter.py"  # allauth speaks only by signals; this turns them into events
)


def _breaches(paths, *modules):
    return [
        f"{path}: {name}" for path in paths for name in imports(path) if comes_from(name, *modules)
    ]


def test_slices_know_no_http():
    assert _breaches(slice_files(), *HTTP) == []


def test_nobody_speaks_by_signals_but_the_adapter():
    everybody_else = [
        path
        for path in python_files("hub", "accounts", "models_catalog", "governance")
        if str(path) != ADAPTER
    ]
    signals = [
        f"{path}: {name}"
        for path in everybody_else
        for name in imports(path)
        if comes_from(name, *SIGNALS) or (name.startswith("allauth.") and ".signals" in name)
    ]

    assert signals == []


@pytest.mark.parametrize("module", ["unittest.mock", "mock", "pytest_mock"])
def test_tests_replace_nothing(module):
    assert _breaches(python_files("tests"), module) == []


def test_the_parent_of_a_running_hub_stays_small():
    launch = [path for path in python_files("hub/launch") if path.name != "static_files.py"]

    assert _breaches(launch, "django", "celery", "hub.settings") == []


def test_the_rule_sees_an_import_inside_a_function(tmp_path):
    module = tmp_path / "module.py"
    module.write_text("def later():\n    from django.http import HttpResponse\n")

    assert _breaches([module], *HTTP) == [f"{module}: django.http.HttpResponse"]
