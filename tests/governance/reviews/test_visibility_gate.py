"""A reviewed model is shown to more people when what they would see meets the policy, or people agreed to show it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.policies.actions import change_preset
from governance.reviews.actions import decide
from governance.reviews.models import Decision
from governance.reviews.requests.actions import ask_for, grant_request
from governance.reviews.requests.kinds import Wish
from governance.scanning.engine import ruleset_version
from hub.core.errors import Invalid
from hub.core.gates import GateShut
from models_catalog.changes.actions import merge_change
from models_catalog.repos.actions import change_settings
from models_catalog.repos.models import Repo, Visibility
from models_catalog.storage.models import Verdict
from models_catalog.versions.models import VersionState
from tests.factories.models import judge
from tests.factories.people import acting
from tests.factories.reviews import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def private(scene):
    """A private model with one released version."""
    scene.reviewer = scene.member(Role.REVIEWER)
    Repo.objects.filter(pk=scene.repo.pk).update(visibility=Visibility.PRIVATE)
    approve(scene.change, scene.reviewer)
    scene.version = merge_change(scene.change, actor=acting(scene.maker)).version
    scene.repo.refresh_from_db()
    return scene


def widen(scene, visibility=Visibility.PUBLIC):
    return change_settings(scene.repo, visibility=visibility, actor=acting(scene.owner))


def visibility_of(scene):
    return Repo.objects.get(pk=scene.repo.pk).visibility


def test_what_its_review_covers_may_be_shown(private):
    widen(private, Visibility.INTERNAL)
    widen(private, Visibility.PUBLIC)

    assert visibility_of(private) == Visibility.PUBLIC


def test_what_a_stricter_policy_no_longer_covers_stays_hidden(private):
    change_preset(
        private.organization, preset=Preset.STRICT.value, reason="So.", actor=acting(private.owner)
    )

    with pytest.raises(GateShut) as refused:
        widen(private)

    assert visibility_of(private) == Visibility.PRIVATE
    assert len(refused.value.reasons) > 2


def test_what_scanning_has_found_since_stays_hidden(private):
    judge(
        private.version.revision,
        "model.safetensors",
        Verdict.DANGEROUS,
        ruleset=ruleset_version(),
    )

    with pytest.raises(GateShut, match="dangerous"):
        widen(private)

    assert visibility_of(private) == Visibility.PRIVATE


def test_what_nobody_reviewed_stays_hidden(private):
    private.version.state = VersionState.WITHDRAWN
    private.version.save(update_fields=["state"])

    with pytest.raises(GateShut, match="Nobody has reviewed"):
        widen(private)


def test_hiding_more_needs_no_review(private):
    widen(private)
    change_preset(
        private.organization, preset=Preset.STRICT.value, reason="So.", actor=acting(private.owner)
    )

    widen(private, Visibility.PRIVATE)

    assert visibility_of(private) == Visibility.PRIVATE


def test_before_its_first_release_a_model_shows_nothing_whatever_it_says(scene):
    Repo.objects.filter(pk=scene.repo.pk).update(visibility=Visibility.PRIVATE)

    widen(scene)

    assert visibility_of(scene) == Visibility.PUBLIC


def test_people_may_agree_to_show_it(private):
    Decision.objects.update(voided_at=timezone.now(), voided_because="Their word no longer counts.")
    with pytest.raises(GateShut):
        widen(private)
    wish = Wish(private.repo, details={"target": "visibility", "name": "public"})
    request = ask_for(wish, kind="promote", reason="Ready.", actor=acting(private.maker))
    decide(
        request,
        kind="approve",
        actor=acting(private.reviewer),
        expected_sha1=request.revision.sha1,
    )

    with pytest.raises(GateShut):
        widen(private)
    grant_request(request, actor=acting(private.maker))

    assert visibility_of(private) == Visibility.PUBLIC


def test_nobody_asks_to_show_it_to_fewer(private):
    wish = Wish(private.repo, details={"target": "visibility", "name": "private"})

    with pytest.raises(Invalid, match="wider"):
        ask_for(wish, kind="promote", reason="No.", actor=acting(private.maker))
