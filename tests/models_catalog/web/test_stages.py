"""Pages about where versions stand: what they show, to whom, and what their forms do."""

from __future__ import annotations

import pytest
from django.utils import timezone

from governance.reviews.requests.models import ReviewRequest
from models_catalog.repos.models import Repo
from models_catalog.stages.actions import add_stage, move_stage, protect_alias, set_alias
from models_catalog.stages.queries import protected_aliases, stage_now, stages_of
from tests.factories.people import acting
from tests.factories.stages import meaning_of, place_of
from tests.models_catalog.stages.conftest import make_shelf

pytestmark = pytest.mark.django_db

MODEL = "/savanna/leaf"


@pytest.fixture
def shelf():
    return make_shelf()


def _text(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_list_says_where_each_version_stands(client, shelf):
    move_stage(shelf.first, "production", actor=acting(shelf.keeper))
    set_alias(shelf.repo, "champion", shelf.second, actor=acting(shelf.keeper))

    text = _text(client, f"{MODEL}/versions")

    assert "Production" in text
    assert "names?name=champion" in text
    assert "production: v1" in _text(client, MODEL).lower()


def test_whoever_maintains_the_model_moves_a_version(client, shelf):
    client.force_login(shelf.keeper)

    client.post(f"{MODEL}/versions/2/stage", {"stage": "production", "seen-production": "0"})
    client.post(f"{MODEL}/versions/2/alias", {"alias": "champion"})

    assert place_of(shelf.second).stage == "production"
    assert meaning_of(shelf.repo, "champion").version == shelf.second


def test_who_saw_another_version_there_is_told(client, shelf):
    move_stage(shelf.first, "production", actor=acting(shelf.keeper))
    client.force_login(shelf.keeper)

    answer = client.post(
        f"{MODEL}/versions/2/stage",
        {"stage": "production", "seen-production": "3"},
        follow=True,
    )

    assert "Somebody moved it meanwhile" in answer.content.decode()
    assert place_of(shelf.first).stage == "production"


def test_where_a_review_is_needed_the_button_opens_the_request(client, shelf):
    Repo.objects.update(is_protected=True)
    protect_alias(shelf.organization, "champion", actor=acting(shelf.owner))
    client.force_login(shelf.maker)

    client.post(f"{MODEL}/versions/2/stage", {"stage": "production", "reason": "It is better."})
    client.post(f"{MODEL}/versions/2/alias", {"alias": "champion", "reason": "It is better."})

    assert [each.payload["name"] for each in ReviewRequest.objects.order_by("pk")] == [
        "production",
        "champion",
    ]
    assert stage_now(shelf.second) is None


def test_a_rollback_by_one_click(client, shelf):
    for version in (shelf.first, shelf.second):
        move_stage(version, "production", actor=acting(shelf.keeper))
    client.force_login(shelf.keeper)
    assert "Back to v1" in _text(client, f"{MODEL}/names", name="production")

    client.post(f"{MODEL}/names/rollback", {"name": "production", "expected": "2"})

    assert place_of(shelf.first).stage == "production"


def test_an_alias_is_taken_away(client, shelf):
    set_alias(shelf.repo, "champion", shelf.first, actor=acting(shelf.keeper))
    client.force_login(shelf.keeper)

    client.post(f"{MODEL}/names/remove", {"name": "champion", "expected": "1"})

    assert meaning_of(shelf.repo, "champion").version is None
    assert "taken away" in _text(client, f"{MODEL}/names", name="champion")


def test_the_page_answers_which_version_it_was(client, shelf):
    move_stage(shelf.first, "production", actor=acting(shelf.keeper))
    now = timezone.now()
    day = now.date().isoformat()

    text = _text(client, f"{MODEL}/names", name="production", day=day)
    before = _text(client, f"{MODEL}/names", name="production", day="2020-01-01", time="12:00")

    assert "moved by keeper" in text
    assert "No version on" in before


@pytest.mark.parametrize("name", ["", "nothing", "a\x00b", "main"])
def test_a_name_that_nothing_ever_had_is_not_found(client, shelf, name):
    assert client.get(f"{MODEL}/names", {"name": name}).status_code == 404


def test_a_name_opens_files(client, shelf):
    move_stage(shelf.first, "production", actor=acting(shelf.keeper))
    set_alias(shelf.repo, "champion", shelf.first, actor=acting(shelf.keeper))

    for name in ("production", "champion"):
        assert client.get(f"{MODEL}/tree/{name}").status_code == 200
        assert client.get(f"{MODEL}/blob/{name}/model.safetensors").status_code == 200


def test_the_list_costs_the_same_for_one_version_and_for_many(
    client, shelf, django_assert_max_num_queries
):
    client.get(f"{MODEL}/versions")
    with django_assert_max_num_queries(100) as few:
        client.get(f"{MODEL}/versions")
    move_stage(shelf.first, "production", actor=acting(shelf.keeper))
    for version in (shelf.second, shelf.third):
        move_stage(version, "candidate", actor=acting(shelf.keeper))
        set_alias(shelf.repo, f"name-{version.number}", version, actor=acting(shelf.keeper))

    with django_assert_max_num_queries(100) as many:
        client.get(f"{MODEL}/versions")

    assert len(many) == len(few)


# --- the organisation's own ------------------------------------------------------------------------------------------
def test_everybody_reads_an_organisations_stages(client, shelf):
    text = _text(client, "/orgs/savanna/stages")

    assert text.index("Candidate") < text.index("Production") < text.index("Archived")
    assert "Add a stage" not in text


def test_an_owner_changes_them(client, shelf):
    client.force_login(shelf.owner)
    send = lambda **data: client.post("/orgs/savanna/stages", data)  # noqa: E731 - one word for it

    send(act="add", name="shadow", title="Shadow", is_protected="on")
    send(act="up", name="shadow")
    send(act="change", name="candidate", title="Tried")
    send(act="remove", name="archived")
    send(act="protect", alias="champion")

    stages = stages_of(shelf.organization.namespace)
    assert [stage.title for stage in stages] == ["Tried", "Staging", "Production", "Shadow"]
    assert protected_aliases(shelf.organization.namespace) == ["champion"]
    send(act="let-go", alias="champion")
    assert protected_aliases(shelf.organization.namespace) == []


def test_a_refused_change_is_told(client, shelf):
    add_stage(shelf.organization, "shadow", actor=acting(shelf.owner))
    move_stage(shelf.first, "shadow", actor=acting(shelf.keeper))
    client.force_login(shelf.owner)

    answer = client.post("/orgs/savanna/stages", {"act": "remove", "name": "shadow"}, follow=True)

    assert "1 version stands in" in answer.content.decode()


def test_a_member_changes_nothing(client, shelf):
    client.force_login(shelf.maker)

    client.post("/orgs/savanna/stages", {"act": "add", "name": "shadow"})

    assert "shadow" not in [stage.name for stage in stages_of(shelf.organization.namespace)]
