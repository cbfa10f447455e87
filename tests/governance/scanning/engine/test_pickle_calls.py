"""Pickles that would run something, in every way of writing that the unpickler understands."""

from __future__ import annotations

import os
import subprocess

import pytest

from governance.scanning.engine import Severity, Verdict
from tests.governance.scanning.engine.making import (
    COMMAND,
    Calls,
    call,
    dumps,
    rules_of,
    scan_bytes,
    stack_global,
    text,
)

ARGUMENT = b"(S'" + COMMAND.encode() + b"'\n"


@pytest.mark.parametrize("protocol", range(6))
def test_a_shell_command_is_dangerous_in_every_protocol(protocol):
    report = scan_bytes(dumps({"weights": Calls(os.system, COMMAND)}, protocol))

    assert report.verdict is Verdict.DANGEROUS
    assert "PKL-001" in rules_of(report)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"cos\nsystem\n" + ARGUMENT + b"tR.", id="GLOBAL without PROTO"),
        pytest.param(b"cposix\nsystem\n" + ARGUMENT + b"tR.", id="the module behind os"),
        pytest.param(b"(S'x'\nios\nsystem\n.", id="INST"),
        pytest.param(b"(cos\nsystem\nS'x'\no.", id="OBJ"),
        pytest.param(b"\x80\x02cos\nsystem\n)\x81.", id="NEWOBJ"),
        pytest.param(b"\x80\x04" + stack_global("os", "system") + b")}\x92.", id="NEWOBJ_EX"),
        pytest.param(
            b"Vos\np0\n0Vsystem\np1\n0g0\ng1\n\x93" + ARGUMENT + b"tR.", id="memo, text form"
        ),
        pytest.param(
            b"\x80\x04" + text("os") + b"\x94" + text("system") + b"\x9400h\x00h\x01\x93"
            b"\x8c\x01x\x85R.",
            id="memo, MEMOIZE",
        ),
        pytest.param(b"\x80\x02c__builtin__\neval\nU\x011\x85R.", id="Python 2 name of eval"),
        pytest.param(b"\x80\x02ccommands\ngetoutput\nU\x02id\x85R.", id="Python 2 module"),
        pytest.param(b"V\\u006f\\u0073\nV\\u0073ystem\n\x93(S'x'\ntR.", id="escapes in UNICODE"),
        pytest.param(b"cos\nsystem\nq\x00h\x00(S'x'\ntR.", id="GLOBAL fetched from the memo"),
        pytest.param(
            b"cos\nsystem\np1\x00junk\n0g1\x00other\n(S'x'\ntR.", id="NUL in memo numbers"
        ),
        pytest.param(b"I\0junk\ncos\nsystem\n(S'x'\ntR.", id="a number that is only NUL"),
        pytest.param(b"I0x1f\nL0x1L\nF1.5\0x\ncos\nsystem\n(S'x'\ntR.", id="numbers only C reads"),
        pytest.param(b"cos\nsystem\n2(S'x'\ntR.", id="DUP"),
    ],
)
def test_ways_of_calling_a_shell_are_all_seen(content):
    report = scan_bytes(content)

    assert report.verdict is Verdict.DANGEROUS
    assert any(one.judgement == "deny" for one in report.imports)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("builtins", "eval"),
        ("builtins", "exec"),
        ("builtins", "getattr"),
        ("builtins", "__import__"),
        ("subprocess", "Popen"),
        ("importlib", "import_module"),
        ("runpy", "run_path"),
        ("pty", "spawn"),
        ("torch.hub", "load"),
        ("torch", "load"),
        ("torch.serialization", "load"),
        ("torch.utils.cpp_extension", "load_inline"),
        ("numpy", "load"),
        ("numpy.f2py.crackfortran", "myeval"),
        ("numpy.testing._private.utils", "runstring"),
        ("webbrowser", "open"),
        ("shutil", "rmtree"),
        ("pickle", "loads"),
        ("ctypes", "CDLL"),
        ("operator", "methodcaller"),
        ("functools", "reduce"),
        ("pip", "main"),
        ("dill", "loads"),
        ("antigravity", "geohash"),
        ("asyncore", "loop"),
        ("_osx_support", "_find_build_tool"),
    ],
)
def test_calling_code_that_weights_never_need_is_dangerous(module, name):
    assert scan_bytes(call(module, name)).verdict is Verdict.DANGEROUS


