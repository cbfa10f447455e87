"""The chapters of the guide in their order, and what each of them is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.guide.values import about, api, limits, operating, people, policies, scanning, webhooks


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page, written in ``pages/<slug>.md``.

    ``values`` gathers what the code says and the text repeats; ``made_from`` names the files that are right when the
    text is wrong.
    """

    slug: str
    title: str | Promise
    summary: str | Promise
    values: Callable[[], dict[str, Any]]
    made_from: tuple[str, ...]
    is_small_print: bool = False


CHAPTERS = (
    Chapter(
        "first-upload",
        _("Your first upload"),
        _("From an empty page to a model that other people can download."),
        limits.values,
        (
            "hub/settings.py",
            "accounts/namespaces/names.py",
            "models_catalog/revisions/paths.py",
            "models_catalog/taxonomy/",
        ),
    ),
    Chapter(
        "review",
        _("Review"),
        _("What is checked, who decides, and who sees what before it is public."),
        policies.review_values,
        ("governance/reviews/", "models_catalog/downloads/access.py"),
    ),
    Chapter(
        "clients",
        _("Programs"),
        _("Download, check, resume and upload with curl or a few lines of Python."),
        limits.values,
        (
            "models_catalog/web/bytes.py",
            "models_catalog/web/tus.py",
            "accounts/web/credentials.py",
        ),
    ),
    Chapter(
        "policies",
        _("Policies and roles"),
        _("What an organisation can ask for, and what each role may do."),
        policies.policy_values,
        (
            "governance/policies/presets.py",
            "governance/policies/rules/",
            "accounts/authz/policy.py",
        ),
    ),
    Chapter(
        "scanning",
        _("Scanning"),
        _("How files are looked at without being run, and what to do when one is held."),
        scanning.values,
        ("governance/scanning/engine/", "governance/scanning/isolation.py"),
    ),
    Chapter(
        "api",
        _("API"),
        _("Tokens, errors, lists in pages and limits, for people who write programs."),
        api.values,
        ("hub/core/errors.py", "hub/core/rate_limits.py", "accounts/authz/policy.py"),
    ),
    Chapter(
        "webhooks",
        _("Notifications and webhooks"),
        _("What people and programs are told of, how, and how to check that a message is ours."),
        webhooks.values,
        ("governance/outbox/", "governance/webhooks/", "hub/core/outgoing.py"),
    ),
    Chapter(
        "operators",
        _("For operators"),
        _("Run a hub: settings, production, backups, checks and updates."),
        operating.values,
        ("README.md", "hub/settings.py", "compose.yaml"),
    ),
    Chapter(
        "accessibility",
        _("Accessibility"),
        _("What works for whom, what does not yet, and how to tell us."),
        about.values,
        ("tests/browser/", "static/css/tokens.css"),
        is_small_print=True,
    ),
    Chapter(
        "privacy",
        _("Privacy"),
        _("What this hub stores about people, column by column."),
        people.values,
        ("hub/guide/values/people.py", "governance/audit/personal.py"),
        is_small_print=True,
    ),
    Chapter(
        "about",
        _("About this version"),
        _("What runs here, what it is made of, and how to report a weakness."),
        about.values,
        ("LICENSE", "CHANGELOG.md"),
        is_small_print=True,
    ),
)
BY_SLUG = {chapter.slug: chapter for chapter in CHAPTERS}
