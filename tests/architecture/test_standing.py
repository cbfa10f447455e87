"""Every action that writes to a repo asks whether anything may be written to it."""

from __future__ import annotations

import ast
from collections import defaultdict

import pytest

from tests.architecture.tree import ROOT, slice_files

ASKED = "require_active"
OF_A_REPO = {
    "Change",
    "Decision",
    "Discussion",
    "Repo",
    "Upload",
    "UploadFile",
    "Version",
    "Waiver",
}
EXEMPT = {
    # what is read and handed out, and what the reader agrees to for that
    "models_catalog/repos/actions.py:accept_terms": "reading goes on in an archived model",
    "models_catalog/downloads/actions.py:open_file": "hands bytes out",
    "models_catalog/downloads/actions.py:open_all": "hands bytes out",
    "models_catalog/downloads/actions.py:count_download": "counts what was handed out",
    # what ends a model, or its end
    "models_catalog/lifecycle/actions/deleting.py:delete_repo": "whatever stands can be deleted",
    "models_catalog/lifecycle/actions/deleting.py:restore_repo": "asks for a deleted model",
    "models_catalog/lifecycle/actions/purging.py:purge_repo": "asks for a deleted model",
    "models_catalog/lifecycle/actions/purging.py:require_purge": "only asks",
    # steps inside of actions that have asked
    "models_catalog/changes/actions.py:end_request": "callers have asked",
    "models_catalog/changes/actions.py:require_author_or_manager": "only asks",
    "models_catalog/stages/actions/aliases.py:turn": "callers have asked",
    "models_catalog/stages/actions/holding.py:require_mover": "only asks",
    "models_catalog/stages/actions/leaving.py:leave_everything": "callers have asked",
    "models_catalog/stages/actions/moving.py:place": "callers have asked",
    "governance/reviews/requests/actions.py:require_asking": "only asks",
    "models_catalog/grants/actions.py:close_grant": "callers have asked",
    "models_catalog/grants/actions.py:let_in": "callers have asked",
    "models_catalog/grants/actions.py:require_may_grant": "only asks",
    "models_catalog/revisions/actions/planning.py:prepare_revision": "writes nothing",
    "models_catalog/revisions/actions/refs.py:move_ref": "callers have asked",
    "models_catalog/versions/actions.py:propose_version": "callers have asked",
    "models_catalog/versions/actions.py:release_version": "callers have asked",
    "models_catalog/versions/actions.py:reject_version": "callers have asked",
    "governance/reviews/actions.py:void": "records that an answer no longer counts",
    # what tidies up after a model that takes nothing more
    "models_catalog/uploads/actions/files.py:finish_file": "callers have asked",
    "models_catalog/uploads/actions/sessions.py:discard_upload": "throws away what never arrived",
    "models_catalog/uploads/actions/sessions.py:require_open_change": "only asks",
}


def _functions():
    for path in slice_files():
        for node in ast.parse((ROOT / path).read_text()).body:
            if isinstance(node, ast.FunctionDef):
                yield path, node


def _called(node):
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            if isinstance(each.func, ast.Name):
                yield each.func.id
            elif isinstance(each.func, ast.Attribute):
                yield each.func.attr


def _asking():
    """The names of functions that ask, themselves or through another one that does."""
    calls: dict[str, set[str]] = defaultdict(set)
    for _path, node in _functions():
        calls[node.name] |= set(_called(node))
    asking = {ASKED}
    while more := {name for name, called in calls.items() if called & asking} - asking:
        asking |= more
    return asking


def _writing():
    for path, node in _functions():
        names = {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}
        kinds = {ast.unparse(arg.annotation) for arg in node.args.args if arg.annotation}
        is_public = not node.name.startswith(("_", "why_not_"))
        is_action = "actions" in str(path) or any(
            ast.unparse(each) == "transaction.atomic" for each in node.decorator_list
        )
        if is_public and is_action and "actor" in names and kinds & OF_A_REPO:
            yield f"{path}:{node.name}", node.name


@pytest.mark.parametrize(("where", "name"), sorted(_writing()))
def test_an_action_on_a_repo_asks_whether_it_takes_anything(where, name):
    assert name in _asking() or where in EXEMPT, f"{where} does not ask {ASKED}"


def test_no_exemption_outlives_its_action():
    known = {f"{path}:{node.name}" for path, node in _functions()}

    assert EXEMPT.keys() - known == set()