def test_a_denied_import_is_dangerous_without_a_call():
    report = scan_bytes(b"\x80\x04" + stack_global("os", "system") + b".")

    assert report.verdict is Verdict.DANGEROUS
    assert rules_of(report) == {"PKL-002"}


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("sklearn.datasets._base", "os.system"),
        ("logging", "os.system"),
        ("random", "_os.system"),
        ("transformers", "AutoModel.from_pretrained"),
        ("collections", "OrderedDict.fromkeys"),
        ("torch", "Tensor.__init__"),
    ],
)
def test_a_dotted_name_is_dangerous_whatever_it_begins_with(module, name):
    report = scan_bytes(call(module, name))

    assert report.verdict is Verdict.DANGEROUS
    assert {"PKL-001", "PKL-007"} <= rules_of(report)


@pytest.mark.parametrize("module", ["\uff4fs", "\u043es", "os ", "os\x00", ""])
def test_a_name_in_disguise_is_dangerous(module):
    report = scan_bytes(call(module, "system"))

    assert report.verdict is Verdict.DANGEROUS
    assert "PKL-004" in rules_of(report)


def test_a_name_that_is_worked_out_while_loading_is_dangerous():
    computed = stack_global("_codecs", "encode") + text("os") + b"\x85R"

    report = scan_bytes(b"\x80\x04" + computed + text("system") + b"\x93.")

    assert report.verdict is Verdict.DANGEROUS
    assert "PKL-003" in rules_of(report)


def test_a_chain_of_getattr_is_dangerous():
    reach = stack_global("builtins", "getattr") + stack_global("collections", "OrderedDict")

    report = scan_bytes(b"\x80\x04" + reach + text("__class__") + b"\x86R" + text("x") + b"\x85R.")

    assert report.verdict is Verdict.DANGEROUS
    assert {"PKL-001", "PKL-006"} <= rules_of(report)


def test_calling_the_result_of_a_call_is_dangerous():
    made = b"\x80\x04" + stack_global("collections", "OrderedDict") + b")R"

    report = scan_bytes(made + text("x") + b"\x85R.")

    assert rules_of(report) == {"PKL-006"}
    assert report.verdict is Verdict.DANGEROUS


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(b"}" + text("size") + text("x") + b"sb.", id="BUILD with a state"),
        pytest.param(b"N}" + text("size") + text("x") + b"s\x86b.", id="BUILD with slots"),
        pytest.param(text("size") + text("x") + b"s.", id="SETITEM"),
        pytest.param(text("x") + b"a.", id="APPEND"),
        pytest.param(b"(" + text("x") + b"\x90.", id="ADDITEMS"),
    ],
)
def test_changing_something_imported_is_dangerous(change):
    report = scan_bytes(b"\x80\x04" + stack_global("numpy", "ndarray") + change)

    assert "PKL-005" in rules_of(report)
    assert report.verdict is Verdict.DANGEROUS


def test_state_that_decides_what_an_object_does_is_dangerous():
    made = b"\x80\x04" + stack_global("types", "SimpleNamespace") + b")\x81"

    report = scan_bytes(made + b"}" + text("__setstate__") + text("x") + b"sb.")

    assert "PKL-009" in rules_of(report)
    assert report.verdict is Verdict.DANGEROUS


def test_an_extension_number_is_dangerous():
    report = scan_bytes(b"\x80\x02\x82\x07)R.")

    assert {"PKL-008", "PKL-006"} <= rules_of(report)


def test_an_allowed_function_does_not_launder_what_it_calls():
    through = stack_global("torch._tensor", "_rebuild_from_type_v2")
    arguments = b"(" + stack_global("evil_plugin", "_run") + b"N" + text("x") + b"\x85Nt"

    report = scan_bytes(b"\x80\x04" + through + arguments + b"R.")

    assert "PKL-011" in rules_of(report)
    assert report.verdict is Verdict.DANGEROUS


def test_an_allowed_function_does_not_launder_what_it_hands_back():
    through = stack_global("numpy.core.multiarray", "scalar")
    target = stack_global("numpy", "ndarray")

    report = scan_bytes(b"\x80\x04" + through + b"N" + target + b"\x86R}" + text("a") + b"Nsb.")

    assert "PKL-005" in rules_of(report)


def test_unknown_code_is_suspicious_when_it_is_only_instantiated():
    report = scan_bytes(b"\x80\x04" + stack_global("acme.models", "Net") + b")\x81}b.")

    assert report.verdict is Verdict.SUSPICIOUS
    assert [(one.name, one.judgement) for one in report.imports] == [("acme.models.Net", "unknown")]


@pytest.mark.parametrize(
    ("module", "name", "verdict"),
    [
        ("acme.models", "build", Verdict.SUSPICIOUS),
        ("acme.models", "_build", Verdict.DANGEROUS),
        ("acme._internal", "build", Verdict.DANGEROUS),
        ("__main__", "build", Verdict.DANGEROUS),
        ("sklearn.svm._classes", "SVC", Verdict.SUSPICIOUS),
        ("sklearn.utils.extmath", "softmax", Verdict.SUSPICIOUS),
    ],
)
def test_calling_unknown_code_is_worse_the_more_internal_it_is(module, name, verdict):
    assert scan_bytes(call(module, name)).verdict is verdict


