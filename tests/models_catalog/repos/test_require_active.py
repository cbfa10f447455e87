import pytest
from django.utils import timezone

from hub.core.actor import ANONYMOUS, SYSTEM
from hub.core.errors import Conflict, Gone
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo, get_repo_by, require_active
from tests.factories.models import commit_files, make_repo
from tests.factories.people import acting, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


def _stand(repo, **fields):
    Repo.objects.filter(pk=repo.pk).update(**fields)


def test_an_archived_model_takes_no_commit_and_says_who_can_unarchive_it(ada):
    repo = make_repo(owner=ada)
    _stand(repo, archived_at=timezone.now())

    with pytest.raises(Conflict, match="Whoever has the right “Change the settings of models”"):
        commit_files(repo, {"a.txt": b"a"}, by=ada)


@pytest.mark.parametrize("field", ["withdrawn_at", "deleted_at"])
def test_what_is_gone_takes_nothing_however_old_the_row_in_hand(ada, field):
    repo = make_repo(owner=ada)
    _stand(repo, **{field: timezone.now()})

    with pytest.raises(Gone):
        require_active(repo, actor=acting(ada))


def test_a_deleted_model_is_in_no_list_not_even_the_hubs_own(ada):
    repo = make_repo(owner=ada)
    _stand(repo, deleted_at=timezone.now())

    for actor in (ANONYMOUS, SYSTEM, acting(ada)):
        assert not Repo.objects.visible_to(actor).exists()


def test_a_deleted_model_says_so_to_those_who_could_see_it(ada):
    repo = make_repo(owner=ada)
    _stand(repo, deleted_at=timezone.now(), deleted_by=ada, deleted_reason="A mistake.")

    with pytest.raises(Gone, match=r"ada/minilm was deleted by ada on .*: A mistake\."):
        get_repo(namespace="ada", name="minilm", actor=ANONYMOUS)
    with pytest.raises(Gone):
        get_repo_by(public_id=repo.public_id, accession=None, actor=ANONYMOUS)


def test_a_deleted_private_model_is_nothing_to_strangers(client, ada):
    repo = make_repo(owner=ada, visibility="private")
    _stand(repo, deleted_at=timezone.now())

    deleted, missing = client.get("/ada/minilm"), client.get("/ada/nothing")

    assert deleted.status_code == missing.status_code == 404
    assert deleted.content == missing.content
