"""What stands in an address: for what is there, and for what never was."""

from __future__ import annotations

from collections.abc import Mapping

from tests.security.matrix.cells import Door
from tests.security.matrix.rows import REQUEST
from tests.security.matrix.world import Places, World
from tests.security.routes import NOWHERE

OF_ROBOTS = ("accounts:robot", "api:robot")
# Parts of an address of the hub that are another thing than elsewhere.
OTHERWISE: Mapping[str, Mapping[str, str]] = {
    "accounts:outside-remove": {"name": "outsider"},
    "api:outsider": {"username": "outsider"},
    "governance:queue-feed": {"secret": "queue secret"},
    "governance:notification-feed": {"secret": "secret"},
    "governance:unsubscribe": {"token": "unsubscribe"},
    "api:token": {"token": "own token"},
    "accounts:token-revoke": {"token_id": "own token"},
    "api:model-restore": {"public_id": "deleted"},
    "api:model-purge": {"public_id": "deleted"},
    "catalog:restore": {"public_id": "deleted"},
    "catalog:purge": {"public_id": "deleted"},
    "governance:webhook": {"public_id": "webhook"},
    "governance:webhook-act": {"public_id": "webhook"},
    "governance:delivery": {"public_id": "webhook", "delivery_id": "delivery"},
    "governance:delivery-replay": {"public_id": "webhook", "delivery_id": "delivery"},
    "api:suspension": {"username": "suspended"},
    "accounts:invitation-answer": {"invitation_id": "invitation"},
    "governance:draft-act": {"act": "drop"},
    "governance:hub-draft-act": {"act": "drop"},
}
ANOTHER = NOWHERE[:-1] + "1"
NEVER = {
    "org": "savannq",
    "place": "savannq",
    "webhook": NOWHERE,
    "public_id": NOWHERE,
    "number": "9",
    "watched": "999990",
    "token": "999991",
    "token_id": "999992",
    "invitation": "999993",
    "invitation_id": "999994",
    "notification": "999995",
    "delivery": "999996",
    "delivery_id": "999997",
}
PATHS = {
    "catalog:image": "picture.png",
    "catalog:tree": "data",
    "api:upload-file": "new.csv",
}


def of_model(world: World, state: str, door: Door) -> Places:
    """One of the models, and what the door is about there."""
    known = world.known[state] | {"number": door.row.number}
    if door.row.number == REQUEST:
        known["commit"] = known["request commit"]
    known["path"] = PATHS.get(door.route.view_name, known["path"])
    if "rule-waiver" in door.route.view_name:
        known["waiver"] = known["rule waiver"]
    return known


def of_hub(world: World, door: Door) -> Places:
    """What the door is about."""
    name = door.route.view_name
    known = world.hub | {"number": door.row.number}
    if name.startswith(OF_ROBOTS):
        known |= {"name": known["robot"], "token": known["robot token"]}
        known["token_id"] = known["robot token"]
    for part, meant in OTHERWISE.get(name, {}).items():
        known[part] = known.get(meant, meant)
    return known


def missing_model(places: Places, *, knows: bool) -> tuple[Places, dict[str, str]]:
    """The same of a model that never was, and the names that differ; who ``knows`` of it meets a thread that never was."""
    other_name = {"name": places["name"][:-1] + "q"}
    never = {"upload_id": NOWHERE, "number": "9"} if knows else other_name
    return places | never, {places[name]: other for name, other in never.items()}


def missing_thing(places: Places, parameters: Mapping[str, str]) -> tuple[Places, dict[str, str]]:
    """The same of an organisation, and of things of its people, that never were."""
    never = {
        name: ANOTHER if name.startswith("delivery") and kind == "UUIDConverter" else NEVER[name]
        for name, kind in parameters.items()
        if name in NEVER
    }
    return places | never, {places[name]: other for name, other in never.items()}
