"""How large a model may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.parameters import Kind, Parameter, Stricter
from hub.ui.quantities import filesize


@dataclass(frozen=True, slots=True)
class Sizes(Rule):
    """All files together have at most ``total`` bytes, each at most ``file``, and there are at most ``count``."""

    total: int | None = None
    file: int | None = None
    count: int | None = None
    id: ClassVar[str] = "sizes"
    name: ClassVar = gettext_lazy("Size")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="total",
            kind=Kind.SIZE,
            label=gettext_lazy("All files together"),
            help=gettext_lazy("At most, as in “50 GB”. Empty: no limit."),
            stricter=Stricter.LOWER,
            minimum=1,
            is_optional=True,
        ),
        Parameter(
            name="file",
            kind=Kind.SIZE,
            label=gettext_lazy("Each file"),
            help=gettext_lazy("At most, as in “5 GB”. Empty: no limit."),
            stricter=Stricter.LOWER,
            minimum=1,
            is_optional=True,
        ),
        Parameter(
            name="count",
            kind=Kind.NUMBER,
            label=gettext_lazy("Number of files"),
            help=gettext_lazy("At most. Empty: no limit."),
            stricter=Stricter.LOWER,
            minimum=1,
            is_optional=True,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("The model is not too large")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail with every limit that is passed."""
        told, total = [], sum(file.size for file in facts.files)
        if self.total is not None and total > self.total:
            told.append(
                _("All files together have {size}; at most {most} are allowed.").format(
                    size=filesize(total), most=filesize(self.total)
                )
            )
        large = [f.path for f in facts.files if self.file is not None and f.size > self.file]
        if large:
            told.append(
                _("{names}: larger than {most}.").format(
                    names=listed(large), most=filesize(self.file or 0)
                )
            )
        if self.count is not None and len(facts.files) > self.count:
            told.append(
                _("There are {count} files; at most {most} are allowed.").format(
                    count=len(facts.files), most=self.count
                )
            )
        if told:
            return self.says(Outcome.FAIL, " ".join(told), large)
        return self.says(Outcome.PASS, f"{filesize(total)}.")
