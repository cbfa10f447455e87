import threading

import pytest
from django.db import connection, transaction

from accounts.namespaces.actions import claim_namespace
from accounts.namespaces.models import Namespace, NamespaceKind
from accounts.namespaces.queries import get_namespace
from hub.core.errors import Conflict, Invalid, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def claim(name, **more):
    return claim_namespace(name, kind=NamespaceKind.USER, preset="open", **more)


def test_the_case_of_a_name_is_kept():
    claim("Ada-Lovelace")

    assert get_namespace("ada_lovelace").name == "Ada-Lovelace"


@pytest.mark.parametrize("other", ["ada-l", "ADA-L", "ada_l", "ada.l", "ada-1", "ada-I", "ada-l_"])
def test_a_name_that_could_be_mistaken_for_another_is_taken(other):
    claim("ada-l")

    with pytest.raises(Conflict, match="too much like") as refusal:
        claim(other, field="username")

    assert refusal.value.field == "username"
    assert Namespace.objects.count() == 1


def test_an_organisation_cannot_take_the_name_of_a_person():
    claim("ada")

    with pytest.raises(Conflict):
        claim_namespace("ADA", kind=NamespaceKind.ORGANIZATION, preset="light")


def test_a_retired_name_is_never_given_out_again():
    Namespace.objects.filter(pk=claim("ada").pk).update(is_retired=True)

    with pytest.raises(Conflict, match="never given out twice"):
        claim("ada")


def test_a_retired_name_leads_nowhere():
    Namespace.objects.filter(pk=claim("ada").pk).update(is_retired=True)

    with pytest.raises(NotFound):
        get_namespace("ada")


def test_a_reserved_name_cannot_be_had():
    with pytest.raises(Conflict, match="own addresses"):
        claim("Settings")


def test_a_bad_name_says_what_is_allowed():
    with pytest.raises(Invalid, match="letters a to z"):
        claim("ada lovelace")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time"
)
def test_the_loser_of_a_race_hears_the_same_sentence():
    """The look before the write does not see what another transaction has not committed; the constraint does."""
    is_claimed, answers = threading.Event(), []

    def come_second():
        is_claimed.wait(5)
        try:
            claim("ADA")
        except Conflict as refusal:
            answers.append(refusal.message)
        finally:
            connection.close()

    rival = threading.Thread(target=come_second)
    rival.start()
    with transaction.atomic():
        claim("ada")
        is_claimed.set()
        rival.join(0.5)  # it waits for this transaction to end
        assert rival.is_alive()
    rival.join(5)

    assert len(answers) == 1
    assert "too much like" in answers[0]
    assert Namespace.objects.count() == 1
