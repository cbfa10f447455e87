"""The band over every page of a model: one place, a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.ui.parts import Badge, Crumb, ModelHead, Tab
from hub.ui.vocabulary import word
from hub.web.requests import HubRequest
from models_catalog.cards.models import Card
from models_catalog.cards.queries import card_of
from models_catalog.changes.models import DiscussionState
from models_catalog.changes.queries import visible_discussions
from models_catalog.repos.models import Gating, Repo, Visibility
from models_catalog.repos.queries import get_repo, repo_rights
from models_catalog.revisions.models import Revision
from models_catalog.revisions.verdicts import PathReport, worst_of
from models_catalog.search.models import SearchRow
from models_catalog.storage.models import Verdict
from models_catalog.taxonomy.queries import licence_label, modalities, modality_of, task_title
from models_catalog.versions.models import Version
from models_catalog.versions.queries import (
    get_revision,
    may_see_unreleased,
    newest_version,
    released_count,
)
from models_catalog.web.catalog_filters import task_url
from models_catalog.web.notices import notices_of
from models_catalog.web.standing import badges_of, places_of

OPEN = "lock-open"
HUES = {"nlp": "d1", "audio": "d2", "cv": "d3", "multimodal": "d4", "tabular": "d5"}


@dataclass(frozen=True, slots=True)
class Model:
    """A repo at one revision, as one actor sees it."""

    repo: Repo
    rights: frozenset[Right]
    revision: Revision
    version: Version | None
    card: Card | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class ModelView(Model):
    """What every page of a model starts from."""

    head: ModelHead

    @property
    def actions(self) -> dict[str, bool]:
        """What templates may offer: ``rights.write`` and so on."""
        return {right.name.lower(): right in self.rights for right in Right}


def open_model(
    request: HubRequest,
    namespace: str,
    name: str,
    *,
    tab: str,
    revision: str = "main",
    is_title: bool = False,
) -> ModelView:
    """Fetch a repo by its door and work out its head. ``tab`` is the key of the current tab. Raises ``NotFound``."""
    actor = request.actor
    repo = get_repo(namespace=namespace, name=name, actor=actor)
    shown = get_revision(repo, revision, actor=actor)
    model = Model(
        repo=repo,
        rights=repo_rights(repo, actor=actor),
        revision=shown,
        version=newest_version(repo),
        card=card_of(shown),
        actor=actor,
    )
    head = _head(model, tab=tab, is_title=is_title)
    return ModelView(**{f.name: getattr(model, f.name) for f in fields(model)}, head=head)


def with_scan(head: ModelHead, reports: Mapping[str, PathReport], report_url: str) -> ModelHead:
    """The head with what scanning says of all files of the revision, next to the approval.

    For pages that have the reports; a model without files of its own says nothing.
    """
    others = [each for each in head.badges if each.url != _report_of_main(head.full_name)]
    if all(path.startswith(".") for path in reports):
        return replace(head, badges=others)
    worst = worst_of(reports.values())
    approval, *rest = _without_open(others) if worst == Verdict.DANGEROUS else others
    return replace(head, badges=[approval, _scan(worst, report_url), *rest])


def _without_open(badges: Iterable[Badge]) -> list[Badge]:
    """No promise of an open download over files of which some are stopped."""
    return [each for each in badges if each.icon != OPEN]


def _scan(verdict: str, report_url: str) -> Badge:
    said = word("verdict", verdict)
    text = _("Scan passed") if verdict == Verdict.SAFE else said.text
    return Badge(text, said.status, said.icon, report_url)


def _known_scan(repo: Repo) -> list[Badge]:
    """What scanning said when lists were last told; pages that have the reports say it afresh."""
    row = SearchRow.objects.filter(pk=repo.pk).values_list("verdict", "total_size").first()
    if row is None or not row[1]:
        return []
    return [_scan(row[0], _report_of_main(repo.full_name))]


def _report_of_main(full_name: str) -> str:
    return reverse("governance:scan-report", args=[*full_name.split("/"), "main"])


def _head(model: Model, *, tab: str, is_title: bool) -> ModelHead:
    repo, card, version = model.repo, model.card, model.version
    released = released_count(repo)
    task = str(card.facts.get("pipeline_tag") or "") if card else ""
    namespace = repo.namespace
    return ModelHead(
        full_name=repo.full_name,
        title=(card.title if card and card.title else repo.name),
        summary=card.summary if card else "",
        url=reverse("catalog:model", args=[namespace.name, repo.name]),
        owner_name=namespace.name,
        owner_title=namespace.title,
        owner_url=reverse("catalog:namespace", args=[namespace.name]),
        owner_is_organization=namespace.is_organization,
        accession=repo.accession,
        versions=released,
        hue=HUES.get(modality_of(task), "d6"),
        is_approved=version is not None and version.is_approved and not repo.is_withdrawn,
        crumbs=_crumbs(task),
        badges=_badges(repo, version, card),
        notices=notices_of(repo),
        tabs=_tabs(model, current=tab, released=released),
        is_title=is_title,
    )


def _crumbs(task: str) -> list[Crumb]:
    """Its place in the taxonomy."""
    crumbs = [Crumb(_("Models"), reverse("catalog:model-list"))]
    if kind := modality_of(task):
        crumbs.append(Crumb(modalities()[kind]))
    if task:
        crumbs.append(Crumb(task_title(task), task_url(task)))
    return crumbs


def _badges(repo: Repo, version: Version | None, card: Card | None) -> list[Badge]:
    scan = _known_scan(repo)
    badges = [_approval(repo, version), *scan]
    licence = str(card.facts.get("license") or "") if card else ""
    if licence:
        badges.append(Badge(licence_label(licence), "line", "scale"))
    if not repo.is_withdrawn:
        badges.append(_access(repo))
    if version is not None and version.released_at is not None:
        badges.append(Badge(f"{version.title}, {version.released_at:%-d %b %Y}", "line"))
    is_stopped = any(each.icon == word("verdict", Verdict.DANGEROUS).icon for each in scan)
    badges += badges_of(places_of(repo))
    return _without_open(badges) if is_stopped else badges


def _approval(repo: Repo, version: Version | None) -> Badge:
    if repo.is_withdrawn:
        return Badge(_("Withdrawn"), "bad", "octagon-x")
    if version is not None and version.is_approved:
        where = [repo.namespace.name, repo.name, version.change_number]
        url = reverse("governance:discussion", args=where) if version.change_number else ""
        return Badge(
            _("Approved by %(who)s") % {"who": repo.namespace.title}, "ok", "badge-check", url
        )
    if repo.is_protected and version is None:
        return Badge(_("In review, not public yet"), "info", "hourglass")
    return Badge(_("Not reviewed"), "line", "circle-dashed")


def _access(repo: Repo) -> Badge:
    if repo.visibility == Visibility.PRIVATE:
        return Badge(_("Private"), "line", "lock")
    if repo.visibility == Visibility.INTERNAL:
        return Badge(_("Signed-in people only"), "line", "lock")
    if repo.gating != Gating.NONE:
        return Badge(_("Terms to accept"), "line", "lock")
    return Badge(_("Open download"), "line", OPEN)


def _tabs(model: Model, *, current: str, released: int) -> list[Tab]:
    repo, rights, actor = model.repo, model.rights, model.actor
    where = [repo.namespace.name, repo.name]
    insider = may_see_unreleased(repo, actor=actor)
    threads = visible_discussions(repo, actor=actor).filter(state=DiscussionState.OPEN).count()
    listed = [
        ("card", _("Card"), reverse("catalog:model", args=where), None),
        (
            "files",
            _("Files"),
            reverse("catalog:tree", args=[*where, "main"]),
            model.revision.file_count,
        ),
        (
            "versions",
            _("Versions"),
            reverse("catalog:versions", args=where),
            repo.version_count if insider else released,
        ),
        (
            "discussions",
            _("Discussions"),
            reverse("governance:discussions", args=where),
            _("%(n)d open") % {"n": threads} if threads else None,
        ),
        ("security", _("Security"), reverse("governance:scan-report", args=[*where, "main"]), None),
    ]
    if Right.MANAGE in rights:
        listed.append(("settings", _("Settings"), reverse("catalog:settings", args=where), None))
    return [Tab(label, url, count, is_current=key == current) for key, label, url, count in listed]
