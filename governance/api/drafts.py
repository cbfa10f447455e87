"""``/policies/<place>/drafts``: changes of policies, from being written to being in force."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.namespaces.models import Namespace
from accounts.orgs.models import Organization
from accounts.orgs.queries import get_organization
from accounts.teams.queries import get_visible_team
from governance.api.params import SimulatedParams, asked
from governance.api.policy_shapes import (
    DIFFERENCE_EXAMPLE,
    DIGEST,
    DRAFT_EXAMPLE,
    RULES_EXAMPLE,
    SIMULATED_EXAMPLE,
    SIMULATION_EXAMPLE,
    DecidedBody,
    DraftBody,
    DraftShape,
    PolicyDifferenceShape,
    ReasonBody,
    RewrittenBody,
    SimulatedShape,
    SimulationShape,
)
from governance.policies import drafts
from governance.policies.diffs import differences
from governance.policies.draft_queries import drafts_in, get_draft
from governance.policies.models import PolicyDraft
from governance.policies.outcomes import Outcome
from governance.policies.places import HUB, Place, of_namespace, of_repo, of_team, place_of
from governance.policies.queries import policy_at
from governance.simulations.actions import simulate
from governance.simulations.queries import results_of, simulation_of
from hub.api.operations import IF_NONE_MATCH, KEY, Answer, Sent, operation, place, query
from hub.api.shapes import shown, shown_all
from hub.api.views import ApiView
from hub.core.errors import Invalid, NotFound
from models_catalog.repos.queries import get_repo

PLACE = (
    place(
        "place",
        "The name of an organisation, or `hub` for this hub’s own policy.",
        example="savanna",
    ),
)
DRAFT = (*PLACE, place("number", "The number of the draft.", example=3, kind=int))
DECIDED = {"digest": DIGEST, "reason": "Agreed in our meeting."}
HUB_NAME = "hub"  # reserved: no organisation is called so


class OfPlace(ApiView):
    """An endpoint below ``/policies/<place>``."""

    def organization(self, place: str) -> Organization | None:
        """Whose policies; none for the hub's."""
        return None if place == HUB_NAME else get_organization(place)

    def namespace(self, place: str) -> Namespace | None:
        """The name that drafts are numbered under."""
        found = self.organization(place)
        return found.namespace if found else None

    def draft(self, place: str, number: int) -> PolicyDraft:
        """One draft, for those who may write policies there. Raises ``NotFound``."""
        return get_draft(self.namespace(place), number, actor=self.actor)

    def said(self, place: str, number: int) -> HttpResponseBase:
        """The draft as it is now."""
        return self.one(shown(DraftShape, self.draft(place, number)))


class Drafts(OfPlace):
    """Drafts of one place."""

    spends = {"POST": "write"}

    @operation(
        name="policy_draft_list",
        tag="Policy drafts",
        purpose="List drafts of policies",
        details="Of an organisation with its teams and models, or of the hub; the newest first. For those who may write policies there.",
        answer=Answer(DraftShape, DRAFT_EXAMPLE, is_list=True),
        places=PLACE,
    )
    def get(self, request: Request, place: str) -> Response:
        """The newest first."""
        rows = drafts_in(self.namespace(place), actor=self.actor)
        return self.listed(rows, DraftShape, keys=("-number",))

    @operation(
        name="policy_draft_create",
        tag="Policy drafts",
        purpose="Write a draft of a policy",
        details=(
            "Nothing changes by it. Next it is simulated, then proposed, then approved by somebody else; where nobody else "
            "could approve, its maker adopts it with a reason. `team` or `model` ask for more of some models of the "
            "organisation."
        ),
        sent=Sent(
            DraftBody,
            {"preset": "light", "rules": RULES_EXAMPLE, "note": "We publish for hospitals now."},
        ),
        answer=Answer(DraftShape, DRAFT_EXAMPLE, status=201),
        places=PLACE,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, place: str) -> HttpResponseBase:
        """On what is in force now."""
        body = self.read(DraftBody)
        where = self._where(place, team=body.pop("team", ""), model=body.pop("model", ""))
        made = drafts.write_draft(where, actor=self.actor, **body)
        said = shown(DraftShape, get_draft(made.namespace, made.number, actor=self.actor))
        return self.one(said, status=201, location=f"{request.path}/{made.number}")

    def _where(self, place: str, *, team: str, model: str) -> Place:
        organization = self.organization(place)
        if organization is None:
            if team or model:
                raise Invalid("The hub’s policy speaks of all models.", field="team")
            return HUB
        if team:
            return of_team(get_visible_team(organization, team, actor=self.actor))
        if model:
            name = organization.namespace.name
            return of_repo(get_repo(namespace=name, name=model, actor=self.actor))
        return of_namespace(organization.namespace)


