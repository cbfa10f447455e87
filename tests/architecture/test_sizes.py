from tests.architecture.tree import PACKAGES, ROOT, line_count, python_files

LARGEST_MODULE, LARGEST_TEMPLATE, LARGEST_STYLE, LARGEST_SCRIPT = 400, 150, 250, 150  # lines
HOLDS_ANYTHING = {"utils", "util", "helpers", "helper", "common", "services", "managers", "misc"}


def _too_long(paths, limit):
    return [f"{path}: {line_count(path)} lines" for path in paths if line_count(path) > limit]


def _static(suffix):
    found = sorted((ROOT / "static").rglob(f"*{suffix}"))
    return [path.relative_to(ROOT) for path in found if "vendor" not in path.parts]


def test_modules_are_small_enough_to_read_at_once():
    modules = [path for path in python_files(*PACKAGES, "tests") if "migrations" not in path.parts]

    assert _too_long(modules, LARGEST_MODULE) == []


def test_templates_are_small_enough_to_read_at_once():
    templates = [path.relative_to(ROOT) for path in sorted((ROOT / "templates").rglob("*.*"))]

    assert _too_long(templates, LARGEST_TEMPLATE) == []


def test_styles_are_small_enough_to_read_at_once():
    assert _too_long(_static(".css"), LARGEST_STYLE) == []


def test_scripts_are_small_enough_to_read_at_once():
    assert _too_long(_static(".js"), LARGEST_SCRIPT) == []


def test_no_module_has_a_name_that_can_hold_anything():
    named = [path for path in python_files(*PACKAGES) if HOLDS_ANYTHING & {*path.parts, path.stem}]

    assert named == []
