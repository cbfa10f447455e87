"""Adding models, changing who sees them, taking them back."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_means, require_person
from accounts.namespaces.models import Namespace
from accounts.namespaces.names import check_name, fold
from hub.core.actor import Actor
from hub.core.attempts import AttemptRefused, attempting, remembers_attempts
from hub.core.errors import Conflict, Invalid
from hub.core.events import emit
from hub.core.gates import GateShut
from hub.core.text import storable
from models_catalog.repos.attempts import attempt_if
from models_catalog.repos.events import (
    RepoCreated,
    RepoSettingsChanged,
    RepoWithdrawn,
    TermsAccepted,
)
from models_catalog.repos.gates import VisibilityQuestion, is_wider, visibility_gate
from models_catalog.repos.models import AccessionCounter, Gating, Repo, TermsAcceptance, Visibility
from models_catalog.repos.naming import hold_namespace, name_taken, require_create, require_free
from models_catalog.repos.queries import (
    default_visibility,
    hold_repo,
    repo_rights,
    require_active,
    require_repo_right,
    terms_digest,
)


@transaction.atomic
def create_repo(
    name: str, *, namespace: Namespace, actor: Actor, visibility: str | None = None
) -> Repo:
    """Add an empty model. Raises ``Invalid`` for a bad name, ``Conflict`` for a taken one, ``Forbidden``.

    Without ``visibility`` it gets what its organisation has chosen for new models.
    """
    require_person(actor)
    assert actor.user is not None
    check_name(name, what="model")
    if visibility is None:
        visibility = default_visibility(namespace)
    if visibility not in Visibility.values:
        raise Invalid(
            _("“{visibility}” is not a visibility. Choose public, internal or private.").format(
                visibility=visibility
            ),
            field="visibility",
        )
    require_create(namespace, actor=actor)
    hold_namespace(namespace)
    require_free(name, namespace=namespace)
    try:
        with transaction.atomic():
            repo = Repo.objects.create(
                accession=_next_accession(),
                namespace=namespace,
                name=name,
                folded=fold(name),
                visibility=visibility,
                is_protected=namespace.is_reviewed,
                created_by=actor.user,
            )
    except IntegrityError as error:
        raise name_taken(namespace, name) from error
    emit(
        RepoCreated(
            actor=actor, repo=repo, visibility=repo.visibility, is_protected=repo.is_protected
        )
    )
    return repo


def _next_accession() -> str:
    """``ARB-YYYY-NNNN``: counted up under a row lock, so that no number is given out twice."""
    year = timezone.now().year
    AccessionCounter.objects.get_or_create(year=year)
    AccessionCounter.objects.filter(year=year).update(last=F("last") + 1)
    return f"ARB-{year}-{AccessionCounter.objects.get(year=year).last:04d}"


@remembers_attempts
@transaction.atomic
def change_settings(
    repo: Repo,
    *,
    visibility: str | None = None,
    gating: str | None = None,
    gating_terms: str | None = None,
    actor: Actor,
    expected: tuple[str, str, str] | None = None,
) -> Repo:
    """Change who sees the model and what readers accept before they get the bytes; ``None`` stays as it is by now.

    ``expected`` are the three as the caller saw them. Raises ``Conflict`` when they are others by now, ``GateShut`` when
    readers would come to see what the policy does not let them.
    """
    stands = hold_repo(repo)
    with attempting(_widening(stands, visibility, actor=actor)):
        require_repo_right(repo, Right.MANAGE, actor=actor)
    require_active(stands, actor=actor)
    if expected not in (None, (stands.visibility, stands.gating, stands.gating_terms)):
        raise Conflict(_("Somebody changed these settings meanwhile. Read them again."))
    visibility = stands.visibility if visibility is None else visibility
    gating = stands.gating if gating is None else gating
    gating_terms = stands.gating_terms if gating_terms is None else gating_terms
    if visibility not in Visibility.values:
        raise Invalid(_("Choose public, internal or private."), field="visibility")
    if gating not in (Gating.NONE, Gating.TERMS):
        raise Invalid(_("Choose whether readers accept terms first."), field="gating")
    if gating != Gating.NONE and not gating_terms.strip():
        raise Invalid(_("Write the terms that readers have to accept."), field="gating_terms")
    _require_visible(stands, visibility, review=None, actor=actor)
    repo.visibility, repo.gating = visibility, gating
    repo.gating_terms = storable(gating_terms).strip()
    repo.updated_at = timezone.now()
    repo.save(update_fields=["visibility", "gating", "gating_terms", "updated_at"])
    emit(RepoSettingsChanged(actor=actor, repo=repo, visibility=visibility, gating=gating))
    return repo


@remembers_attempts
@transaction.atomic
def make_more_visible(repo: Repo, visibility: str, *, review: int, actor: Actor) -> Repo:
    """Let more people see the model, as the discussion numbered ``review`` grants; whoever takes part in it may do it.

    As visible already, nothing changes. Raises ``GateShut`` unless exactly this was granted.
    """
    stands = hold_repo(repo)
    if not repo_rights(repo, actor=actor) & {Right.WRITE, Right.REVIEW, Right.MANAGE}:
        require_repo_right(repo, Right.MANAGE, actor=actor)
    require_active(stands, actor=actor)
    if not is_wider(visibility, stands.visibility):
        return stands
    _require_visible(stands, visibility, review=review, actor=actor)
    stands.visibility, stands.updated_at = visibility, timezone.now()
    stands.save(update_fields=["visibility", "updated_at"])
    emit(RepoSettingsChanged(actor=actor, repo=stands, visibility=visibility, gating=stands.gating))
    return stands


def _require_visible(repo: Repo, visibility: str, *, review: int | None, actor: Actor) -> None:
    """Ask the gate when more people would come to see the model than do now."""
    if not is_wider(visibility, repo.visibility):
        return
    question = VisibilityQuestion(repo=repo, visibility=visibility, review=review, actor=actor)
    refusals = visibility_gate.ask(question)
    with attempting(_widening(repo, visibility, actor=actor)):
        if refusals:
            raise GateShut(_("The model stays as visible as it is."), refusals)


def _widening(repo: Repo, visibility: str | None, *, actor: Actor) -> AttemptRefused | None:
    """The attempt to show a reviewed model to more people."""
    is_more = visibility in Visibility.values and is_wider(str(visibility), repo.visibility)
    on = f"visibility {visibility}"
    return attempt_if(repo, on, is_protected=repo.is_protected and is_more, actor=actor)


@transaction.atomic
def accept_terms(repo: Repo, *, actor: Actor, read: str | None = None) -> None:
    """Accept the present terms of a gated model; a second time changes nothing.

    ``read`` is the digest of the text that the person had before their eyes. Raises ``Conflict`` for any other.
    """
    require_means(actor, Right.WRITE, namespace_id=repo.namespace_id, repo_id=repo.pk)
    digest = terms_digest(repo)
    if read is not None and read != digest:
        raise Conflict(
            _("The terms changed since you opened this page. Read them again, then accept.")
        )
    acceptance, created = TermsAcceptance.objects.get_or_create(
        repo=repo, user=actor.user, defaults={"terms_sha256": digest, "is_granted": True}
    )
    if not created and acceptance.terms_sha256 == digest:
        return
    acceptance.terms_sha256, acceptance.is_granted = digest, True
    acceptance.save(update_fields=["terms_sha256", "is_granted"])
    emit(TermsAccepted(actor=actor, repo=repo, terms_sha256=digest))


@transaction.atomic
def withdraw_repo(repo: Repo, *, reason: str, successor: Repo | None = None, actor: Actor) -> None:
    """Take a model back: its page stays and says who, when and why; its bytes are no longer handed out."""
    require_repo_right(repo, Right.MANAGE, actor=actor)
    reason = storable(reason).strip()
    if not reason:
        raise Invalid(_("Say why: readers will see it in place of the model."), field="reason")
    stands = hold_repo(repo)
    if stands.is_withdrawn:
        raise Conflict(_("This model has been withdrawn already."))
    require_active(stands, actor=actor, though_archived=True)
    repo.withdrawn_at = repo.updated_at = timezone.now()
    repo.withdrawn_by, repo.withdrawn_reason, repo.successor = actor.user, reason, successor
    repo.save(
        update_fields=[
            "withdrawn_at",
            "updated_at",
            "withdrawn_by",
            "withdrawn_reason",
            "successor",
        ]
    )
    emit(RepoWithdrawn(actor=actor, repo=repo, reason=reason))


def protect_repos(namespace: Namespace) -> int:
    """Put every model of a namespace under review: from now on its ``main`` moves only by a merged change.

    Answers how many were not before. The caller has asked, and emits the event.
    """
    return Repo.objects.filter(namespace=namespace, is_protected=False).update(is_protected=True)
