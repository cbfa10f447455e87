"""Which network addresses the hub may speak to when somebody else chose the name: public ones, and what the operator lists.

Written out instead of asking ``ipaddress.is_global``, which knows different ranges in each version of Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IANA's registry of special-purpose addresses, multicast and what is reserved.
_SPECIAL_4 = [
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
_GLOBAL_6 = IPv6Network("2000::/3")
_SPECIAL_6 = [IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "3fff::/20")]
_MAPPED = IPv6Network("::ffff:0:0/96")
_COMPATIBLE = IPv6Network("::/96")
_TRANSLATED = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")


def networks(texts: Iterable[str]) -> list[Network]:
    """The operator's list of networks in CIDR notation. Raises ``ValueError``."""
    return [ip_network(text.strip(), strict=False) for text in texts if text.strip()]


def is_allowed(text: str, allowed: Iterable[Network] = ()) -> bool:
    """Whether the hub may connect to this address; what wraps another address is judged by what it leads to."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    forms = list(_forms(address))
    listed = list(allowed)
    if any(form in network for form in (address, *forms) for network in listed):
        return True
    return all(_is_public(form) for form in forms)


def _forms(address: Address) -> Iterator[Address]:
    """The IPv4 address inside an IPv6 one, if there is one, else the address itself."""
    if isinstance(address, IPv4Address):
        yield address
        return
    number = int(address)
    if address in _MAPPED or address in _TRANSLATED or address in _COMPATIBLE:
        yield IPv4Address(number & 0xFFFFFFFF)
    elif address in _SIX_TO_FOUR:
        yield IPv4Address(number >> 80 & 0xFFFFFFFF)
    else:
        yield address


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_4)
    return address in _GLOBAL_6 and not any(address in network for network in _SPECIAL_6)
