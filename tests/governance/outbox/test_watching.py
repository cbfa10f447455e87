from __future__ import annotations

import pytest

from governance.audit.models import AuditEvent
from governance.outbox.models import Watch
from governance.outbox.watching import end_watch, watch, watch_of, watched_page
from hub.core.actor import ANONYMOUS
from hub.core.errors import Forbidden, Invalid, SignInRequired
from models_catalog.repos.models import Repo
from tests.factories.models import make_repo
from tests.factories.people import acting, actor_of, make_organization, make_token, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def repo():
    return make_repo(owner=make_user("ada"))


def test_the_last_word_counts(repo):
    actor = acting(make_user("grace"))

    for level in ("all", "releases", "releases"):
        watch(repo, level=level, actor=actor)

    assert Watch.objects.get().level == "releases"
    assert AuditEvent.objects.filter(name="watch:changed").count() == 2


def test_watching_ends(repo):
    actor = acting(make_user("grace"))
    watch(repo.namespace, level="all", actor=actor)

    watch(repo.namespace, level="none", actor=actor)

    assert watch_of(repo.namespace, actor=actor) == "none"


def test_one_lists_what_one_watches_and_ends_it_there(repo):
    grace, ada = acting(make_user("grace")), acting(repo.namespace.user)
    watch(repo, level="all", actor=grace)
    watch(repo.namespace, level="muted", actor=grace)
    watch(repo, level="all", actor=ada)

    owner, model = watched_page(actor=grace).rows
    end_watch(model.id, actor=grace)
    end_watch(Watch.objects.get(user=ada.user).pk, actor=grace)

    assert (owner.name, owner.is_owner, owner.level) == ("ada", True, "muted")
    assert (model.name, model.is_owner) == (repo.full_name, False)
    assert [each.name for each in watched_page(actor=grace).rows] == ["ada"]
    assert watch_of(repo, actor=ada) == "all"


def test_the_name_of_what_one_may_no_longer_see_is_not_told(repo):
    grace = acting(make_user("grace"))
    watch(repo, level="all", actor=grace)
    Repo.objects.update(visibility="private")

    (left,) = watched_page(actor=grace).rows
    end_watch(left.id, actor=grace)

    assert left.name == ""
    assert not Watch.objects.exists()
    ended = AuditEvent.objects.filter(name="watch:changed").latest("pk")
    assert repo.name not in str(ended.data)


def test_what_somebody_watches_stands_in_their_own_record_only(repo):
    grace = make_user("grace")

    watch(repo, level="all", actor=acting(grace))

    event = AuditEvent.objects.get(name="watch:changed")
    assert (event.namespace_id, event.repo_id) == (grace.namespace_id, None)


@pytest.mark.parametrize("level", ["", "everything", "RELEASES"])
def test_an_unknown_level_is_refused(repo, level):
    with pytest.raises(Invalid):
        watch(repo, level=level, actor=acting(make_user("grace")))

    assert not Watch.objects.exists()


def test_strangers_and_read_tokens_may_not(repo):
    with pytest.raises(SignInRequired):
        watch(repo, level="all", actor=ANONYMOUS)
    with pytest.raises(Forbidden):
        watch(repo, level="all", actor=actor_of(make_token(make_user("grace"))))

    assert not Watch.objects.exists()


def test_the_model_page_offers_it_and_keeps_it(repo, client):
    client.force_login(make_user("grace"))

    answer = client.post(f"/notifications/watch/{repo.full_name}", {"level": "all"}, follow=True)

    assert "You will hear of everything" in answer.content.decode()
    assert 'value="all" aria-current="true"' in answer.content.decode()


def test_the_page_of_an_organisation_offers_it(client):
    organization = make_organization("savanna")
    client.force_login(make_user("grace"))

    client.post("/notifications/watch/savanna", {"level": "releases"})

    assert Watch.objects.get().namespace_id == organization.namespace_id
    assert 'value="releases" aria-current="true"' in client.get("/savanna").content.decode()


def test_a_private_model_cannot_be_watched_and_looks_like_none(client):
    repo = make_repo(owner=make_user("ada"), visibility="private")
    client.force_login(make_user("grace"))

    private = client.post(f"/notifications/watch/{repo.full_name}", {"level": "all"})
    missing = client.post("/notifications/watch/ada/minimo", {"level": "all"})

    assert private.status_code == missing.status_code == 404
    assert not Watch.objects.exists()


def test_strangers_see_no_button(repo, client):
    assert "/notifications/watch/" not in client.get(f"/{repo.full_name}").content.decode()