class Draft(OfPlace):
    """One draft."""

    spends = {"PUT": "write"}

    @operation(
        name="policy_draft_read",
        tag="Policy drafts",
        purpose="Read a draft of a policy",
        answer=Answer(DraftShape, DRAFT_EXAMPLE),
        places=DRAFT,
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, place: str, number: int) -> HttpResponseBase:
        """With its rules and its digest."""
        return self.said(place, number)

    @operation(
        name="policy_draft_rewrite",
        tag="Policy drafts",
        purpose="Write your own draft anew",
        details="It is a draft again: it has to be simulated and proposed anew.",
        sent=Sent(RewrittenBody, {"preset": "light", "rules": RULES_EXAMPLE, "note": "More."}),
        answer=Answer(DraftShape, DRAFT_EXAMPLE),
        places=DRAFT,
        refusals=(403, 409),
    )
    def put(self, request: Request, place: str, number: int) -> HttpResponseBase:
        """Its maker alone."""
        body = self.read(RewrittenBody)
        drafts.rewrite_draft(self.draft(place, number), actor=self.actor, **body)
        return self.said(place, number)


class DraftDifferences(OfPlace):
    """What a draft would change."""

    @operation(
        name="policy_draft_compare",
        tag="Policy drafts",
        purpose="Compare a draft with the policy in force",
        answer=Answer(PolicyDifferenceShape, DIFFERENCE_EXAMPLE, is_list=True),
        places=DRAFT,
    )
    def get(self, request: Request, place: str, number: int) -> Response:
        """All of it on one page: there are no more rules than the catalogue holds."""
        draft = self.draft(place, number)
        current = policy_at(place_of(draft))
        found = differences(current.rules if current else {}, draft.rules)
        said = shown_all(PolicyDifferenceShape, found)
        return Response({"items": said, "next": None, "previous": None})


class DraftSimulation(OfPlace):
    """What a draft would do."""

    spends = {"POST": "write"}

    @operation(
        name="policy_draft_simulate",
        tag="Policy drafts",
        purpose="Try a draft on the models that are there",
        details="Few models at once; very many by a worker, while this address says how far it is.",
        answer=Answer(SimulationShape, SIMULATION_EXAMPLE),
        places=DRAFT,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, place: str, number: int) -> HttpResponseBase:
        """Anew each time."""
        found = simulate(self.draft(place, number), actor=self.actor)
        return self.one(shown(SimulationShape, found))

    @operation(
        name="policy_simulation_read",
        tag="Policy drafts",
        purpose="Read what a draft would do",
        details="404 until the draft has been simulated exactly as it stands.",
        answer=Answer(SimulationShape, SIMULATION_EXAMPLE),
        places=DRAFT,
        refusals=(403,),
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, place: str, number: int) -> HttpResponseBase:
        """In numbers of models."""
        found = simulation_of(self.draft(place, number), actor=self.actor)
        if found is None:
            raise NotFound(str(drafts.NOT_SIMULATED))
        return self.one(shown(SimulationShape, found))


