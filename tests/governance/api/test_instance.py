import pytest

from tests.factories.api import Program

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_a_stranger_reads_what_the_hub_is_and_takes(settings):
    settings.MAX_FILE_BYTES = 1234
    settings.SIGN_UP_OPEN = False
    settings.RATE_LIMITS = {"api": "5/60"}

    said = Program().get("/instance").json()

    assert (said["name"], said["version"]) == (settings.HUB_NAME, settings.HUB_VERSION)
    assert said["limits"]["file_bytes"] == 1234
    assert {"name": "api", "count": 5, "seconds": 60} in said["limits"]["rates"]
    assert said["sign_up"]["is_open"] is False
    assert [preset["id"] for preset in said["presets"]] == ["open", "light", "strict"]
    assert _rule(said, "approvals")["parameters"] == {"count": 1, "security": 0}


def _rule(said, name):
    rules = [rule for preset in said["presets"] for rule in preset["rules"]]
    return next(rule for rule in rules if rule["id"] == name)


@pytest.mark.parametrize("link", ["api", "schema", "guide"])
def test_its_links_lead_somewhere(client, settings, link):
    said = Program().get("/instance").json()

    address = said["links"][link]
    assert client.get(address.removeprefix(settings.PUBLIC_URL)).status_code == 200


def test_what_did_not_change_is_not_sent_twice():
    etag = Program().get("/instance").headers["ETag"]

    assert Program().get("/instance", If_None_Match=etag).status_code == 304
