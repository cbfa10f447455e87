"""What is stored about people: every table that points to a person, with the reason and the end of it.

The columns are read from the models. A table that points to people and has no line here fails a test, so the page
cannot fall behind the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
WITH_ACCOUNT = _("As long as the account.")
WITH_MODEL = _("As long as the model’s record.")
WITH_ORGANIZATION = _("As long as the organisation.")
YOU = _("You and the operator.")
AS_THE_MODEL = _("Whoever may see the model.")
MEMBERS = _("Members of the organisation.")
GRANTS = _("Which person holds which right where.")


@dataclass(frozen=True, slots=True)
class Kept:
    """Why a table knows of people, who reads it and how long it is kept."""

    title: Words
    why: Words
    seen_by: Words
    until: Words


TABLES: dict[str, Kept] = {
    "accounts.User": Kept(
        _("Your account"),
        _("To sign you in and to name you beside what you do. The password is kept as a hash."),
        _("Your name: everybody. The rest: you and the operator."),
        WITH_ACCOUNT,
    ),
    "account.EmailAddress": Kept(
        _("Your e-mail addresses"),
        _("To send you a new password, invitations and notices about your account."),
        YOU,
        _("Until you remove them."),
    ),
    "accounts.Token": Kept(
        _("Your access tokens"),
        _(
            "To let your programs in. Of the token itself only a digest and its last characters are kept."
        ),
        YOU,
        WITH_ACCOUNT,
    ),
    "accounts.Organization": Kept(
        _("Organisations you founded"), _("To say who founded it."), MEMBERS, WITH_ORGANIZATION
    ),
    "accounts.Invitation": Kept(
        _("Invitations"),
        _("To say who invited whom to which role, and what the answer was."),
        _("Both people, and who may invite there."),
        WITH_ORGANIZATION,
    ),
    "accounts.ServiceAccount": Kept(
        _("Service accounts"),
        _("To say who made a service account and who answers for it."),
        _("You and who may manage the members."),
        WITH_ORGANIZATION,
    ),
    "accounts.FormerResponsible": Kept(
        _("Service accounts you answered for"),
        _("So that nobody hands a program on in order to approve what it brought."),
        _("The operator."),
        WITH_ORGANIZATION,
    ),
    "accounts.OrganizationUserPermission": Kept(
        _("Rights in organisations"), GRANTS, MEMBERS, WITH_ORGANIZATION
    ),
    "models_catalog.RepoUserPermission": Kept(
        _("Rights on single models"), GRANTS, _("Who may manage the model."), WITH_MODEL
    ),
    "models_catalog.Grant": Kept(
        _("Roles on single models"), GRANTS, _("You and who may manage the model."), WITH_MODEL
    ),
    "guardian.UserObjectPermission": Kept(
        _("Other rights"), GRANTS, _("The operator."), WITH_ACCOUNT
    ),
    "models_catalog.BlobReceipt": Kept(
        _("Which bytes you sent"),
        _("Only who has sent some bytes may use them by their digest alone."),
        _("The operator."),
        _("As long as the bytes."),
    ),
    "models_catalog.Blob": Kept(
        _("Files you recalled"),
        _("To say who stopped everybody from fetching some bytes, and why."),
        _("The operator."),
        _("As long as the bytes."),
    ),
    "models_catalog.Repo": Kept(
        _("Models you added or withdrew"),
        _("To say who added a model, and who took it back and why."),
        AS_THE_MODEL,
        WITH_MODEL,
    ),
    "models_catalog.TermsAcceptance": Kept(
        _("Terms you accepted"),
        _("To prove which text you accepted before files of a gated model were handed to you."),
        _("You and who may manage the model."),
        WITH_MODEL,
    ),
    "models_catalog.Revision": Kept(
        _("Commits"), _("To say who brought which files."), AS_THE_MODEL, WITH_MODEL
    ),
    "models_catalog.Version": Kept(
        _("Releases"), _("To say who released a version."), AS_THE_MODEL, WITH_MODEL
    ),
    "models_catalog.StageMove": Kept(
        _("Stages you moved versions to"),
        _("To say who put a version into use, and when."),
        AS_THE_MODEL,
        WITH_MODEL,
    ),
    "models_catalog.AliasMove": Kept(
        _("Aliases you moved"),
        _("To say who let a name stand for another version, and when."),
        AS_THE_MODEL,
        WITH_MODEL,
    ),
    "models_catalog.Discussion": Kept(
        _("Threads you began"), _("To say who asked."), AS_THE_MODEL, WITH_MODEL
    ),
    "models_catalog.Comment": Kept(
        _("What you wrote in threads"), _("To show the discussion."), AS_THE_MODEL, WITH_MODEL
    ),
    "models_catalog.Change": Kept(
        _("Changes you merged"), _("To say who merged a change."), AS_THE_MODEL, WITH_MODEL
    ),
    "models_catalog.Upload": Kept(
        _("Your uploads"),
        _("To go on with an upload after a break."),
        YOU,
        _("An unfinished one until it expires."),
    ),
    "models_catalog.Downloader": Kept(
        _("Versions you fetched"),
        _("To tell you when one of them is taken back. Kept to the day, and only while signed in."),
        _("The operator."),
        WITH_MODEL,
    ),
    "hub.KeptAnswer": Kept(
        _("Requests that may be repeated"),
        _("To answer a program again that sent the same request with the same key."),
        YOU,
        _("A day."),
    ),
    "governance.Decision": Kept(
        _("Your reviews"),
        _("To show who approved what and why. Decisions are public where the model is."),
        AS_THE_MODEL,
        WITH_MODEL,
    ),
    "governance.ChecklistAnswer": Kept(
        _("Your answers to checklists"),
        _("To show who looked at what before a model was approved."),
        AS_THE_MODEL,
        WITH_MODEL,
    ),
    "governance.Assignment": Kept(
        _("Reviews you were asked for, or asked others for"),
        _("To remind people of what waits for them."),
        _("Insiders of the model."),
        WITH_MODEL,
    ),
    "governance.Waiver": Kept(
        _("Waivers you gave"),
        _("To show who answers for a file that scanning could not clear."),
        AS_THE_MODEL,
        WITH_MODEL,
    ),
    "governance.ReviewRequest": Kept(
        _("Requests you granted"),
        _("To say who carried out what was agreed to."),
        AS_THE_MODEL,
        WITH_MODEL,
    ),
    "governance.CheckWaiver": Kept(
        _("Rules you answered for"),
        _("To show who answers for a rule that some files do not meet."),
        AS_THE_MODEL,
        WITH_MODEL,
    ),
    "governance.ExternalCheck": Kept(
        _("Checks you reported"),
        _("To say whose program told how a revision does in a check."),
        AS_THE_MODEL,
        _("As long as the model’s record; of each check the last 20 reports of a revision."),
    ),
    "governance.Watch": Kept(
        _("What you watch"), _("To tell you what happens there."), YOU, _("Until you end it.")
    ),
    "governance.Part": Kept(
        _("Threads you take part in"),
        _("To tell you what happens in them, until you mute them."),
        YOU,
        WITH_MODEL,
    ),
    "governance.Notification": Kept(
        _("What you were told"),
        _("To show you your notifications."),
        YOU,
        _("180 days; 30 for what is done."),
    ),
    "governance.Preference": Kept(
        _("How news reach you"), _("To send you mail, or not."), YOU, WITH_ACCOUNT
    ),
    "governance.FeedAddress": Kept(
        _("The address of your feed"),
        _("To let a feed reader in. Of the secret only a digest is kept."),
        YOU,
        _("Until you end it."),
    ),
    "governance.QueueFeed": Kept(
        _("The addresses of your queues of reviews"),
        _("To let a feed reader in. Of the secret only a digest is kept."),
        YOU,
        _("Until you end it."),
    ),
    "governance.Webhook": Kept(
        _("Webhooks you added"),
        _("To say who added one, and to tell your own of what you may see."),
        _("Who manages the webhook."),
        _("Until it is removed."),
    ),
    "governance.Policy": Kept(
        _("Policies you changed"),
        _("To say who changed what an organisation asks for, and who approved it."),
        MEMBERS,
        WITH_ORGANIZATION,
    ),
    "governance.PolicyDraft": Kept(
        _("Drafts of policies you wrote or decided"),
        _("So that whoever writes a draft is not the one who approves it."),
        MEMBERS,
        WITH_ORGANIZATION,
    ),
    "governance.Simulation": Kept(
        _("Simulations you asked for"),
        _("To say whose draft was tried on the models that are there, and when."),
        MEMBERS,
        WITH_ORGANIZATION,
    ),
}
# These name people without pointing to them.
OTHERS: dict[str, Kept] = {
    "governance.PersonalField": Kept(
        _("The audit record"),
        _(
            "Every act with the name of who did it and the network address it came from. Both stand beside the signed "
            "record, so that they can be taken out without breaking it."
        ),
        _(
            "You for your own acts; owners, admins and auditors for their organisation; the operator."
        ),
        _("Until the operator redacts it at your request."),
    ),
    "sessions.Session": Kept(
        _("Sessions"),
        _("To keep you signed in in one browser."),
        _("The operator."),
        _("Until you sign out or it expires."),
    ),
}


def values() -> dict[str, Any]:
    """Every table with its columns."""
    every = TABLES | OTHERS
    return {
        "tables": [
            {"kept": kept, "columns": columns(apps.get_model(label))}
            for label, kept in every.items()
        ],
        "cookies": [
            (settings.SESSION_COOKIE_NAME, _("keeps you signed in")),
            (settings.CSRF_COOKIE_NAME, _("proves that a form came from this hub")),
            ("theme, saver", _("remember light or dark, and whether you save data")),
            ("messages", _("carries one notice to the next page")),
        ],
    }


def columns(model: type[Model]) -> list[str]:
    """The names of the columns that are filled for a person, without the row's own number."""
    own = [field for field in model._meta.get_fields() if isinstance(field, Field)]  # noqa: SLF001 - Django's public name for it
    return [field.name for field in own if not field.primary_key]


def tables_about_people() -> Iterator[str]:
    """Every table of this hub that points to a person, found in the models themselves."""
    person = apps.get_model(settings.AUTH_USER_MODEL)
    yield person._meta.label  # noqa: SLF001
    for model in apps.get_models():
        fields = (each for each in model._meta.get_fields() if isinstance(each, Field))  # noqa: SLF001
        if any(each.is_relation and each.related_model is person for each in fields):
            yield model._meta.label  # noqa: SLF001
