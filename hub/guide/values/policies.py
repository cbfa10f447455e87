"""What review asks for, as the rules themselves say it."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import Any

from django.utils.functional import Promise

from accounts.authz.policy import (
    PERSONAL_RIGHTS,
    RIGHT_TITLES,
    ROBOT_ROLES,
    ROLE_RIGHTS,
    ROLE_TITLES,
    Right,
)
from accounts.robots.queries import REMEMBERED
from accounts.web.words import ROLE_MEANS
from governance.policies.presets import PRESET_MEANS, PRESET_RULES, PRESET_TITLES, STRICTNESS
from governance.policies.rules import ALWAYS, RULES, rules_from
from governance.policies.rules.base import Rule
from governance.policies.rules.cards import FIELD_TITLES, SECTIONS
from governance.policies.rules.formats import CODE_FORMATS, CODE_SUFFIXES
from governance.policies.rules.verdicts import WAIVABLE
from governance.reviews.waivers import MOST_DAYS
from governance.web.rule_words import what_it_means
from hub.core.actor import ANONYMOUS
from hub.core.errors import DomainError
from hub.ui.vocabulary import CHECKS, VERDICTS
from models_catalog.downloads.access import Standing, require_fetch
from models_catalog.revisions.trees import FileEntry
from models_catalog.revisions.verdicts import PathReport
from models_catalog.storage.models import Verdict


def policy_values() -> dict[str, Any]:
    """Presets, rules, roles."""
    return {
        "presets": [
            {
                "id": preset.value,
                "title": PRESET_TITLES[preset],
                "means": PRESET_MEANS[preset],
                "rules": [rule.title for rule in rules_from(PRESET_RULES[preset])],
            }
            for preset in STRICTNESS
        ],
        "rules": [_described(rule()) for rule in RULES.values()],
        "always": [_described(rule) for rule in ALWAYS],
        "fields": FIELD_TITLES.items(),
        "sections": [
            (name, title, ", ".join(f"“{word}”" for word in words))
            for name, (title, words) in SECTIONS.items()
        ],
        "code_formats": sorted(CODE_FORMATS),
        "code_suffixes": sorted(CODE_SUFFIXES),
        "robot_roles": [ROLE_TITLES[role] for role in ROBOT_ROLES],
        "robot_days": REMEMBERED.days,
        "roles": [
            {"id": role.value, "title": ROLE_TITLES[role], "means": ROLE_MEANS[role.value]}
            for role in ROLE_RIGHTS
        ],
        "rights": [_who_holds(right) for right in Right],
    }


def review_values() -> dict[str, Any]:
    """How checks end, what can be waived and who may fetch what."""
    return {
        "checks": CHECKS.values(),
        "most_days": MOST_DAYS,
        "waivable": [VERDICTS[verdict.value].text for verdict in Verdict if verdict in WAIVABLE],
        "fetching": [(VERDICTS[verdict.value].text, _answers(verdict)) for verdict in FROM_BEST],
    }


@dataclass(frozen=True, slots=True)
class Described:
    """A rule in words: what is true when it is met, what it means, and what a policy may set."""

    id: str
    title: str
    means: str | Promise
    parameters: str


def _described(rule: Rule) -> Described:
    named = [_parameter(each) for each in fields(rule)]  # type: ignore[arg-type] # every rule is a dataclass
    return Described(rule.id, rule.title, what_it_means(rule), ", ".join(named))


def _parameter(field: Any) -> str:
    value = "" if field.default is MISSING else field.default
    listed = ", ".join(value) if isinstance(value, tuple | list) else str(value)
    return f"`{field.name}` ({listed})" if listed else f"`{field.name}`"


def _who_holds(right: Right) -> dict[str, Any]:
    return {
        "title": RIGHT_TITLES[right],
        "held": [ROLE_TITLES[role] for role, rights in ROLE_RIGHTS.items() if right in rights],
        "oneself": right in PERSONAL_RIGHTS,
    }


FROM_BEST = (
    Verdict.SAFE,
    Verdict.UNSCANNABLE,
    Verdict.SUSPICIOUS,
    Verdict.PENDING,
    Verdict.ERROR,
    Verdict.DANGEROUS,
)
READER = Standing(frozenset({Right.READ}), False, False, "", lacks_terms=False)
INSIDER = Standing(frozenset({Right.WRITE}), True, False, "", lacks_terms=False)
SECURITY = Standing(frozenset({Right.SECURITY}), True, True, "", lacks_terms=False)
POSITIONS = ((READER, ""), (INSIDER, ""), (SECURITY, "to examine it"))


def _answers(verdict: Verdict) -> list[bool]:
    """Whether readers, those who work on the model, and its security reviewers may fetch such a file."""
    entry = FileEntry(path="file", sha1="", blob_id=0, sha256="", size=0, is_lfs=False)
    report = PathReport("file", entry, verdict, Verdict.SAFE, "")
    return [_goes_out(report, how, purpose) for how, purpose in POSITIONS]


def _goes_out(report: PathReport, how: Standing, purpose: str) -> bool:
    """What the one function that guards every byte says."""
    try:
        require_fetch(report, how, actor=ANONYMOUS, purpose=purpose)
    except DomainError:
        return False
    return True
