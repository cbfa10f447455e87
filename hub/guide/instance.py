"""What the guide says about this very hub."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from accounts.namespaces.models import Preset
from governance.policies.presets import PRESET_TITLES


@dataclass(frozen=True, slots=True)
class Instance:
    """The settings that pages of the guide print; pages are kept by it, so that none outlives what it says."""

    hub: str
    name: str
    operator: str
    version: str
    sign_up_is_open: bool
    default_preset: str
    personal_preset: str
    max_file_bytes: int
    max_form_bytes: int
    upload_days: int
    grace_days: int
    webhook_ports: tuple[int, ...]
    security_contacts: tuple[str, ...]
    rate_limits: tuple[tuple[str, str], ...]

    @property
    def host(self) -> str:
        """The address without its scheme."""
        return urlsplit(self.hub).netloc


def this_instance() -> Instance:
    """As it is configured now."""
    return Instance(
        hub=settings.PUBLIC_URL,
        name=settings.HUB_NAME,
        operator=settings.HUB_OPERATOR,
        version=settings.HUB_VERSION,
        sign_up_is_open=settings.SIGN_UP_OPEN,
        default_preset=str(PRESET_TITLES[Preset(settings.DEFAULT_ORGANIZATION_PRESET)]),
        personal_preset=str(PRESET_TITLES[Preset(settings.PERSONAL_PRESET)]),
        max_file_bytes=settings.MAX_FILE_BYTES,
        max_form_bytes=settings.MAX_FORM_BYTES,
        upload_days=settings.UPLOAD_EXPIRY.days,
        grace_days=settings.BLOB_GRACE.days,
        webhook_ports=tuple(settings.WEBHOOK_PORTS),
        security_contacts=tuple(settings.SECURITY_CONTACTS),
        rate_limits=tuple(sorted(settings.RATE_LIMITS.items())),
    )
