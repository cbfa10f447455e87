"""What a simulation looks at: each model as it stands, with the waivers that people gave for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from governance.checks.gathering import facts_of_revisions
from governance.policies.facts import Facts, FileFact, WaiverFact
from governance.reviews.gathering import covers
from governance.reviews.requests.models import CheckWaiver
from governance.scanning.models import Waiver
from models_catalog.repos.models import Repo
from models_catalog.revisions.actions import MAIN
from models_catalog.revisions.models import Ref, Revision
from models_catalog.revisions.verdict_listings import reports_of
from models_catalog.revisions.verdicts import PathReport
from models_catalog.versions.models import Version, VersionState


def facts_of_models(repos: Sequence[Repo]) -> dict[int, Facts]:
    """What rules judge about each model, by its id, in the same number of queries for one and for hundreds."""
    revisions = _revisions(repos)
    reports = reports_of(list(revisions.values()))
    known = facts_of_revisions(list(revisions.values()), reports=reports)
    waivers, excused = _waivers(repos), _excused(revisions)
    found = {}
    for repo_id, revision in revisions.items():
        about, given = known[revision.pk], waivers[repo_id]
        if given:
            files = [
                _answered(each, reports[revision.pk][each.path], given) for each in about.files
            ]
            about = replace(about, files=files)
        found[repo_id] = Facts.about(about, waived=excused.get(repo_id, {}))
    return found


def _revisions(repos: Sequence[Repo]) -> dict[int, Revision]:
    """What each model stands for: its newest release, else what is on ``main``."""
    ids = [repo.pk for repo in repos]
    released = Version.objects.filter(
        state=VersionState.RELEASED, yanked_at=None, withdrawn_at=None
    )
    newest = released.filter(repo=OuterRef("repo")).order_by("-number").values("number")[:1]
    mains = Ref.objects.filter(repo_id__in=ids, name=MAIN).values_list("repo_id", "revision_id")
    versions = released.filter(repo_id__in=ids, number=Subquery(newest)).values_list(
        "repo_id", "revision_id"
    )
    chosen = {**dict(mains), **{repo: pk for repo, pk in versions if pk}}
    rows = Revision.objects.in_bulk(set(chosen.values()))
    return {repo_id: rows[pk] for repo_id, pk in chosen.items() if pk in rows}


def _waivers(repos: Sequence[Repo]) -> Mapping[int, list[Waiver]]:
    found: Mapping[int, list[Waiver]] = defaultdict(list)
    rows = Waiver.objects.filter(
        repo_id__in=[repo.pk for repo in repos], expires_at__gt=timezone.now()
    )
    for waiver in rows.select_related("given_by"):
        found[waiver.repo_id].append(waiver)
    return found


def _excused(revisions: Mapping[int, Revision]) -> dict[int, dict[str, WaiverFact]]:
    """Waivers in force for whole rules that speak of exactly what a model stands for."""
    found: dict[int, dict[str, WaiverFact]] = {}
    rows = CheckWaiver.objects.filter(Q(repo_id__in=revisions), expires_at__gt=timezone.now())
    for waiver in rows.select_related("given_by").order_by("pk"):
        if waiver.manifest_digest == revisions[waiver.repo_id].manifest_digest:
            said = WaiverFact(waiver.given_by.name, waiver.expires_at, waiver.reason)
            found.setdefault(waiver.repo_id, {})[waiver.rule] = said
    return found


def _answered(file: FileFact, report: PathReport, waivers: Sequence[Waiver]) -> FileFact:
    waiver = next((each for each in waivers if covers(each, report)), None)
    if waiver is None:
        return file
    said = WaiverFact(waiver.given_by.name, waiver.expires_at, waiver.reason)
    return replace(file, waiver=said)