class SimulatedModels(OfPlace):
    """What would become of each model."""

    @operation(
        name="policy_simulated_model_list",
        tag="Policy drafts",
        purpose="List what a draft would do to each model",
        details="Those that would be stopped newly come first. Models that you may not see are counted and not listed.",
        answer=Answer(SimulatedShape, SIMULATED_EXAMPLE, is_list=True),
        places=DRAFT,
        parameters=(
            query(
                "outcome",
                "Only those that end like this with the draft.",
                enum=[each.value for each in Outcome],
            ),
        ),
        refusals=(403,),
    )
    def get(self, request: Request, place: str, number: int) -> Response:
        """The worst first."""
        found = simulation_of(self.draft(place, number), actor=self.actor)
        if found is None:
            raise NotFound(str(drafts.NOT_SIMULATED))
        rows = results_of(
            found, actor=self.actor, outcome=asked(request, SimulatedParams)["outcome"]
        )
        return self.listed(rows, SimulatedShape, keys=("rank", "id"))


class _Act(OfPlace):
    spends = {"POST": "write"}

    def decided(self) -> dict[str, Any]:
        body = self.read(DecidedBody)
        return {"expected": body["digest"], "reason": body.get("reason", "")}


class DraftRebase(_Act):
    """Bringing a draft up to date."""

    @operation(
        name="policy_draft_rebase",
        tag="Policy drafts",
        purpose="Put your own draft on what is in force now",
        details="Where the policy changed since. It has to be simulated and proposed again.",
        answer=Answer(DraftShape, DRAFT_EXAMPLE),
        places=DRAFT,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, place: str, number: int) -> HttpResponseBase:
        """Its rules stay."""
        drafts.rebase_draft(self.draft(place, number), actor=self.actor)
        return self.said(place, number)


class DraftProposal(_Act):
    """Asking the others."""

    @operation(
        name="policy_draft_propose",
        tag="Policy drafts",
        purpose="Propose your own draft",
        details="Once it has been simulated as it stands. Those who could approve it are told.",
        sent=Sent(DecidedBody, DECIDED),
        answer=Answer(DraftShape, DRAFT_EXAMPLE),
        places=DRAFT,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, place: str, number: int) -> HttpResponseBase:
        """A second time changes nothing."""
        expected = self.decided()["expected"]
        drafts.propose_draft(self.draft(place, number), actor=self.actor, expected=expected)
        return self.said(place, number)


class DraftApproval(_Act):
    """The second person."""

    @operation(
        name="policy_draft_approve",
        tag="Policy drafts",
        purpose="Approve somebody else’s draft",
        details="Puts it in force. Asking for less needs an owner among the two people.",
        sent=Sent(DecidedBody, DECIDED),
        answer=Answer(DraftShape, DRAFT_EXAMPLE | {"state": "in_force"}),
        places=DRAFT,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, place: str, number: int) -> HttpResponseBase:
        """Exactly as it was read."""
        drafts.approve_draft(self.draft(place, number), actor=self.actor, **self.decided())
        return self.said(place, number)


class DraftAdoption(_Act):
    """One person alone."""

    @operation(
        name="policy_draft_adopt",
        tag="Policy drafts",
        purpose="Put your own draft in force alone",
        details="Only where nobody else could approve it; the reason is needed, and everybody reads it.",
        sent=Sent(DecidedBody, DECIDED),
        answer=Answer(DraftShape, DRAFT_EXAMPLE | {"state": "in_force"}),
        places=DRAFT,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, place: str, number: int) -> HttpResponseBase:
        """With a reason."""
        drafts.adopt_draft_alone(self.draft(place, number), actor=self.actor, **self.decided())
        return self.said(place, number)


class DraftDrop(_Act):
    """Giving a draft up."""

    @operation(
        name="policy_draft_drop",
        tag="Policy drafts",
        purpose="Drop a draft",
        details="One’s own, or somebody else’s that should not come into force.",
        sent=Sent(ReasonBody, {"reason": "It asks too much of small models."}),
        answer=Answer(DraftShape, DRAFT_EXAMPLE | {"state": "dropped"}),
        places=DRAFT,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, place: str, number: int) -> HttpResponseBase:
        """With a reason."""
        reason = self.read(ReasonBody)["reason"]
        drafts.drop_draft(self.draft(place, number), reason=reason, actor=self.actor)
        return self.said(place, number)
