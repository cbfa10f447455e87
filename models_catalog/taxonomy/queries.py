"""The words of cards and what people call them: tasks, licences, languages, libraries.

Terms that the tables do not know are kept and shown as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from models_catalog.taxonomy.licences import PERMISSIONS, Licence

_DATA = Path(__file__).resolve().parent / "data"


@cache
def _table(name: str) -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads((_DATA / f"{name}.json").read_text("utf-8"))
    return found


def modalities() -> Mapping[str, str]:
    """Kinds of input by id, with their titles, in the order of pages."""
    titles: dict[str, str] = _table("tasks")["modalities"]
    return titles


def tasks() -> Mapping[str, str]:
    """Every known task by id with its title, the common ones of each kind of input first."""
    return {task: facts["title"] for task, facts in _table("tasks")["tasks"].items()}


def task_title(task: str) -> str:
    """``automatic-speech-recognition`` → ``Speech to text``."""
    facts = _table("tasks")["tasks"].get(task)
    return str(facts["title"]) if facts else task


def task_summary(task: str) -> str:
    """What models of a task do, in a sentence; empty for unknown tasks."""
    facts = _table("tasks")["tasks"].get(task)
    return str(facts["summary"]) if facts else ""


def modality_of(task: str) -> str:
    """The kind of input of a task: nlp, audio, cv, multimodal, tabular, rl, other; empty for unknown tasks."""
    facts = _table("tasks")["tasks"].get(task)
    return str(facts["modality"]) if facts else ""


def licence_facts(identifier: str) -> Licence:
    """What is known of a licence by its id on cards; of an unknown one only the id."""
    facts = _table("licences").get(identifier)
    if facts is None:
        return Licence(id=identifier, label=identifier, title=identifier)
    spdx = facts["spdx"]
    return Licence(
        id=identifier,
        label=facts["label"],
        title=facts["title"],
        spdx=spdx,
        url=f"https://spdx.org/licenses/{spdx}.html" if spdx else "",
        permissions=PERMISSIONS.get(facts["kind"], ()),
        kind=facts["kind"],
    )


def licence_label(identifier: str) -> str:
    """The short name: ``Apache-2.0``, ``Llama 3.1``."""
    return licence_facts(identifier).label


def is_known_licence(identifier: str) -> bool:
    """Whether the id is on the list that cards use."""
    return identifier in _table("licences")


def language_name(code: str) -> str:
    """``sw`` → ``Swahili``, ``pt-BR`` → ``Portuguese (BR)``; codes after ISO 639 and BCP 47."""
    names = _table("languages")
    if code in names:
        return str(names[code])
    base, _, rest = code.replace("_", "-").partition("-")
    name = names.get(base.lower())
    if name is None:
        return code
    return f"{name} ({rest})" if rest else str(name)


def library_name(identifier: str) -> str:
    """``sentence-transformers`` as its makers write it."""
    return str(_table("libraries").get(identifier, identifier))


def licences() -> list[str]:
    """The id of every known licence."""
    return list(_table("licences"))


def languages() -> Mapping[str, str]:
    """Every known language by its code, with its name."""
    return {code: str(name) for code, name in _table("languages").items()}


def libraries() -> Mapping[str, str]:
    """Every known library by id, as its makers write it."""
    return {library: str(name) for library, name in _table("libraries").items()}
