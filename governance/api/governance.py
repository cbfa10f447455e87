"""``/orgs/<org>/governance``: how an organisation governs."""

from __future__ import annotations

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.api.doors import ORGANIZATION, OfOrganization
from governance.api.policy_shapes import GOVERNANCE_EXAMPLE, GovernanceShape
from governance.policies.effective import effective_in
from governance.reviews import figures
from hub.api.operations import IF_NONE_MATCH, Answer, operation
from hub.api.shapes import shown

WITHDRAWALS = 20


class Governance(OfOrganization):
    """How an organisation governs."""

    open_to_strangers = ("GET",)

    @operation(
        name="governance_read",
        tag="Policies",
        purpose="Read how an organisation governs",
        details="What is in force with what the hub asks for, who decides and how fast, what was withdrawn and waived.",
        answer=Answer(GovernanceShape, GOVERNANCE_EXAMPLE),
        places=ORGANIZATION,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, org: str) -> HttpResponseBase:
        """As far as the caller may know of its models."""
        organization = self.organization(org)
        namespace, actor = organization.namespace, self.actor
        effective = effective_in(namespace)
        withdrawn = list(
            figures.withdrawals_in(namespace, actor=actor).order_by("-withdrawn_at", "-id")[
                :WITHDRAWALS
            ]
        )
        successors = figures.known_successors(withdrawn, actor=actor)
        said = {
            "preset": effective.policy.preset,
            "version": effective.policy.number,
            "rules_digest": effective.digest,
            "rules": effective.stored,
            "roles": [
                {"role": role.value, "people": number}
                for role, number in figures.reviewing_roles(organization)
            ],
            "spans": [
                {
                    "days": span.days,
                    "decided": span.decided,
                    "median_seconds": span.took.total_seconds() if span.took is not None else None,
                }
                for span in figures.spans_of(namespace, actor=actor)
            ],
            "waivers": figures.waivers_in_force(namespace, actor=actor),
            "withdrawals": [
                {
                    "full_name": repo.full_name,
                    "withdrawn_at": repo.withdrawn_at,
                    "withdrawn_reason": repo.withdrawn_reason,
                    "successor": successors[repo.pk].full_name if repo.pk in successors else None,
                }
                for repo in withdrawn
            ],
        }
        return self.one(shown(GovernanceShape, said))
