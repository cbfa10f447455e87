"""Web pages, drawings and XML: what stands still is safe, what runs or fetches is pointed out."""

from __future__ import annotations

import re
from xml.parsers import expat

from governance.scanning.engine import rules
from governance.scanning.engine.analysers import plain_text
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.text import LONGEST
from governance.scanning.engine.textual import markup

_CUT = "It is longer than {:,} bytes, so that a part of it was not read."


def html(subject: Subject) -> None:
    """A web page."""
    text = _text(subject)
    if text is not None:
        _judge(subject, text, rules.web.HTM_ACTIVE, rules.web.HTM_OUTSIDE)


def svg(subject: Subject) -> None:
    """A drawing, which is XML and must be whole."""
    text = _text(subject)
    if text is None:
        return
    _judge(subject, text, rules.web.SVG_ACTIVE, rules.web.SVG_OUTSIDE)
    _entities(subject, text)
    _well_formed(subject, text)


def xml(subject: Subject) -> None:
    """Any other XML; as text it is read besides."""
    text = plain_text.decoded(subject)
    if text is None:
        return
    if subject.reader.size > LONGEST:
        subject.add(rules.web.HTM_UNREADABLE, _CUT.format(LONGEST))
    _entities(subject, text)
    if re.search(
        r"<(?:\w+:)?script\b|<\?xml-stylesheet|<xsl:|<msxsl:|xmlns(?::\w+)?\s*=\s*[\"']http://www\.w3\.org/1999/xhtml",
        text,
        re.IGNORECASE,
    ):
        _judge(subject, text, rules.web.HTM_ACTIVE, rules.web.HTM_OUTSIDE)
    _well_formed(subject, text)


def _text(subject: Subject) -> str | None:
    text = plain_text.decoded(subject)
    if text is None:
        return None
    plain_text.look_for_secrets(subject)
    if subject.reader.size > LONGEST:
        subject.add(rules.web.HTM_UNREADABLE, _CUT.format(LONGEST))
    return text


def _judge(subject: Subject, text: str, active: rules.Rule, outside: rules.Rule) -> None:
    read = markup.read(text)
    if read.active:
        subject.add(active, f"It holds {', '.join(read.active)}.")
    if read.outside:
        subject.add(outside, f"It would load {', '.join(read.outside)}.")


def _entities(subject: Subject, text: str) -> None:
    for what in markup.entities(text):
        subject.add(rules.web.HTM_ENTITIES, f"It declares {what}.")


def _well_formed(subject: Subject, text: str) -> None:
    """Checked without following entities: the parser is told of none, and asked for none."""
    if subject.reader.size > LONGEST:
        return
    reading = expat.ParserCreate("utf-8")
    reading.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    reading.EntityDeclHandler = _stop
    try:
        reading.Parse(
            re.sub(r"\A\s*<\?xml[^>]*\?>", "", text).strip().encode("utf-8", "replace"), True
        )
    except expat.ExpatError as flaw:
        subject.add(rules.web.HTM_UNREADABLE, f"It is no XML in line {flaw.lineno}.")
    except _Declared:
        return


class _Declared(Exception):
    """Entities are declared; what they are was judged before."""


def _stop(*_: object) -> None:
    raise _Declared
