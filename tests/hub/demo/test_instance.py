"""Whom a demonstration is made for, whom it is kept from, and who hears its password."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.namespaces.models import Namespace
from accounts.users.actions import change_password
from accounts.users.models import User
from governance.audit.models import AuditEvent
from hub.core.errors import Conflict
from hub.core.jobs.models import Job, JobState
from hub.demo import instance
from hub.demo.cast import KNOWN_PASSWORD, PEOPLE
from hub.demo.telling import at_start
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

BLOCK = "This hub is a demonstration"


def test_an_empty_hub_gets_its_people_at_once_and_the_rest_as_a_job():
    begun = instance.begin()

    assert begun.is_known
    assert {user.username for user in User.objects.all()} == {each.name for each in PEOPLE}
    assert Job.objects.get(key=instance.KEY).state == JobState.QUEUED
    assert not instance.is_complete()


def test_a_hub_that_somebody_uses_gets_none():
    make_user("ada")

    with pytest.raises(Conflict, match="in use"):
        instance.begin()

    assert [user.username for user in User.objects.all()] == ["ada"]
    assert instance.job() is None


def test_a_name_that_was_given_up_is_use_as_well():
    Namespace.objects.create(name="gone", folded="gone", kind="user", is_retired=True)

    with pytest.raises(Conflict):
        instance.begin()


def test_the_command_refuses_a_hub_in_use_with_the_same_sentence():
    make_user("ada")
    before = AuditEvent.objects.count()

    with pytest.raises(CommandError, match="somebody has an account"):
        call_command("demo")

    assert AuditEvent.objects.count() == before


def test_a_second_start_begins_nothing():
    first = at_start()

    second = at_start()

    assert KNOWN_PASSWORD in first
    assert second.startswith("This is a demonstration. Sign in as amina, tesfaye")
    assert User.objects.count() == len(PEOPLE)


def test_a_start_says_nothing_on_a_hub_that_is_none():
    make_user("ada")

    assert at_start() == ""


def test_a_start_asks_again_for_what_was_given_up():
    instance.begin()
    Job.objects.filter(key=instance.KEY).update(state=JobState.FAILED, attempts=3)

    at_start()

    job = Job.objects.get(key=instance.KEY)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert set(job.payload["passwords"]) == {each.name for each in PEOPLE}


def test_a_start_waits_for_a_killed_worker_only_where_another_may_live():
    instance.begin()
    lease = timezone.now() + timedelta(seconds=30)
    Job.objects.filter(key=instance.KEY).update(state=JobState.RUNNING, lease_until=lease)

    at_start()

    is_free = Job.objects.filter(key=instance.KEY, lease_until__lt=lease).exists()
    assert is_free == (connection.vendor == "sqlite")


def test_the_sign_in_page_names_accounts_that_really_open(client):
    instance.begin()

    page = client.get("/accounts/login/").text

    assert BLOCK in page
    assert KNOWN_PASSWORD in page
    for person in PEOPLE:
        assert person.name in page
        assert User.objects.get(username=person.name).check_password(KNOWN_PASSWORD)


def test_an_account_with_another_password_is_not_offered(client):
    instance.begin()
    amina = User.objects.get(username="amina")

    change_password(amina, password="another one", how="changed", actor=acting(amina))

    page = client.get("/accounts/login/").text
    assert "amina" not in page
    assert "tesfaye" in page


def test_a_closed_account_is_not_offered(client):
    instance.begin()

    User.objects.filter(username="mei").update(is_active=False)

    assert "mei" not in [person.name for person in instance.accounts_that_work()]


def test_the_block_goes_with_the_last_account(client):
    instance.begin()

    instance.lock_known_passwords()

    assert BLOCK not in client.get("/accounts/login/").text
    assert instance.accounts_that_work() == []


def test_other_hubs_show_no_block(client):
    make_user("amina", password=KNOWN_PASSWORD)

    assert BLOCK not in client.get("/accounts/login/").text


def test_the_page_looks_at_no_password(client, django_assert_max_num_queries):
    instance.begin()

    with django_assert_max_num_queries(2):
        assert len(instance.accounts_that_work()) == len(PEOPLE)


@pytest.mark.parametrize(
    ("bind", "host"),
    [("0.0.0.0", "localhost"), ("127.0.0.1", "hub.example.org"), ("::", "localhost")],
)
def test_a_hub_that_others_reach_gets_a_password_of_its_own(settings, client, bind, host):
    settings.BIND, settings.PUBLIC_HOST = bind, host

    said = at_start()

    amina = User.objects.get(username="amina")
    password = said.split("the password is: ")[1].split("\n")[0]
    assert amina.check_password(password)
    assert not amina.check_password(KNOWN_PASSWORD)
    assert BLOCK not in client.get("/accounts/login/").text
    assert password not in client.get("/accounts/login/").text
    assert password not in str(Job.objects.get(key=instance.KEY).payload)
    assert at_start() == ""


def test_a_hub_that_becomes_reachable_changes_the_known_passwords(settings):
    settings.PUBLIC_HOST = "localhost"
    instance.begin()
    settings.PUBLIC_HOST = "hub.example.org"

    said = at_start()

    amina = User.objects.get(username="amina")
    assert not amina.check_password(KNOWN_PASSWORD)
    assert amina.check_password(said.rpartition(": ")[2].strip())
    assert at_start() == ""


def test_a_reset_is_refused_where_real_people_are():
    instance.begin()
    make_user("ada")

    with pytest.raises(CommandError, match="--delete-real-data"):
        call_command("demo", "--reset", "--yes")

    assert User.objects.filter(username="ada").exists()


def test_a_reset_is_refused_on_a_hub_that_is_no_demonstration():
    make_user("ada")

    with pytest.raises(CommandError, match="more than a demonstration"):
        call_command("demo", "--reset", "--yes")


def test_a_reset_asks_first_and_deletes_nothing_when_nobody_answers(monkeypatch):
    instance.begin()
    monkeypatch.setattr("sys.stdin", StringIO("rebuild\n"))

    with pytest.raises(CommandError, match="Nobody is at the terminal"):
        call_command("demo", "--reset", stdout=StringIO())

    assert instance.job() is not None
