import re

import pytest
from django.urls import get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern, URLResolver

from accounts.namespaces.names import RESERVED, check_name, is_reserved
from hub.core.errors import Invalid


def routes(patterns, before=""):
    """Every route from the root, as text with its converters or groups left in."""
    for each in patterns:
        pattern = each.pattern
        assert not isinstance(pattern, LocalePrefixPattern)
        text = str(pattern) if isinstance(pattern, RoutePattern) else str(pattern).lstrip("^")
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, before + text)
        else:
            yield before + text


def first_segments():
    """The literal first segments of all addresses of the hub."""
    found = set()
    for route in routes(get_resolver().url_patterns):
        segment = re.sub(r"\\(.)", r"\1", route.partition("/")[0]).rstrip("$")
        if segment and not re.search(r"[<(\[]", segment):
            found.add(segment)
    return found


def can_be_a_name(segment):
    try:
        check_name(segment, what="account")
    except Invalid:
        return False
    return True


def test_no_name_can_stand_in_the_way_of_a_page():
    shadowed = {each for each in first_segments() if can_be_a_name(each) and not is_reserved(each)}

    assert shadowed == set()


def test_the_test_sees_the_addresses():
    assert {"orgs", "settings", "accounts", "invitations"} <= first_segments()


@pytest.mark.parametrize(
    "name", ["static", "media", "api", "models", "new", "search", "well-known"]
)
def test_names_that_servers_and_clients_use_are_reserved_too(name):
    assert name in RESERVED
