from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.orgs.actions import describe_organization
from accounts.orgs.models import Organization
from accounts.users.actions import describe_user
from accounts.users.events import UserSignedIn
from accounts.users.models import User
from governance.audit.actions import seal
from governance.audit.models import AuditEvent
from hub.core.events import emit
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada() -> User:
    return make_user("ada")


@pytest.fixture
def savanna(ada: User) -> Organization:
    return make_organization("savanna", ada)


@pytest.fixture
def url(savanna: Organization) -> str:
    return reverse("governance:org-audit", args=["savanna"])


@pytest.fixture
def signed_in(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def _text(response: Any) -> str:
    assert response.status_code == 200, response.content
    return " ".join(response.content.decode().split())


def _body(response: Any) -> str:
    assert response.status_code == 200
    body: bytes = b"".join(response.streaming_content)
    return body.decode()


def test_the_page_tells_what_happened(signed_in: Client, url: str) -> None:
    text = _text(signed_in.get(url))

    assert "<b>ada</b> founded savanna with the preset “light”" in text
    assert "gave ada the role Owner in savanna" in text


def test_the_page_says_how_far_the_chain_has_come(signed_in: Client, url: str) -> None:
    assert "Nothing has been sealed yet." in _text(signed_in.get(url))
    sealed = seal()

    text = _text(signed_in.get(url))

    assert f"Sealed up to event {sealed} of this hub." in text
    assert f"The checkpoint at event {sealed} was signed at <time" in text


def test_markup_is_shown_as_text(signed_in: Client, savanna: Organization, url: str) -> None:
    describe_organization(
        savanna,
        display_name="<b>Savanna</b>",
        description="",
        contact="",
        actor=acting(savanna.created_by),
    )

    text = _text(signed_in.get(url))

    assert "&lt;b&gt;Savanna&lt;/b&gt;" in text
    assert "<b>Savanna</b>" not in text


def test_filters_narrow_the_page(signed_in: Client, url: str) -> None:
    text = _text(signed_in.get(url, {"event": "organization:role_given", "actor": "ada"}))

    assert "gave ada the role Owner" in text
    assert "founded savanna" not in text
    assert f'href="{url}">Clear all' in text


def test_filters_without_a_match_offer_a_way_out(signed_in: Client, url: str) -> None:
    text = _text(signed_in.get(url, {"until": "2020-01-01"}))

    assert "No event matches the filters" in text


def test_a_date_that_is_none_is_named(signed_in: Client, url: str) -> None:
    response = signed_in.get(url, {"since": "tomorrow"})

    assert response.status_code == 422
    assert "Enter a valid date." in response.content.decode()


def test_those_without_the_right_are_refused(
    client: Client, savanna: Organization, url: str
) -> None:
    client.force_login(add_member(savanna, make_user("grace"), "maintainer"))

    for address in (url, f"{url}.csv", f"{url}.jsonl"):
        assert client.get(address).status_code == 403


def test_strangers_are_asked_to_sign_in(client: Client, url: str) -> None:
    for address in (url, f"{url}.csv", reverse("governance:my-audit")):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("account_login"))


def test_nothing_can_be_posted(signed_in: Client, url: str) -> None:
    assert signed_in.post(url).status_code == 405


def test_rows_can_be_taken_away_as_json_lines(signed_in: Client, url: str) -> None:
    seal()

    response = signed_in.get(f"{url}.jsonl", {"event": "organization:role_given"})

    (row,) = [json.loads(line) for line in _body(response).splitlines()]
    event = AuditEvent.objects.get(name="organization:role_given")
    assert (row["actor"], row["details"]["member"], row["details"]["role"]) == (
        "ada",
        "ada",
        "owner",
    )
    assert (row["public_id"], row["sequence"]) == (str(event.public_id), event.seal.sequence)
    assert row["digest"] == event.seal.digest
    assert response.headers["Content-Disposition"] == 'attachment; filename="savanna-audit.jsonl"'
    assert response.headers["Cache-Control"] == "private, no-store"


def test_rows_can_be_taken_away_as_csv(signed_in: Client, url: str) -> None:
    rows = list(csv.DictReader(io.StringIO(_body(signed_in.get(f"{url}.csv")))))

    assert [row["name"] for row in rows] == ["organization:role_given", "organization:created"]
    assert json.loads(rows[1]["details"]) == {"preset": "light"}


def test_no_cell_of_a_csv_is_a_formula(signed_in: Client, ada: User) -> None:
    with transaction.atomic():
        emit(
            UserSignedIn(
                actor=acting(ada),
                subject="user:1",
                namespace_id=ada.namespace_id,
                reason='=HYPERLINK("x")',
            )
        )

    body = _body(signed_in.get(f"{reverse('governance:my-audit')}.csv"))

    assert next(csv.DictReader(io.StringIO(body)))["reason"] == '\'=HYPERLINK("x")'


def test_people_read_their_own_log_in_their_settings(signed_in: Client, ada: User) -> None:
    describe_user(ada, display_name="Ada L.", actor=acting(ada))

    text = _text(signed_in.get(reverse("governance:my-audit")))

    assert "changed the display name of ada to Ada L." in text
    assert "settings/audit.csv" in text


def test_the_page_is_kept_out_of_reach_of_names(signed_in: Client, savanna: Organization) -> None:
    assert signed_in.get("/orgs/nobody/audit").status_code == 404
    assert signed_in.get("/orgs/savanna/audit.exe").status_code == 404
