"""How models and their files are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.parameters import Kind, Parameter
from governance.policies.rules.patterns import MAX_LENGTH, check_pattern, matches

WILDCARDS = gettext_lazy(
    "* stands for any letters, ? for one, [a-z] for one of these, {one,other} for either; one pattern in each line, "
    "and a name fits all of them."
)


@dataclass(frozen=True, slots=True)
class Names(Rule):
    """The name of the ``model`` and those of its ``files``, without their folders, fit every pattern."""

    model: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    id: ClassVar[str] = "names"
    name: ClassVar = gettext_lazy("Names")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="model",
            kind=Kind.WORDS,
            label=gettext_lazy("Name of the model"),
            help=WILDCARDS,
            most=10,
            max_length=MAX_LENGTH,
            check=check_pattern,
            is_optional=True,
        ),
        Parameter(
            name="files",
            kind=Kind.WORDS,
            label=gettext_lazy("Names of files"),
            help=gettext_lazy(
                "As above, without the folders; for example *.{safetensors,json,md}."
            ),
            most=10,
            max_length=MAX_LENGTH,
            check=check_pattern,
            is_optional=True,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("Names are as agreed")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail with the names that do not fit, and what they have to fit."""
        told = []
        misfits = [p for p in self.model if facts.model and not matches(p, facts.model)]
        if misfits:
            told.append(
                _("The model is called {name}, which does not fit {pattern}.").format(
                    name=facts.model, pattern=listed(misfits)
                )
            )
        files = [
            file.path
            for file in facts.files
            if not all(matches(p, file.path.rpartition("/")[2]) for p in self.files)
        ]
        if files:
            told.append(
                _("{names}: not called as in {pattern}.").format(
                    names=listed(files), pattern=listed(list(self.files))
                )
            )
        if told:
            return self.says(Outcome.FAIL, " ".join(told), files)
        return self.says(Outcome.PASS, _("The model and its files are called as agreed."))
