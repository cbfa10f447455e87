"""Which formats weights may be in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts, FileFact
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed

# What scanning calls formats that run code when they are loaded, or may.
CODE_FORMATS = frozenset(
    [
        "pickle",
        "torch",
        "torch-legacy",
        "torch-zip",
        "torch-package",
        "torchscript",
        "joblib",
        "numpy-object",
        "keras-h5",
        "keras-lambda",
        "java-serialized",
        "java-class",
        "pyc",
        "pe",
        "elf",
        "macho",
    ]
)
# Names that promise such a format; a lie the other way round is caught by what the bytes are.
CODE_SUFFIXES = frozenset(["pkl", "pickle", "pt", "pth", "ckpt", "joblib", "dill", "pyc", "mar"])


@dataclass(frozen=True, slots=True)
class SafeFormats(Rule):
    """No file is in a format that can run code when it is loaded: no pickles, however they are called."""

    id: ClassVar[str] = "safe_formats"
    name: ClassVar = gettext_lazy("Formats that cannot hold code")
    is_waivable: ClassVar[bool] = True

    @property
    def title(self) -> str:
        """See the class."""
        return _("Weights are in formats that cannot hold code")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """By what the bytes are, and by what the name promises; a file that nobody has read cannot pass."""
        refused = [file.path for file in facts.files if _can_hold_code(file)]
        if refused:
            reason = _("{names} can run code when loaded. Save the weights as safetensors.").format(
                names=listed(refused)
            )
            return self.says(Outcome.FAIL, reason, refused)
        unread = [file.path for file in facts.files if file.formats is None]
        if unread:
            reason = _("The formats of {names} are not known until they have been scanned.").format(
                names=listed(unread)
            )
            return self.says(Outcome.PENDING, reason, unread)
        return self.says(Outcome.PASS, _("No file is a pickle or anything like it."))


def _can_hold_code(file: FileFact) -> bool:
    suffix = file.path.rsplit("/", 1)[-1].rpartition(".")[2].lower()
    return suffix in CODE_SUFFIXES or bool(CODE_FORMATS & set(file.formats or ()))
