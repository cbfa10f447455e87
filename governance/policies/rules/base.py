"""What every rule is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.utils.translation import gettext as _

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.parameters import Parameter
from hub.core.errors import Invalid

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class Rule(ABC):
    """One requirement. Subclasses are frozen dataclasses whose fields are the ``parameters`` that a policy may set.

    ``name`` is what lists of rules call it. ``is_waivable`` says whether a person may answer for it when it is not met;
    ``needs_change`` that it judges how a change came about and not what the revision holds, so that there is nothing to
    judge without a change.
    """

    id: ClassVar[str]
    name: ClassVar[_StrOrPromise]
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    is_waivable: ClassVar[bool] = False
    needs_change: ClassVar[bool] = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """The rule set to these values, every one of them looked at. Raises ``Invalid`` with the parameter as field."""
        if not isinstance(given, Mapping):
            raise Invalid(_("The parameters of a rule are a list of names and values."))
        known = {parameter.name: parameter for parameter in cls.parameters}
        for name in given:
            if name not in known:
                raise Invalid(_("“{name}” is not known.").format(name=name), field=str(name))
        return cls(**{name: known[name].read(value) for name, value in given.items()})

    def stored(self) -> dict[str, Any]:
        """Every parameter by name, as plain JSON values: what a policy keeps, and what ``of`` reads."""
        return {p.name: _plain(getattr(self, p.name)) for p in self.parameters}

    def tightened(self, other: Rule) -> Self:
        """The rule that asks for no less than this one and no less than ``other``, which is of the same kind."""
        if other.id != self.id:
            raise TypeError(f"{self.id} and {other.id} are different rules")
        values = {
            p.name: p.stricter_of(getattr(self, p.name), getattr(other, p.name))
            for p in self.parameters
        }
        return replace(self, **values) if values else self  # type: ignore[type-var]

    @property
    @abstractmethod
    def title(self) -> str:
        """The requirement as a sentence that is true when it is met: “The card names a licence”."""

    @abstractmethod
    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Judge ``facts``; never raises and never looks anything up."""

    def says(
        self, outcome: Outcome, reason: _StrOrPromise, evidence: Sequence[str] = ()
    ) -> CheckOutcome:
        """The outcome of this rule."""
        return CheckOutcome(
            rule=self.id,
            title=self.title,
            outcome=outcome,
            reason=str(reason),
            evidence=tuple(evidence),
        )


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def listed(names: Sequence[str], *, most: int = 3) -> str:
    """``a, b and 4 more``: names for the middle of a sentence."""
    shown = [str(name) for name in names[:most]]
    left = len(names) - len(shown)
    if left:
        return _("{names} and {count} more").format(names=", ".join(shown), count=left)
    if len(shown) < 2:
        return "".join(shown)
    return _("{names} and {last}").format(names=", ".join(shown[:-1]), last=shown[-1])
