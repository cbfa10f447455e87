"""The side navigation of one's own settings."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from hub.ui.parts import NavGroup, Tab


def settings_nav(current: str) -> list[NavGroup]:
    """Links to every page of the settings; ``current`` is the key of this one."""

    def tab(key: str, label: str, name: str) -> Tab:
        return Tab(label, reverse(name), is_current=key == current)

    return [
        NavGroup(
            _("Account"),
            [
                tab("profile", _("Profile"), "accounts:profile"),
                tab("email", _("Email addresses"), "account_email"),
                tab("password", _("Password"), "account_change_password"),
                tab("sessions", _("Sessions"), "accounts:sessions"),
                tab("notifications", _("Notifications"), "governance:notification-settings"),
                tab("watching", _("What you watch"), "governance:watching"),
                tab("audit", _("Audit log"), "governance:my-audit"),
            ],
        ),
        NavGroup(
            _("Programs"),
            [
                tab("tokens", _("Access tokens"), "accounts:tokens"),
                tab("webhooks", _("Webhooks"), "governance:own-webhooks"),
            ],
        ),
        NavGroup(
            _("Organisations"),
            [
                tab("teams", _("Your teams"), "accounts:own-teams"),
                tab("invitations", _("Invitations"), "accounts:invitations"),
                tab("organizations", _("All organisations"), "accounts:organizations"),
            ],
        ),
    ]
