import pytest

from accounts.orgs.models import Organization
from accounts.orgs.queries import get_organization
from tests.accounts.recording import names, recording
from tests.factories.people import add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


def test_everybody_sees_the_list_of_organisations(client):
    make_organization("savanna")

    page = client.get("/orgs")

    assert page.status_code == 200
    assert 'href="/savanna"' in page.text


def test_an_empty_list_says_what_to_do(client):
    assert "There is no organisation yet" in client.get("/orgs").text


def test_ones_own_organisations_come_first(client, ada):
    make_organization("other")
    make_organization("mine", ada)
    client.force_login(ada)

    assert [each.namespace.name for each in client.get("/orgs").context["mine"]] == ["mine"]


def test_the_list_goes_on_on_another_page(client, ada):
    for number in range(31):
        make_organization(f"organisation-{number:02d}", ada)

    page = client.get("/orgs")
    following = client.get("/orgs", {"cursor": page.context["page"].next_cursor})

    assert len(page.context["page"].rows) == 30
    assert len(following.context["page"].rows) == 1
    assert 'rel="next"' in page.text
    assert 'rel="prev"' in following.text


def test_a_damaged_cursor_is_refused_with_a_sentence(client):
    answer = client.get("/orgs", {"cursor": "nonsense"})

    assert answer.status_code == 400
    assert "damaged" in answer.text


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_however_long_it_is(client, ada, count, django_assert_num_queries):
    for number in range(count):
        make_organization(f"organisation-{number:02d}", ada)

    with django_assert_num_queries(1):
        client.get("/orgs")


def test_somebody_founds_an_organisation(client, ada):
    client.force_login(ada)

    with recording() as events:
        answer = client.post(
            "/orgs/new",
            {
                "name": "Savanna",
                "display_name": "Savanna Labs",
                "description": "",
                "preset": "strict",
            },
        )

    assert answer["Location"] == "/orgs/Savanna/people"
    assert get_organization("savanna").namespace.preset == "strict"
    assert names(events) == ["organization:created", "organization:role_given"]


def test_a_refused_name_keeps_what_was_typed(client, ada):
    client.force_login(ada)

    answer = client.post(
        "/orgs/new", {"name": "ADA", "description": "Grassland speech", "preset": "light"}
    )

    assert answer.status_code == 422
    assert "too much like" in answer.context["form"].errors["name"][0]
    assert "Grassland speech" in answer.text
    assert 'role="alert"' in answer.text


def test_presets_say_what_they_mean(client, ada):
    client.force_login(ada)

    page = client.get("/orgs/new").text

    for words in ("Not reviewed", "One other member approves", "one of them a security reviewer"):
        assert words in page
    assert 'value="light" checked' in page


def test_a_stranger_is_led_to_sign_in(client):
    answer = client.get("/orgs/new")

    assert answer["Location"] == "/accounts/login/?next=/orgs/new"


def test_the_short_address_leads_to_the_public_page(client):
    make_organization("Savanna")

    assert client.get("/orgs/savanna")["Location"] == "/Savanna"


def test_what_is_not_there_is_the_same_404_everywhere(client, ada):
    client.force_login(ada)

    answers = [client.get(f"/orgs/{name}/people") for name in ("ghost", "ada")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_an_owner_describes_the_organisation(client, ada):
    make_organization("savanna", ada)
    client.force_login(ada)

    answer = client.post(
        "/orgs/savanna/settings",
        {"display_name": "Savanna Labs", "description": "Speech.", "contact": "hello@example.org"},
    )

    assert answer.status_code == 302
    assert get_organization("savanna").display_name == "Savanna Labs"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("role", "status"), [("admin", 403), ("reader", 403), (None, 403), ("anonymous", 302)]
)
def test_the_settings_are_for_owners(client, method, role, status):
    organization = make_organization("savanna")
    if role != "anonymous":
        user = make_user("eve")
        if role:
            add_member(organization, user, role)
        client.force_login(user)

    answer = getattr(client, method)("/orgs/savanna/settings", {"display_name": "Mine"})

    assert answer.status_code == status
    assert Organization.objects.get().display_name == "savanna"


def test_tabs_show_what_somebody_may_open(client, ada):
    organization = make_organization("savanna", ada)
    add_member(organization, make_user("eve"), "reader")

    strangers = client.get("/orgs/savanna/people").text
    client.force_login(ada)
    owners = client.get("/orgs/savanna/people").text

    assert "/orgs/savanna/settings" not in strangers
    assert "/orgs/savanna/audit" not in strangers
    assert "/orgs/savanna/settings" in owners
    assert "/orgs/savanna/audit" in owners
