"""Text, JSON and the chat templates in it."""

from __future__ import annotations

import json

import pytest

from governance.scanning.engine import Budget, Verdict, scan
from governance.scanning.engine.reader import BytesReader
from tests.governance.scanning.engine.making import rules_of, scan_bytes


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"plain\n",
        "Grüße, 世界\n".encode(),
        b"\xef\xbb\xbfwith a mark\n",
        b"*.safetensors filter=lfs diff=lfs merge=lfs -text\n",
        b"---\nlicense: mit\n---\n# Card\n<p align='center'>x</p>\n",
    ],
)
def test_text_is_safe(content):
    report = scan_bytes(content)

    assert report.verdict is Verdict.SAFE
    assert report.formats == ("text",)


def test_text_that_turns_into_something_else_cannot_be_read():
    report = scan_bytes(b"a" * 3_000_000 + b"\0\xff")

    assert rules_of(report) == {"TXT-001"}
    assert report.findings[0].offset == 3_000_000


def test_a_character_may_lie_across_two_chunks():
    assert scan_bytes(b"a" * (1024 * 1024 - 1) + "ü".encode() * 10).verdict is Verdict.SAFE


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!<tag:yaml.org,2002:python/name:os.x>"]
)
def test_yaml_that_runs_code_is_dangerous(tag):
    report = scan_bytes(f"a: {tag} ['id']\n".encode())

    assert rules_of(report) == {"YML-001"}


def test_json_is_safe_and_recognised():
    report = scan_bytes(b' {"hidden_size": 384}')

    assert report.formats == ("json", "text")
    assert report.verdict is Verdict.SAFE


def test_text_that_begins_like_json_is_text():
    assert scan_bytes(b"[PAD]\n[UNK]\n").formats == ("text",)


def test_what_json_asks_for_is_kept_as_facts():
    config = {"auto_map": {"AutoModel": "modeling.Net", "AutoTokenizer": ["tok.T", None]}}

    report = scan_bytes(json.dumps(config).encode())

    assert report.facts["auto_map"] == ("modeling.Net", "tok.T")


def test_a_repeated_key_hides_nothing():
    report = scan_bytes(b'{"auto_map": {"AutoModel": "a.B"}, "auto_map": {}}')

    assert report.facts["auto_map"] == ("a.B",)


def test_the_modules_of_sentence_transformers_are_kept_as_facts():
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}
    ]

    report = scan_bytes(json.dumps(modules).encode())

    assert report.facts["module_types"] == ("sentence_transformers.models.Transformer",)


def test_json_nested_too_deep_cannot_be_read():
    assert rules_of(scan_bytes(b"[" * 300 + b"]" * 300)) == {"TXT-004"}
    assert rules_of(scan_bytes(b"[" * 100_000 + b"]" * 100_000)) == {"TXT-004"}


def test_json_too_large_cannot_be_read():
    content = json.dumps(["x" * 100] * 100).encode()

    assert rules_of(scan(BytesReader(content), budget=Budget(json_bytes=1000))) == {"TXT-004"}


ORDINARY = [
    "{% for message in messages %}{{ message['role'] + ': ' + message.content }}{% endfor %}",
    "{%- set ns = namespace(found=false) -%}{% if ns.found %}important: it's{% endif %}",
    "{{ messages | selectattr('role', 'equalto', 'user') | list }} import this, __init__",
    "{{ raise_exception('Only user roles!') }}{{ bos_token }}{{ tools | tojson }}",
    "{# a comment about __class__ #}{{ x }}",
]
HOSTILE = [
    "{{ ''.__class__.__mro__ }}",
    "{{ messages|attr('x') }}",
    "{{ cycler }}",
    "{{ lipsum }}",
    "{{ namespace.x }}",
    "{% import 'x' as y %}",
    "{%- include 'x' %}",
    "{{ x['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ x['_' * 2] }}",
    "{{ self.x }}",
    "{{ '}}' ~ x.__class__ }}",
    "{% raw %}{{ ' {% endraw %}{{ \"' }}\" ~ x.__class__ }}",
]


@pytest.mark.parametrize("template", ORDINARY)
def test_an_ordinary_chat_template_is_safe(template):
    report = scan_bytes(json.dumps({"chat_template": template}).encode())

    assert report.verdict is Verdict.SAFE
    assert report.facts["chat_template"] is True


@pytest.mark.parametrize("template", HOSTILE)
def test_a_chat_template_that_reaches_for_python_is_suspicious(template):
    report = scan_bytes(json.dumps({"chat_template": template}).encode())

    assert rules_of(report) & {"JIN-001", "JIN-002", "JIN-003"}


def test_named_chat_templates_are_looked_at_too():
    templates = [
        {"name": "default", "template": ORDINARY[0]},
        {"name": "x", "template": HOSTILE[0]},
    ]

    assert rules_of(scan_bytes(json.dumps({"chat_template": templates}).encode())) == {"JIN-001"}
