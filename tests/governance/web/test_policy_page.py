from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.policies.drafts import propose_draft
from governance.policies.models import PolicyDraft
from governance.policies.places import HUB, of_namespace, of_repo, of_team
from governance.policies.presets import PRESET_RULES
from governance.policies.queries import policy_for
from models_catalog.repos.models import Repo
from tests.factories.models import make_repo
from tests.factories.people import acting, add_member, make_organization, make_user
from tests.factories.policies import ask_for, make_team_with
from tests.factories.simulations import tried_draft

pytestmark = pytest.mark.django_db

PAGE = "/orgs/savanna/policies"
STRICTER = {**PRESET_RULES[Preset.LIGHT], "safe_formats": {}}
CHOSEN = {
    "draft-preset": "light",
    "preset": "light",
    "note": "Pickles bite.",
    "rule-approvals-in_force": "on",
    "rule-approvals-count": "2",
    "rule-approvals-security": "0",
    "rule-verdicts-in_force": "on",
    "rule-verdicts-accepted": "safe",
    "rule-up_to_date-in_force": "on",
}


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner, preset="light")


@pytest.fixture
def deputy(organization):
    return add_member(organization, make_user("deputy"), Role.ADMIN.value)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_everybody_reads_what_an_organisation_asks_for(organization, client):
    page = words(client.get(PAGE))

    assert "“Light”" in page
    assert "Somebody who did not make this change has approved it" in page
    assert "Files contain no executable code" in page
    assert "Write a draft" not in page


def test_a_rule_of_the_hub_says_where_it_comes_from(organization, client):
    ask_for(HUB, {"safe_formats": {}})

    assert "from the hub Arboretum" in words(client.get(PAGE))
    assert "Weights are in formats that cannot hold code" in words(client.get("/policies"))


def test_somebody_alone_writes_a_draft_tries_it_and_puts_it_in_force(organization, owner, client):
    make_repo("leaf", owner=owner, organization=organization)
    client.force_login(owner)

    written = client.post(f"{PAGE}/new", CHOSEN)
    assert written.status_code == 302, words(written)
    draft = PolicyDraft.objects.get()
    assert written["Location"] == f"{PAGE}/drafts/{draft.number}"
    page = words(client.get(written["Location"]))
    assert "Approvals: 1 → 2" in page
    assert "Nobody has tried this draft as it stands." in page

    early = client.post(f"{written['Location']}/adopt", {"reason": "I am alone."})
    assert early.status_code == 422
    assert "Simulate the draft" in words(early)
    client.post(f"{written['Location']}/simulate")
    page = words(client.get(written["Location"]))
    assert "1 model was tried" in page
    assert "savanna/leaf" in page

    client.post(f"{written['Location']}/adopt", {"reason": "I am alone.", "expected": draft.digest})

    assert policy_for(organization.namespace).rules["approvals"]["count"] == 2
    assert "In force as version 2" in words(client.get(written["Location"]))


def test_a_second_person_approves_what_the_first_proposed(organization, owner, deputy, client):
    place = of_namespace(organization.namespace)
    draft = tried_draft(place, STRICTER, by=owner, preset="light")
    client.force_login(owner)
    page = f"{PAGE}/drafts/1"

    assert "Put in force alone" not in words(client.get(page))
    client.post(f"{page}/propose", {"expected": draft.digest})
    assert "It waits for the approval of one of: deputy" in words(client.get(page))
    refused = client.post(f"{page}/approve", {"expected": draft.digest})
    assert "somebody else has to approve it" in words(refused)
    client.force_login(deputy)
    assert "Approve and put in force" in words(client.get(page))
    client.post(f"{page}/approve", {"expected": draft.digest})

    assert policy_for(organization.namespace).number == 2


def test_the_second_of_two_drafts_says_that_it_is_behind(organization, owner, deputy, client):
    place = of_namespace(organization.namespace)
    tried_draft(place, PRESET_RULES[Preset.STRICT], by=deputy, preset="strict")
    ask_for(place, STRICTER)
    client.force_login(deputy)

    assert "Bring it up to date" in words(client.get(f"{PAGE}/drafts/1"))
    client.post(f"{PAGE}/drafts/1/rebase")

    page = words(client.get(f"{PAGE}/drafts/1"))
    assert "Bring it up to date" not in page
    assert "Nobody has tried this draft as it stands." in page


