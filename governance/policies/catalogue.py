"""The catalogue of rules: what an organisation can choose from when it writes a policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from governance.policies.rules import RULES
from governance.policies.rules.base import Rule
from hub.core.errors import Invalid

RULES_BY_ID: Mapping[str, type[Rule]] = RULES


def rule_from(rule_id: str, parameters: Mapping[str, Any]) -> Rule:
    """The rule set to these values. Raises ``Invalid``: its field is the rule's id, or ``id.parameter``."""
    known = RULES_BY_ID.get(rule_id)
    if known is None:
        raise Invalid(_("There is no rule “{name}”.").format(name=rule_id), field=rule_id)
    try:
        return known.of(parameters)
    except Invalid as error:
        field = f"{rule_id}.{error.field}" if error.field else rule_id
        raise Invalid(error.message, field=field) from None
