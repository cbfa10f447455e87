from __future__ import annotations

import pytest

from accounts.authz.policy import Right, Role
from governance.reviews.community import ask_community
from governance.reviews.queries import standing_decisions, why_not_decide
from governance.reviews.queues.queries import decidable_by
from hub.core.errors import Conflict, Forbidden, NotFound
from models_catalog.changes.actions import merge_change
from models_catalog.changes.queries import get_change
from models_catalog.repos.queries import get_repo, repo_rights
from models_catalog.versions.queries import get_revision
from tests.accounts.recording import names, recording
from tests.factories.models import make_repo, propose
from tests.factories.people import acting, make_organization, make_user
from tests.factories.reviews import approve, finish_scan

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def owner():
    return make_user("solo")


@pytest.fixture
def change(owner):
    """A change of an organisation of one person, before the first release."""
    organization = make_organization("tiny", owner, preset="light")
    change = propose(
        make_repo("leaf", owner=owner, organization=organization), {"a": b"a"}, by=owner
    )
    finish_scan(change.head)
    return change


@pytest.fixture
def neighbour():
    return make_user("neighbour", is_community_reviewer=True)


def test_before_they_are_asked_the_hubs_reviewers_do_not_know_of_the_model(change, neighbour):
    with pytest.raises(NotFound):
        get_repo(namespace="tiny", name="leaf", actor=acting(neighbour))

    assert not decidable_by(acting(neighbour))


def test_an_organisation_of_one_asks_and_is_reviewed(change, owner, neighbour):
    with recording() as events:
        assert ask_community(change, actor=acting(owner)) == 1

    assert names(events) == ["discussion:commented", "change:community_asked"]
    repo = get_repo(namespace="tiny", name="leaf", actor=acting(neighbour))
    assert get_change(repo, 1, actor=acting(neighbour)) == change
    assert [each.discussion for each in decidable_by(acting(neighbour))] == [change.discussion]
    approve(change, neighbour)
    assert standing_decisions(change).get().reviewer == neighbour


def test_asking_twice_asks_once(change, owner, neighbour):
    ask_community(change, actor=acting(owner))

    with recording() as events:
        ask_community(change, actor=acting(owner))

    assert events == []


def test_an_organisation_with_reviewers_of_its_own_may_not_ask(scene, neighbour):
    scene.member(Role.REVIEWER)

    with recording() as events, pytest.raises(Forbidden, match="enough reviewers"):
        ask_community(scene.change, actor=acting(scene.maker))

    assert events == []
    with pytest.raises(NotFound):
        get_repo(namespace="savanna", name="leaf", actor=acting(neighbour))


def test_somebody_who_may_not_write_may_not_ask(change, neighbour):
    with pytest.raises(Forbidden):
        ask_community(change, actor=acting(make_user("stranger")))


def test_a_hub_without_such_people_says_so(change, owner):
    with pytest.raises(Conflict, match="no reviewers who could stand in"):
        ask_community(change, actor=acting(owner))


def test_being_asked_is_no_right_to_approve_ones_own_work(owner, neighbour):
    organization = make_organization("pair", neighbour, preset="light")
    own = propose(
        make_repo("leaf", owner=neighbour, organization=organization), {"a": b"a"}, by=neighbour
    )

    assert "pushed to this change" in (why_not_decide(own, actor=acting(neighbour)) or "")


def test_being_a_reviewer_of_the_hub_opens_nothing_of_a_released_model(scene, neighbour):
    approve(scene.change, scene.member(Role.REVIEWER))
    merge_change(scene.change, actor=acting(scene.maker))
    secret = propose(scene.repo, {"plan.txt": b"x"}, by=scene.maker, title="Not public yet")

    repo = get_repo(namespace="savanna", name="leaf", actor=acting(neighbour))

    assert repo_rights(repo, actor=acting(neighbour)) == frozenset()
    with pytest.raises(NotFound):
        get_change(repo, secret.discussion.number, actor=acting(neighbour))
    with pytest.raises(NotFound):
        get_revision(repo, secret.head.sha1, actor=acting(neighbour))


def test_being_asked_opens_the_one_model_that_was_asked_about(change, owner, neighbour):
    other = make_repo("oak", owner=owner, organization=change.repo.namespace.organization)
    ask_community(change, actor=acting(owner))

    assert Right.REVIEW in repo_rights(change.repo, actor=acting(neighbour))
    assert repo_rights(other, actor=acting(neighbour)) == frozenset()
