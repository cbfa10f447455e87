"""Which right each route asks for, of its face, when it is read and when something is sent to it.

Rights are words of ``rules.py``. ``NONE`` stands where there is nothing to read, or nothing takes what is sent.
A name may end in ``?``: it leads to something that may not be there, whoever asks (404 counts as a yes and as a no);
or in ``!``: what is asked for is gated, and the gate's own refusal is a 403 as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NONE = ""
THREAD, CHANGE, REQUEST = "1", "2", "3"  # numbers; whatever else has one is the first


@dataclass(frozen=True)
class Row:
    """What one route asks for."""

    reads: str
    writes: str
    number: str = "1"
    is_loose: bool = False
    is_gated: bool = False


# fmt: off
# --- of a model -------------------------------------------------------------------------------------------------------
_OF_MODELS = (
    # its page and the list of its files
    ("see", NONE, "1", "api:model catalog:model"),
    ("list", NONE, "1", "api:card api:tree api:file api:ref-list api:commit-list api:commit"),
    ("list", NONE, "1", "catalog:tree catalog:file catalog:commits catalog:commit catalog:compare"),
    ("address", NONE, "1", "catalog:pick-revision catalog:compare-pick"),
    # bytes
    ("fetch", NONE, "1", "api:file-bytes api:archive api:sums"),
    ("fetch", NONE, "1", "catalog:raw catalog:resolve catalog:image catalog:archive catalog:sums"),
    (NONE, "examine", "1", "catalog:examine"),
    # the record
    ("record", NONE, "1", "api:own-access api:version api:stage-list api:stage api:stage-history api:alias-list"),
    ("record", NONE, "1", "api:alias-history api:check-report-list api:rule-waiver-list api:discussion"),
    ("record", NONE, "1", "api:scan api:scan-report api:scan-sarif api:scan-file-list api:scan-file"),
    ("record", NONE, REQUEST, "api:request"),
    ("record", NONE, "1", "catalog:own-access catalog:versions catalog:version catalog:names"),
    ("record", NONE, "1", "governance:discussions governance:discussion governance:scan-report"),
    # what is proposed
    ("draft", NONE, CHANGE, "api:change api:change-files api:review"),
    ("draft", NONE, "1", "api:model-waiver-list governance:model-waivers"),
    ("draft", "review", CHANGE, "api:checklist?"),
    (NONE, "review", CHANGE, "governance:checklist-answer?"),
    # for oneself
    ("record", "join", "1", "api:terms? catalog:terms?"),
    ("be", "follow", "1", "api:model-watch"),
    (NONE, "follow", "1", "governance:watch"),
    # words
    ("record", "talk", "1", "api:discussion-list api:comment-list"),
    ("be", "talk", "1", "governance:discussion-new"),  # the form is shown to whoever is signed in
    (NONE, "talk", "1", "governance:discussion-comment"),
    (NONE, "manage", "1", "api:discussion-close api:discussion-reopen"),
    (NONE, "manage", "1", "governance:discussion-close governance:discussion-reopen"),
    # uploads and changes
    ("prepare", "write", "1", "api:upload-list catalog:upload governance:card-fields"),
    (NONE, "write", "1", "catalog:upload-begin api:change-create"),
    (NONE, "write", CHANGE, "api:change-commits api:change-update governance:change-update"),
    (NONE, "write", CHANGE, "api:change-merge! governance:change-merge!"),
    (NONE, "write", CHANGE, "api:community! governance:change-ask!"),
    (NONE, "close", CHANGE, "api:change-close governance:change-close"),
    ("record", "write", "1", "api:check-list"),
    ("keep", "send", "1", "api:upload"),
    ("sending", "sending", "1", "catalog:upload-session"),
    ("keep", NONE, "1", "api:upload-file-list"),
    (NONE, "send", "1", "api:upload-file api:upload-commit catalog:upload-files catalog:upload-file"),
    (NONE, "push", "1", "api:commit-create catalog:release"),
    ("record", "push", "1", "api:version-list"),
    # reviews
    ("draft", "object", CHANGE, "api:decision-list"),
    (NONE, "review", CHANGE, "api:waiver-list api:change-rule-waiver-list!"),
    (NONE, "review", CHANGE, "governance:change-decide governance:change-waive governance:change-waive-rule!"),
    (NONE, "decided", CHANGE, "api:own-decision? governance:change-withdraw-decision? api:waiver governance:waiver-end"),
    (NONE, "decided", "1", "api:rule-waiver"),
    (NONE, "decided", CHANGE, "governance:rule-waiver-end"),
    ("record", "object", REQUEST, "api:request-decision-list"),
    (NONE, "decided", REQUEST, "api:own-request-decision?"),
    # requests
    ("record", "ask", "1", "api:request-list"),
    ("asking", "ask", "1", "governance:request-new"),
    ("be", "ask", REQUEST, "api:assignment-list"),
    (NONE, "ask", REQUEST, "governance:review-assign"),
    (NONE, "unask", REQUEST, "api:assignment governance:review-unassign"),
    (NONE, "manage", REQUEST, "api:request-grant! governance:request-grant!"),
    (NONE, "close", REQUEST, "api:request-close governance:request-close"),
    # what becomes of it
    ("record", "move", "1", "api:version-stage api:alias"),
    (NONE, "move", "1", "api:stage-rollback api:alias-rollback"),
    (NONE, "turn", "1", "catalog:name-rollback? catalog:name-remove"),
    (NONE, "turn", "1", "catalog:version-stage catalog:version-alias"),
    ("manage", "manage", "1", "api:model-settings api:grant-list api:grant api:model-webhook-list"),
    ("manage", NONE, "1", "api:access"),
    ("manage", "manage", "1", "catalog:settings catalog:access catalog:access-change catalog:withdraw"),
    ("manage", "manage", "1", "governance:model-webhooks"),
    ("manage", NONE, "1", "catalog:danger"),
    (NONE, "manage", "1", "catalog:access-end catalog:danger-act"),
    (NONE, "manage", "1", "catalog:version-yank catalog:version-unyank catalog:version-withdraw"),
    (NONE, "manage", "1", "api:model-withdraw api:model-rename api:model-transfer! api:model-archive"),
    (NONE, "manage", "1", "api:model-unarchive api:model-deprecate api:model-undeprecate api:model-delete"),
    (NONE, "manage", "1", "api:version-yank api:version-unyank api:version-withdraw"),
)

# --- of everything else -----------------------------------------------------------------------------------------------
_OF_THE_HUB = (
    # for everybody
    ("everybody", NONE, "1", "health status ui:manifest guide:index guide:page guide:robots guide:sitemap"),
    ("everybody", NONE, "1", "guide:opensearch guide:llms guide:humans guide:security-txt? guide:change-password"),
    (NONE, "everybody", "1", "csp-report ui:preferences"),
    ("everybody", NONE, "1", "api:beginning api:schema api:docs api:docs-problems api:docs-tag api:instance"),
    ("everybody", NONE, "1", "api:task-list api:licence-list api:language-list api:library-list api:rule-list"),
    ("everybody", NONE, "1", "api:by-id api:by-accession api:role-list api:member-list api:policy-version-list"),
    ("everybody", NONE, "1", "api:governance api:protected-alias-list"),
    ("everybody", NONE, "1", "accounts:organizations accounts:organization accounts:people accounts:roles"),
    ("everybody", NONE, "1", "governance:policy governance:policy-version governance:hub-policy"),
    ("everybody", NONE, "1", "governance:hub-policy-version? governance:governance"),
    ("everybody", NONE, "1", "governance:notification-feed governance:queue-feed"),  # the secret is the proof
    ("everybody", "everybody", "1", "governance:unsubscribe"),  # its signature is
    ("everybody", NONE, "1", "catalog:home catalog:model-list catalog:search catalog:task catalog:namespace"),
    ("everybody", NONE, "1", "catalog:by-id catalog:by-accession"),
    ("nothing", "nothing", "1", "api:"),
    # signing in, and what belongs to an account
    ("leave", "leave", "1", "account_login account_logout account_signup account_reset_password"),
    ("leave", NONE, "1", "account_inactive account_email_verification_sent account_reset_password_done"),
    ("leave", NONE, "1", "account_reset_password_from_key_done"),
    ("leave", "leave", "1", "account_reset_password_from_key account_confirm_email? account_confirm_login_code"),
    ("person", "person", "1", "account_email account_change_password account_set_password account_reauthenticate!"),
    ("me", NONE, "1", "accounts:settings"),  # which leads on
    ("person", NONE, "1", "accounts:own-teams catalog:own-deleted governance:my-audit"),
    ("person", NONE, "1", "governance:my-audit-export"),
    ("person", "person", "1", "accounts:profile accounts:sessions governance:notification-settings"),
    ("person", "person", "1", "governance:own-webhooks accounts:token-new api:profile"),
    ("person", NONE, "1", "accounts:tokens"),
    (NONE, "person", "1", "governance:notification-feed-address accounts:token-revoke?"),
    # what is one's own
    ("me", NONE, "1", "api:me api:own-team-list api:membership-list api:own-invitation-list api:own-review-list"),
    ("me", NONE, "1", "api:chain governance:my-reviews accounts:invitations"),
    ("me", "person", "1", "api:token-list"),
    ("person", NONE, "1", "api:own-audit-list api:own-audit-export"),
    ("me", NONE, "1", "api:notification-list api:watched-list"),
    (NONE, "mine", "1", "api:watched?"),
    (NONE, "person", "1", "api:own-review-feed governance:own-queue-feed-address"),
    ("person", NONE, "1", "governance:watching"),
    ("me", "mine", "1", "api:channels api:owner-watch api:own-webhook-list governance:notifications"),
    (NONE, "mine", "1", "api:mark-all api:notification-feed governance:watch"),
    ("everybody", "create", "1", "api:model-list"),
    ("me", "mine", "1", "catalog:new"),
    ("everybody", "found", "1", "api:org-list"),
    ("me", "found", "1", "accounts:organization-new"),
    ("owned", "own", "1", "api:notification"),
    ("keys", "keys", "1", "api:token api:webhook governance:webhook"),
    (NONE, "keys", "1", "api:webhook-secret api:webhook-test api:delivery-replay governance:webhook-act"),
    (NONE, "keys", "1", "governance:delivery-replay"),
    ("keys", NONE, "1", "api:delivery-list api:delivery governance:delivery"),
    ("invited", NONE, "1", "api:invitation"),
    (NONE, "answers", "1", "api:invitation-answer accounts:invitation-answer"),
    # organisations
    ("everybody", "settings", "1", "api:org"),
    ("everybody", "policies", "1", "api:organization-stage-list catalog:organization-stages!"),
    ("settings", "settings", "1", "accounts:organization-settings governance:org-webhooks api:org-webhook-list"),
    (NONE, "settings", "1", "accounts:organization-defaults"),
    (NONE, "policies", "1", "api:organization-stage! api:protected-alias!"),  # asking for less needs what settings need
    ("everybody", "members", "1", "api:member"),
    (NONE, "members", "1", "accounts:member-roles accounts:member-remove accounts:outside-remove api:outsider"),
    ("members", "members", "1", "accounts:invite api:invitation-list"),
    ("members", NONE, "1", "accounts:outside api:outsider-list accounts:robots accounts:robot"),
    ("members", "members", "1", "accounts:robot-new accounts:robot-edit api:robot-list api:robot api:robot-token"),
    (NONE, "members", "1", "accounts:robot-disable accounts:robot-enable accounts:robot-token-revoke"),
    (NONE, "members", "1", "api:robot-disable api:robot-enable"),
    ("members", "mint", "1", "accounts:robot-token-new api:robot-token-list"),
    (NONE, "mint", "1", "accounts:robot-token-rotate api:robot-token-rotate"),
    ("teams", NONE, "1", "accounts:teams accounts:team"),
    ("teams", "members", "1", "api:team-list"),
    ("teams", "leads", "1", "api:team api:team-member-list"),
    ("members", "members", "1", "accounts:team-new"),
    ("leads", "leads", "1", "accounts:team-edit"),
    (NONE, "leads", "1", "accounts:team-delete accounts:team-member-remove api:team-member"),
    ("inside", NONE, "1", "api:review-list governance:org-reviews api:org-waiver-list governance:org-waivers"),
    (NONE, "feed", "1", "api:review-feed? governance:queue-feed-address"),
    ("everybody", "policies", "1", "api:policy!"),
    ("policies", NONE, "1", "api:policy-reach"),
    ("drafts", "policies", "1", "api:policy-draft-list"),
    ("policies", "policies", "1", "governance:draft-new"),
    ("drafts", "drafts", "1", "api:policy-draft!"),
    ("drafts", NONE, "1", "api:policy-draft-compare api:policy-simulated-model-list? governance:draft"),
    ("drafts", "drafts", "1", "api:policy-simulation? governance:draft-edit!"),
    (NONE, "drafts", "1", "api:policy-draft-rebase! api:policy-draft-propose! api:policy-draft-approve!"),
    (NONE, "drafts", "1", "api:policy-draft-adopt! api:policy-draft-drop governance:draft-act"),
    ("audit", NONE, "1", "api:audit-list api:audit-export governance:org-audit governance:org-audit-export"),
    ("removed", NONE, "1", "api:deleted-list catalog:org-deleted"),
    (NONE, "bringback", "1", "api:model-restore catalog:restore"),
    (NONE, "purge", "1", "api:model-purge! catalog:purge!"),
    # the hub
    ("office", NONE, "1", "governance:hub-audit governance:hub-audit-export api:hub-audit-list api:hub-audit-export"),
    ("office", "office", "1", "governance:hub-draft-new api:suspension"),
    ("proposed", NONE, "1", "governance:hub-draft"),
    ("proposed", "proposed", "1", "governance:hub-draft-edit"),
    (NONE, "proposed", "1", "governance:hub-draft-act"),
    (NONE, "office", "1", "api:owner-appoint"),
    ("workshop", NONE, "1", "ui:gallery"),
    ("recall", "recall", "1", "api:recall-list catalog:recalls"),
    ("recall", NONE, "1", "api:recall"),
    ("recall", "recall", "1", "catalog:recall"),
    (NONE, "recall", "1", "api:recall-end"),
)
# fmt: on


def _rows(lines: Iterable[tuple[str, str, str, str]]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for reads, writes, number, names in lines:
        for written in names.split():
            name = written.rstrip("?!")
            assert name not in found, f"{name} has two rows"
            found[name] = Row(
                reads,
                writes,
                number,
                is_loose=written.endswith("?"),
                is_gated=written.endswith("!"),
            )
    return found


OF_MODELS = _rows(_OF_MODELS)
OF_THE_HUB = _rows(_OF_THE_HUB)
