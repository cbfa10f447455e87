"""Inviting people and answering invitations."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import ROLE_TITLES, Right
from accounts.authz.queries import require_means, require_person
from accounts.orgs.actions.roles import put_into_role, require_may_manage, role_named
from accounts.orgs.events import InvitationAnswered, MemberInvited, about
from accounts.orgs.models import Invitation, InvitationState, Organization
from accounts.orgs.queries import roles_of
from accounts.users.queries import get_user
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from hub.core.events import emit


@transaction.atomic
def invite_member(
    organization: Organization, *, username: str, role: str, actor: Actor
) -> Invitation:
    """Offer a role to a person by name. Raises ``Invalid`` for an unknown person, ``Conflict`` for a second invitation."""
    require_person(actor)
    assert actor.user is not None
    chosen = role_named(role)
    require_may_manage(organization, chosen, actor=actor)
    try:
        invitee = get_user(username)
    except NotFound as error:
        raise Invalid(
            _("Nobody here is called “{username}”. Ask them to sign up first.").format(
                username=username
            ),
            field="username",
        ) from error
    if invitee.is_robot:
        raise Invalid(
            _("{username} is a service account: an organisation makes its own.").format(
                username=invitee.username
            ),
            field="username",
        )
    if chosen in roles_of(organization, [invitee]).get(invitee.pk, ()):
        raise Conflict(f"{invitee.username} is {ROLE_TITLES[chosen]} already.", field="username")
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                organization=organization, invitee=invitee, role=chosen.value, invited_by=actor.user
            )
    except IntegrityError as error:
        raise Conflict(
            f"{invitee.username} has an open invitation already.", field="username"
        ) from error
    emit(
        MemberInvited(
            actor=actor,
            invitee=invitee.username,
            role=chosen.value,
            concerns=(invitee.pk,),
            **about(organization),
        )
    )
    return invitation


@transaction.atomic
def answer_invitation(invitation: Invitation, *, accept: bool, actor: Actor) -> None:
    """Accept or decline one's own invitation, or withdraw one as an admin (``accept`` is then false)."""
    organization, role = invitation.organization, role_named(invitation.role)
    if invitation.invitee_id == actor.user_id:
        require_means(actor, Right.MEMBERS, namespace_id=organization.namespace_id)
        state = InvitationState.ACCEPTED if accept else InvitationState.DECLINED
    else:
        require_may_manage(organization, role, actor=actor)
        if accept:
            raise Forbidden(_("Only the invited person can accept an invitation."))
        state = InvitationState.WITHDRAWN
    _close(invitation, state)
    emit(
        InvitationAnswered(
            actor=actor,
            invitee=invitation.invitee.username,
            role=role.value,
            answer=state.value,
            concerns=(invitation.invitee_id, invitation.invited_by_id),
            **about(organization),
        )
    )
    if accept:
        put_into_role(organization, invitation.invitee, role, actor=actor)


def _close(invitation: Invitation, state: InvitationState) -> None:
    """Move it out of the open state, once: of two answers at the same moment the second is refused."""
    changed = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.OPEN).update(
        state=state, answered_at=timezone.now()
    )
    if not changed:
        raise Conflict(_("This invitation has been answered or withdrawn already."))
    invitation.refresh_from_db(fields=["state", "answered_at"])
