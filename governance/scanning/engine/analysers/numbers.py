"""Numbers in a row and nothing else: there is nothing in them that a program could be told to do."""

from __future__ import annotations

from governance.scanning.engine.subject import Subject


def analyse(subject: Subject) -> None:
    """Say how many bytes of numbers there are; what they were recognised by is all there is to know."""
    subject.fact("numbers", subject.reader.size)