def test_a_refused_rule_is_told_where_it_stands(organization, owner, client):
    client.force_login(owner)

    answer = client.post(f"{PAGE}/new", CHOSEN | {"rule-approvals-count": "99"})

    assert answer.status_code == 422
    assert "It is at most 10" in words(answer) or "less than or equal to 10" in words(answer)
    assert not PolicyDraft.objects.exists()


def test_a_preset_fills_the_rules_in(organization, owner, client):
    client.force_login(owner)

    page = words(client.get(f"{PAGE}/new?preset=strict"))

    assert 'name="rule-safe_formats-in_force" id="rule-safe_formats-in_force" checked' in page or (
        page.count("checked") > words(client.get(f"{PAGE}/new")).count("checked")
    )


@pytest.mark.parametrize("address", ["drafts/1", "drafts/1/edit"])
def test_drafts_are_for_those_who_may_write_policies(organization, owner, client, address):
    tried_draft(of_namespace(organization.namespace), STRICTER, by=owner, preset="light")
    client.force_login(add_member(organization, make_user("somebody"), Role.MAINTAINER.value))

    assert client.get(f"{PAGE}/{address}").status_code == 404
    assert client.post(f"{PAGE}/drafts/1/drop", {"reason": "No."}).status_code == 404
    assert client.get(f"{PAGE}/new").status_code == 403


def test_two_versions_are_compared(organization, owner, client):
    place = of_namespace(organization.namespace)
    ask_for(place, {**STRICTER, "approvals": {"count": 2, "security": 0}}, by=owner)
    ask_for(place, STRICTER, by=owner)

    page = words(client.get(f"{PAGE}/versions/3"))
    assert "Against version 2" in page
    assert "Approvals: 2 → 1" in page
    page = words(client.get(f"{PAGE}/versions/3?against=1"))
    assert "Formats that cannot hold code" in page or "added" in page
    assert client.get(f"{PAGE}/versions/9").status_code == 404


def test_teams_and_models_have_policies_of_their_own(organization, owner, client):
    repo = make_repo("leaf", owner=owner, organization=organization)
    ask_for(of_repo(repo), {"safe_formats": {}})
    ask_for(of_team(make_team_with(organization, repo)), {"licence_present": {}})
    client.force_login(owner)

    page = words(client.get(PAGE))
    assert "Asked for beside" in page
    assert "savanna/leaf" in page
    assert "team field" in page
    page = words(client.get(f"{PAGE}?model=leaf"))
    assert "from savanna" in page
    assert "from team field" in page
    assert "The card names a licence" in words(client.get(f"{PAGE}?team=field"))


def test_strangers_learn_of_no_team_and_of_no_hidden_model(organization, owner, client):
    repo = make_repo("leaf", owner=owner, organization=organization)
    Repo.objects.filter(pk=repo.pk).update(visibility="private")
    ask_for(of_repo(repo), {"safe_formats": {}})
    ask_for(of_team(make_team_with(organization, repo)), {"licence_present": {}})

    page = words(client.get(PAGE))

    assert "leaf" not in page
    assert "field" not in page
    assert client.get(f"{PAGE}?team=field").status_code == 404
    assert client.get(f"{PAGE}?model=leaf").status_code == 404


def test_the_hubs_administrators_change_its_policy(client):
    operators = [make_user(name, is_superuser=True) for name in ("operator-one", "operator-two")]
    draft = tried_draft(HUB, {"safe_formats": {}}, by=operators[0])
    propose_draft(draft, actor=acting(operators[0]))
    client.force_login(make_user("somebody"))
    assert client.get("/policies/drafts/1").status_code == 404

    client.force_login(operators[1])
    assert "Draft 1" in words(client.get("/policies"))
    client.post("/policies/drafts/1/approve", {"expected": draft.digest})

    assert "Weights are in formats that cannot hold code" in words(client.get("/policies"))


def test_a_page_of_drafts_costs_the_same_with_many_models(
    organization, owner, client, django_assert_num_queries, django_assert_max_num_queries
):
    make_repo("leaf", owner=owner, organization=organization)
    place = of_namespace(organization.namespace)
    tried_draft(place, STRICTER, by=owner, preset="light")
    client.force_login(owner)
    with django_assert_max_num_queries(60) as counted:
        client.get(f"{PAGE}/drafts/1")
        small = len(counted)
    for number in range(19):
        make_repo(f"leaf-{number}", owner=owner, organization=organization)
    client.post(f"{PAGE}/drafts/1/simulate")

    with django_assert_num_queries(small):
        page = words(client.get(f"{PAGE}/drafts/1"))

    assert page.count("savanna/leaf") >= 20
