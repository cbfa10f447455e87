"""Bringing a version into the world: with a review where the organisation asks for one, without where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from governance.policies.outcomes import Outcome
from governance.reviews.actions import decide
from governance.reviews.gathering import review_of
from governance.reviews.queries import standing_decisions
from hub.demo.planting.soil import acting, additions, change_called, committed, is_scanned, said
from models_catalog.changes.actions import merge_change, open_change
from models_catalog.changes.models import Change, DiscussionState
from models_catalog.downloads.actions import count_download, open_file
from models_catalog.downloads.models import DailyDownloads
from models_catalog.repos.models import Repo
from models_catalog.storage.queries import open_blob
from models_catalog.versions.actions import release_unreviewed
from models_catalog.versions.models import Version, VersionState

WEIGHTS = "model.safetensors"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version that its maker asks to have reviewed, what is said about it, and who approves it with which words."""

    label: str
    title: str
    description: str
    maker: str
    comments: tuple[tuple[str, str], ...] = ()
    approvals: tuple[tuple[str, str], ...] = ()


def proposed(repo: Repo, proposal: Proposal, folder: Path | None) -> Change | None:
    """The change of a proposal, once its files are there and scanned."""
    change = change_called(repo, proposal.label)
    if change is None:
        if folder is None:
            return None
        actor = acting(proposal.maker)
        change = open_change(
            repo,
            operations=additions(folder, actor=actor),
            title=proposal.title,
            description=proposal.description,
            label=proposal.label,
            actor=actor,
        )
    if change.discussion.state != DiscussionState.OPEN:
        return change
    return change if _is_checked(change) else None


def _is_checked(change: Change) -> bool:
    """Whether every check has an answer: nothing waits for a scan or for the card to be read."""
    return all(check.outcome != Outcome.PENDING for check in review_of(change).checks)


def reviewed(change: Change, proposal: Proposal) -> None:
    """What people say and decide about an open change, each once."""
    if change.discussion.state != DiscussionState.OPEN:
        return
    said(change.discussion, *proposal.comments)
    decided = set(standing_decisions(change).values_list("reviewer__username", flat=True))
    for name, reason in proposal.approvals:
        if name not in decided:
            decide(
                change,
                kind="approve",
                reason=reason,
                actor=acting(name),
                expected_sha1=change.head.sha1,
            )


def released(repo: Repo, proposal: Proposal, folder: Path | None) -> bool:
    """Whether the version is out: proposed, approved and merged."""
    change = proposed(repo, proposal, folder)
    if change is None:
        return False
    reviewed(change, proposal)
    if change.discussion.state == DiscussionState.OPEN:
        merge_change(change, actor=acting(proposal.maker))
    return True


def released_unreviewed(
    repo: Repo, folder: Path | None, *, label: str, message: str, by: str
) -> bool:
    """Whether the version of a model that nobody reviews is out."""
    if Version.objects.filter(repo=repo, label=label, state=VersionState.RELEASED).exists():
        return True
    revision = committed(repo, folder, message=message, by=by)
    if revision is None or not is_scanned(revision):
        return False
    release_unreviewed(repo, revision=revision, label=label, actor=acting(by))
    return True


def fetched(repo: Repo, *, by: str, expected: Path | None) -> None:
    """Fetch the weights once, as any reader would, and see that they are what was trained.

    It is a download like any other and counted as one; a hub that shows it has proved that its models can be had.
    """
    if expected is None or DailyDownloads.objects.filter(repo=repo).exists():
        return
    opened = open_file(repo, "main", WEIGHTS, actor=acting(by))
    with open_blob(opened.blob) as file:
        if file.read() != (expected / WEIGHTS).read_bytes():
            raise RuntimeError(f"{repo.full_name} hands out other weights than were trained.")
    count_download(repo, actor=acting(by))
