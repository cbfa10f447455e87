"""What people enter to add a model and files to it; rules live in the actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.namespaces.models import Namespace
from hub.ui.forms import ActionForm
from hub.ui.widgets import Choices, MultipleFiles
from models_catalog.repos.models import Visibility
from models_catalog.repos.queries import default_visibility
from models_catalog.web.form_files import FOLDER_FIELD

AS_CHOSEN = "as_chosen"
SEEN_BY = {
    Visibility.PUBLIC.value: _("everybody"),
    Visibility.INTERNAL.value: _("people who are signed in"),
    Visibility.PRIVATE.value: _("only its owner"),
}


class NewModelForm(ActionForm):
    """Whose model, what it is called and who sees it. The last owner choice is made from ``owners``."""

    owner = forms.ChoiceField(label=_("Owner"))
    name = forms.CharField(
        label=_("Name"),
        help_text=_(
            "Letters a to z, digits, “-”, “_” and “.”. It becomes the model’s address and stays."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
        ),
    )
    visibility = forms.ChoiceField(
        label=_("Who can see it"),
        choices=[
            (AS_CHOSEN, _("As its owner has chosen for new models")),
            (Visibility.PUBLIC, _("Everybody")),
            (Visibility.INTERNAL, _("People who are signed in")),
            (Visibility.PRIVATE, _("Only its owner")),
        ],
        initial=AS_CHOSEN,
        widget=Choices(
            consequences={
                Visibility.PUBLIC: _(
                    "It is listed and found by search. Anybody can read and download it."
                ),
                Visibility.INTERNAL: _(
                    "Everybody with an account here can read and download it; others find nothing."
                ),
                Visibility.PRIVATE: _(
                    "You, or the members of the organisation, and people whom you give access later."
                ),
            }
        ),
    )

    def __init__(self, *args: Any, owners: Sequence[Namespace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {namespace.name: namespace for namespace in owners}
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.widget = Choices(consequences={n.name: _consequence(n) for n in owners})
        field.choices = [(name, name) for name in self.owners]
        if owners:
            field.initial = owners[0].name
        seen = self.fields["visibility"].widget
        assert isinstance(seen, Choices)
        seen.consequences |= {AS_CHOSEN: _defaults(owners)}

    @property
    def chosen_visibility(self) -> str | None:
        """Who can see it; nothing where the owner's choice for new models is to hold."""
        chosen: str = self.cleaned_data["visibility"]
        return None if chosen == AS_CHOSEN else chosen


def _defaults(owners: Sequence[Namespace]) -> str:
    """Who sees a new model of each owner; those who show it to everybody are not named one by one."""
    chosen = {owner.name: default_visibility(owner) for owner in owners}
    narrower = [
        f"{name}: {SEEN_BY[seen]}" for name, seen in chosen.items() if seen != Visibility.PUBLIC
    ]
    if not narrower:
        return gettext("Everybody, as it stands now.")
    return gettext("{owners}; otherwise everybody.").format(owners="; ".join(narrower))


def _consequence(namespace: Namespace) -> Any:
    if namespace.is_reviewed:
        return _(
            "Reviewed: files become visible to others when a change with them has been approved."
        )
    return _("Not reviewed: what you commit can be seen at once, and the page says “Not reviewed”.")


class UploadForm(ActionForm):
    """Files (taken by ``form_files``), where they go, and the words of the commit."""

    folder = forms.CharField(
        label=_("Folder to put them in"),
        required=False,
        max_length=900,
        help_text=_("Such as onnx or weights/fp16. Empty: the top of the model."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
        ),
    )
    title = forms.CharField(label=_("What this adds"), required=False, max_length=200)
    description = forms.CharField(
        label=_("Why, and what to look at"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def prefix_path(self) -> str:
        """The folder with a slash behind it, or nothing."""
        folder = str(self.cleaned_data.get("folder", "")).strip("/ ")
        return f"{folder}/" if folder else ""


FILES = MultipleFiles(attrs={"id": "files", "class": "in auto"})
FOLDER = MultipleFiles(attrs={"id": "folder-files", "class": "in auto", "webkitdirectory": True})


def file_inputs() -> dict[str, str]:
    """The two file inputs; outside of the form, because their bytes never reach ``request.FILES``."""
    return {"files": FILES.render("files", None), "folder": FOLDER.render(FOLDER_FIELD, None)}
