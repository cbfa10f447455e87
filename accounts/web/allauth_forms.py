"""allauth's forms in our words. The rules stay where they are: in allauth and in our actions."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, SignupForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

LONGEST_LOGIN = 254  # an email; databases refuse to compare with what is much longer


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Name or email, password, and whether to stay signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password, remember = (
            self.fields[name] for name in ("login", "password", "remember")
        )
        login.label = _("Name or email")
        login.validators.append(MaxLengthValidator(LONGEST_LOGIN))
        login.widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        password.label, password.help_text = _("Password"), ""
        password.widget.attrs.pop("placeholder", None)
        remember.label = _("Stay signed in on this device")
        remember.help_text = _("For two weeks. Otherwise until you close the browser.")

    def user_credentials(self) -> dict[str, str]:
        """What to look the account up by: names hold no “@”, so one look-up is enough.

        allauth would try both, and spend more time on an email that is known than on one that is not.
        """
        given = self.cleaned_data["login"]
        return {
            "email" if "@" in given else "username": given,
            "password": self.cleaned_data["password"],
        }


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Name, email and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, email, password = (self.fields[field] for field in ("username", "email", "password1"))
        name.label = _("Name")
        name.help_text = _(
            "Part of the address of your models. Letters, digits, “-”, “_” and “.”; it cannot be changed later."
        )
        name.widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        email.label = _("Email")
        email.help_text = _("To set a new password when you forget it. Nobody else sees it.")
        password.help_text = _("At least 10 characters. A few unrelated words make a good one.")
        for field in (name, email, password):
            field.widget.attrs.pop("placeholder", None)


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The present password and twice the new one; the page has its own words for each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