def test_a_class_of_a_known_library_may_be_instantiated():
    stream = (
        b"\x80\x04"
        + stack_global("sklearn.svm._classes", "SVC")
        + b")\x81}"
        + text("C")
        + b"K\x01sb."
    )

    report = scan_bytes(stream)

    assert report.verdict is Verdict.SAFE
    assert [one.judgement for one in report.imports] == ["allow"]


@pytest.mark.parametrize(
    ("encoding", "verdict"),
    [("latin1", Verdict.SAFE), ("rot13", Verdict.SUSPICIOUS)],
)
def test_bytes_of_protocol_2_may_only_be_re_encoded_plainly(encoding, verdict):
    stream = b"\x80\x02c_codecs\nencode\nX\x01\x00\x00\x00aX"
    stream += len(encoding).to_bytes(4, "little") + encoding.encode() + b"\x86R."

    assert scan_bytes(stream).verdict is verdict


def test_the_evidence_shows_the_lookup_the_command_and_the_call():
    report = scan_bytes(dumps([1, 2, Calls(subprocess.getoutput, COMMAND)], 4))

    finding = report.findings[0]
    assert finding.rule == "PKL-001"
    assert finding.severity is Severity.CRITICAL
    assert finding.title == "Would run a shell command when loaded"
    explained = [
        (row.operation, row.argument, row.meaning) for row in finding.evidence if row.meaning
    ]
    assert explained == [
        ("STACK_GLOBAL", "subprocess getoutput", "Looks up a function that runs programs"),
        ("SHORT_BINUNICODE", repr(COMMAND), "The command"),
        ("REDUCE", "", "Calls it, as soon as the file is loaded"),
    ]
    offsets = [row.offset for row in finding.evidence]
    assert offsets == sorted(offsets)


def test_a_payload_is_seen_behind_thousands_of_unknown_imports():
    unknown = b"".join(stack_global("acme", f"name{n}") + b"0" for n in range(3000))

    report = scan_bytes(b"\x80\x04" + unknown + call("os", "system")[2:])

    assert report.verdict is Verdict.DANGEROUS
    assert report.findings[0].rule == "PKL-001"


TEMPLATE = (
    "\ndef _parse_args(self, a,  loc=0, scale=1):\n    return (a, ), loc, scale\n"
    "\ndef _parse_args_rvs(self, a,  loc=0, scale=1, size=None):\n"
    "    return self._argcheck_rvs(a,  loc, scale, size=size)\n"
    "\ndef _parse_args_stats(self, a,  loc=0, scale=1, moments='mv'):\n    return (a, ), loc, scale, moments\n"
)


@pytest.mark.parametrize(
    ("template", "verdict"),
    [
        (TEMPLATE, Verdict.SAFE),
        ("import os; os.system('id')", Verdict.DANGEROUS),
        (TEMPLATE + "import os\n", Verdict.DANGEROUS),
        (TEMPLATE.replace("loc=0", "loc=print(1)"), Verdict.DANGEROUS),
    ],
)
def test_text_that_a_distribution_runs_must_be_the_one_scipy_writes(template, verdict):
    made = b"\x80\x04" + stack_global("scipy.stats._continuous_distns", "gamma_gen") + b")\x81}"
    encoded = template.encode()
    value = b"X" + len(encoded).to_bytes(4, "little") + encoded

    report = scan_bytes(made + text("_parse_arg_template") + value + b"sb.")

    assert report.verdict is verdict


def test_a_state_that_cannot_be_looked_into_is_no_state_for_a_distribution():
    made = b"\x80\x04" + stack_global("scipy.stats._continuous_distns", "gamma_gen") + b")\x81"
    state = stack_global("collections", "OrderedDict") + b")R"

    assert "PKL-024" in rules_of(scan_bytes(made + state + b"b."))


@pytest.mark.parametrize(
    ("cls", "name", "verdict"),
    [
        (("transformers.trainer_utils", "IntervalStrategy"), "STEPS", Verdict.SAFE),
        (("transformers.trainer_utils", "IntervalStrategy"), "__class__", Verdict.DANGEROUS),
        (("collections", "OrderedDict"), "STEPS", Verdict.DANGEROUS),
    ],
)
def test_only_members_of_known_enums_may_be_looked_up(cls, name, verdict):
    stream = b"\x80\x04" + stack_global("builtins", "getattr") + stack_global(*cls)

    assert scan_bytes(stream + text(name) + b"\x86R.").verdict is verdict


def test_an_import_without_its_last_line_end_still_calls():
    report = scan_bytes(b"(S'id'\nios\nsystem?")

    assert report.verdict is Verdict.DANGEROUS
