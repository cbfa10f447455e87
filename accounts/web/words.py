"""What roles, scopes and presets mean, in the words that pages use."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset

Words = dict[str, str | Promise]

PRESET_TITLES: Words = {
    Preset.OPEN.value: _("Open"),
    Preset.LIGHT.value: _("Light"),
    Preset.STRICT.value: _("Strict"),
}
PRESET_MEANS: Words = {
    Preset.OPEN.value: _(
        "No review: what a member commits is public at once and says “Not reviewed”. Files are held back while "
        "scanning has not finished, when it failed, and when it found them dangerous."
    ),
    Preset.LIGHT.value: _(
        "One other member approves each change before it becomes public. Files must be clean, or a reviewer says why "
        "not."
    ),
    Preset.STRICT.value: _(
        "Two people approve, one of them a security reviewer. Cards are complete, and only file formats that cannot "
        "carry code are taken."
    ),
}

ROLE_MEANS: Words = {
    Role.OWNER.value: _(
        "Everything, with the settings of the organisation and the making of owners."
    ),
    Role.ADMIN.value: _(
        "Invites people, gives roles, changes the review policy, reads the audit log."
    ),
    Role.MAINTAINER.value: _("Adds models, changes their settings, reviews changes by others."),
    Role.CONTRIBUTOR.value: _("Adds models, uploads files, proposes changes."),
    Role.REVIEWER.value: _("Reviews changes and sees models before their release."),
    Role.SECURITY_REVIEWER.value: _(
        "Reviews security; may open a blocked file after writing down why."
    ),
    Role.AUDITOR.value: _("Reads the audit log and sees models before their release."),
    Role.READER.value: _("Reads the models of the organisation that are not public."),
}

SCOPE_TITLES: Words = {"read": _("Read"), "write": _("Write"), "admin": _("Everything")}
SCOPE_MEANS: Words = {
    "read": _("Download whatever you can see. Enough for most programs."),
    "write": _("Also add models, upload files and propose changes."),
    "admin": _(
        "All that you may do yourself, but for your account. Give it to no program that you do not run."
    ),
}
