"""Numbers as people read them: bytes, parameters, counts, times of download, digests."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

THIN_SPACE = "\u2009"
SLOW_MEGABITS = 5.0


def _three_digits(value: Decimal) -> str:
    """Three significant digits without trailing zeros: 3.09, 14.2, 236, 1.5."""
    places = 2 if value < 10 else 1 if value < 100 else 0
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scaled(value: int, units: tuple[str, ...]) -> str:
    """``value`` in the largest of ``units`` (each a thousand of the one before) that leaves at least 1."""
    scaled, step = Decimal(value), 0
    while step < len(units) - 1 and scaled.quantize(_grain(scaled), ROUND_HALF_UP) >= 1000:
        scaled, step = scaled / 1000, step + 1
    return f"{_three_digits(scaled)} {units[step]}".strip()


def _grain(value: Decimal) -> Decimal:
    return Decimal("0.01") if value < 10 else Decimal("0.1") if value < 100 else Decimal(1)


def filesize(value: int) -> str:
    """Decimal bytes to three digits: ``812 B``, ``14.2 kB``, ``3.09 GB``."""
    return _scaled(int(value), ("B", "kB", "MB", "GB", "TB", "PB"))


def parameters(value: int) -> str:
    """Parameters of a model: ``244 M``, ``1.54 B``."""
    return _scaled(int(value), ("", "K", "M", "B", "T"))


def exact_bytes(value: int) -> str:
    """All digits, grouped by thin spaces."""
    return f"{int(value):,}".replace(",", THIN_SPACE)


def count(value: int) -> str:
    """Comma thousands up to 999,999, then ``1.2 million``."""
    number = int(value)
    if abs(number) < 1_000_000:
        return number_format(number, use_l10n=True, force_grouping=True)
    if abs(number) < 999_950_000:
        return _("%(number)s million") % {"number": _one_place(number, 1_000_000)}
    return _("%(number)s billion") % {"number": _one_place(number, 1_000_000_000)}


def _one_place(number: int, unit: int) -> str:
    text = f"{Decimal(number) / unit:.1f}"
    return text.removesuffix(".0")


def download_time(value: int, megabits: float = SLOW_MEGABITS) -> str:
    """How long ``value`` bytes take at ``megabits`` per second: ``About 1 h 22 min``."""
    seconds = int(value) * 8 / (megabits * 1_000_000)
    if seconds < 1:
        return _("Less than a second")
    if seconds < 59.5:
        return _("About %(seconds)d s") % {"seconds": round(seconds)}
    minutes = round(seconds / 60)
    if minutes < 60:
        return _("About %(minutes)d min") % {"minutes": minutes}
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        whole = _("About %(hours)d h") if not minutes else _("About %(hours)d h %(minutes)d min")
        return whole % {"hours": hours, "minutes": minutes}
    days = round(hours / 24)
    return ngettext("About %(days)d day", "About %(days)d days", days) % {"days": days}


def short_digest(value: str) -> str:
    """The first eight digits of a SHA-256 in two groups: ``b5d0 77e1``."""
    digits = value.removeprefix("sha256:")[:8]
    return f"{digits[:4]} {digits[4:]}".strip()


def short_id(value: str) -> str:
    """The first seven digits of a commit's id."""
    return value[:7]
