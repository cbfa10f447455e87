import pytest
from django.core.management import CommandError, call_command

from accounts.authz.policy import Role
from accounts.orgs.queries import get_organization, roles_of
from accounts.users.models import User
from accounts.users.queries import get_user
from tests.accounts.recording import names, recording
from tests.factories.people import actor_with, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_create_user_makes_an_account_with_a_password_of_its_own(capsys):
    with recording() as events:
        call_command("create_user", "ada", email="ada@example.org")

    said = capsys.readouterr().out
    password = said.rpartition("Password: ")[2].strip()
    assert get_user("ada").check_password(password)
    assert names(events) == ["user:registered"]
    assert events[0].means == "system"


def test_create_user_takes_a_password_and_keeps_quiet_about_it(capsys):
    call_command("create_user", "ada", password="correct horse battery")

    assert get_user("ada").check_password("correct horse battery")
    assert "correct" not in capsys.readouterr().out


def test_create_user_makes_administrators_on_demand_only():
    call_command("create_user", "ada")
    call_command("create_user", "chief", "--admin")

    assert not get_user("ada").is_superuser
    assert get_user("chief").is_superuser


@pytest.mark.parametrize(
    "arguments",
    [
        ["settings"],
        ["a b"],
        ["ada", "--password", "short"],
        ["ada", "--email", "nonsense"],
        ["Grace"],
    ],
)
def test_create_user_refuses_with_a_sentence_and_leaves_nothing(arguments):
    make_user("grace")

    with pytest.raises(CommandError, match=r"\w+ .*\."):
        call_command("create_user", *arguments)

    assert User.objects.count() == 1


def test_create_organization_founds_one_for_somebody(capsys):
    ada = make_user("ada")

    call_command("create_organization", "Savanna", "--owner", "ADA", "--preset", "strict")

    organization = get_organization("savanna")
    assert roles_of(organization, [ada]) == {ada.pk: (Role.OWNER,)}
    assert organization.namespace.preset == "strict"


@pytest.mark.parametrize("owner", ["nobody", "ada"])
def test_create_organization_refuses_unknown_owners_and_taken_names(owner):
    make_user("ada")

    with pytest.raises(CommandError):
        call_command("create_organization", "ada", "--owner", owner)


def test_create_token_prints_the_token_alone(capsys):
    ada = make_user("ada")

    call_command("create_token", "Ada", "--scope", "write")

    printed = capsys.readouterr()
    assert actor_with(printed.out.removesuffix("\n")).user == ada
    assert printed.err == ""


def test_create_token_refuses_unknown_people():
    with pytest.raises(CommandError, match="nobody"):
        call_command("create_token", "nobody")


def test_suspend_user_names_the_organisations_without_an_owner(capsys):
    organization = make_organization("savanna", make_user("ada"))
    add_member(organization, make_user("bea"), "admin")

    with recording() as events:
        call_command("suspend_user", "ada", reason="Stolen.")

    assert "savanna has no owner who can act" in capsys.readouterr().out
    assert names(events) == ["user:suspended"]
    call_command("appoint_owner", "savanna", "bea", reason="Ada is suspended.")
    assert "bea is an owner of savanna" in capsys.readouterr().out


def test_readmit_user_lets_somebody_in_again():
    make_user("ada")
    call_command("suspend_user", "ada", reason="Stolen.")

    call_command("readmit_user", "ada")

    assert get_user("ada").is_active


@pytest.mark.parametrize(
    "arguments",
    [
        ["suspend_user", "nobody", "--reason", "Stolen."],
        ["suspend_user", "ada", "--reason", " "],
        ["suspend_user", "ada", "--reason", "Stolen.", "--by", "ada"],
        ["readmit_user", "ada"],
        ["appoint_owner", "savanna", "ada", "--reason", "x"],
    ],
)
def test_commands_about_suspension_refuse_with_a_sentence(arguments):
    make_user("ada")
    make_organization("savanna")

    with recording() as events, pytest.raises(CommandError, match=r"\w+ .*\."):
        call_command(*arguments)

    assert events == []
