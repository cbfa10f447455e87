"""People, organisations, rights and tokens as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """App label ``accounts``."""

    name = "accounts"
