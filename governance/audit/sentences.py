"""What happened, in words: one sentence per event name, to be read after the name of the one who acted."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.authz.policy import ROLE_TITLES, Role
from hub.ui.vocabulary import VERDICTS

Text = str | Promise

SENTENCES: dict[str, Text] = {
    "alias:moved": gettext_lazy("moved the alias {alias} of {label} to version {number}"),
    "attempt:refused": gettext_lazy("tried to move or get “{on}” of {label} and was refused"),
    "audit:personal_data_redacted": gettext_lazy("redacted {values} personal values in the record"),
    "blob:deleted": gettext_lazy("deleted the file {sha256}, which nothing used any more"),
    "blob:quarantined": gettext_lazy("moved the file {sha256} out of reach"),
    "blob:recall_ended": gettext_lazy("ended the recall of the file {sha256}"),
    "blob:recalled": gettext_lazy(
        "recalled the file {sha256} wherever it is, in {models} models now"
    ),
    "blob:received": gettext_lazy("stored the file {sha256}"),
    "blob:verdict_recorded": gettext_lazy("scanned the file {sha256}: {verdict}"),
    "card:rendered": gettext_lazy("rendered the card {sha256}"),
    "change:closed": gettext_lazy("closed change {number} of {label}"),
    "change:community_asked": gettext_lazy(
        "asked {asked} reviewers of the hub to look at change {number} of {label}"
    ),
    "change:merged": gettext_lazy("merged change {number} of {label} as version {version}"),
    "change:opened": gettext_lazy("opened change {number} of {label}"),
    "change:updated": gettext_lazy("added a commit to change {number} of {label}"),
    "check:reported": gettext_lazy("reported “{check}” for {label}: {state}"),
    "check:waived": gettext_lazy("answered for the rule “{rule}” of {label} until {expires}"),
    "check:waiver_ended": gettext_lazy("ended the answer for the rule “{rule}” of {label}"),
    "checklist:answered": gettext_lazy("answered “{question}” in #{number} of {label}: {answer}"),
    "decision:made": gettext_lazy("decided on #{number} of {label}: {kind}"),
    "decision:voided": gettext_lazy("voided the decision of {reviewer} on #{number} of {label}"),
    "discussion:closed": gettext_lazy("closed discussion {number} of {label}"),
    "discussion:commented": gettext_lazy("commented on discussion {number} of {label}"),
    "discussion:opened": gettext_lazy("began discussion {number} of {label}"),
    "discussion:reopened": gettext_lazy("reopened discussion {number} of {label}"),
    "file:fetched_for_examination": gettext_lazy(
        "fetched {path} of {label} to examine it: {verdict}"
    ),
    "grant:changed": gettext_lazy(
        "changed the role of {to} on {label} from {previous} to {role}, last day: {expires}"
    ),
    "grant:ended": gettext_lazy("ended the role {role} of {to} on {label}"),
    "grant:given": gettext_lazy("gave {to} the role {role} on {label}, last day: {expires}"),
    "header:read": gettext_lazy("read the header of the file {sha256} ({format})"),
    "organization:created": gettext_lazy("founded {label} with the preset “{preset}”"),
    "organization:defaults_changed": gettext_lazy(
        "changed what new models of {label} begin with: {default_visibility}, added by {who_creates} and above"
    ),
    "organization:described": gettext_lazy("changed what {label} says of itself"),
    "organization:invitation_answered": gettext_lazy(
        "closed the invitation of {invitee} to {label} as {role}: {answer}"
    ),
    "organization:member_invited": gettext_lazy("invited {invitee} to {label} as {role}"),
    "organization:member_left": gettext_lazy("ended the membership of {member} in {label}"),
    "organization:owner_appointed": gettext_lazy(
        "appointed {member} as an owner of {label}, which had none who could act"
    ),
    "organization:role_given": gettext_lazy("gave {member} the role {role} in {label}"),
    "organization:role_taken": gettext_lazy("took the role {role} in {label} from {member}"),
    "policy:adopted": gettext_lazy(
        "wrote down the policy of {label} as version {version} ({preset})"
    ),
    "policy:changed": gettext_lazy("changed the policy of {label} to version {version} ({preset})"),
    "policy:model_protected": gettext_lazy("put {label} under review, as a policy asks"),
    "policy_draft:adopted_alone": gettext_lazy(
        "put draft {number} of the policy of {label} in force alone"
    ),
    "policy_draft:approved": gettext_lazy("approved draft {number} of the policy of {label}"),
    "policy_draft:dropped": gettext_lazy("dropped draft {number} of the policy of {label}"),
    "policy_draft:proposed": gettext_lazy("proposed draft {number} of the policy of {label}"),
    "policy_draft:simulated": gettext_lazy(
        "tried draft {number} of the policy of {label} on the models that are there"
    ),
    "policy_draft:written": gettext_lazy("wrote draft {number} of the policy of {label}"),
    "queue_feed:ended": gettext_lazy("ended the secret address of the reviews of {queue}"),
    "queue_feed:made": gettext_lazy("made a secret address of the reviews of {queue}"),
    "ref:moved": gettext_lazy("moved {ref} of {label} from {old_sha1} to {new_sha1}"),
    "repo:archived": gettext_lazy("archived {label}"),
    "repo:created": gettext_lazy("added the model {label} ({visibility})"),
    "repo:deleted": gettext_lazy("deleted {label}"),
    "repo:deprecated": gettext_lazy("deprecated {label} (use instead: {use_instead})"),
    "repo:left": gettext_lazy("gave {label} away: it is {new_name} now"),
    "repo:purged": gettext_lazy("purged {label} for good, {rows} records"),
    "repo:renamed": gettext_lazy("renamed {old_name} to {label}"),
    "repo:restored": gettext_lazy("restored {label}, which had been deleted"),
    "repo:settings_changed": gettext_lazy(
        "changed the settings of {label}: {visibility}, gating: {gating}"
    ),
    "repo:terms_accepted": gettext_lazy("accepted the terms of {label}"),
    "repo:transferred": gettext_lazy(
        "gave {old_name} another owner: it is {label} now, and {ended_grants} rights of teams ended"
    ),
    "repo:unarchived": gettext_lazy("unarchived {label}"),
    "repo:undeprecated": gettext_lazy("took back that {label} is deprecated"),
    "repo:withdrawn": gettext_lazy("withdrew {label}"),
    "request:closed": gettext_lazy("closed request {number} of {label} ({kind})"),
    "request:granted": gettext_lazy("granted request {number} of {label} ({kind})"),
    "request:opened": gettext_lazy("opened request {number} of {label} ({kind})"),
    "review:assigned": gettext_lazy("asked {reviewer} to decide on #{number} of {label} by {due}"),
    "review:escalated": gettext_lazy(
        "told the admins that #{number} of {label} has waited for {reviewer} since {due}"
    ),
    "review:reminded": gettext_lazy("reminded {reviewer} of #{number} of {label}, due {due}"),
    "review:unassigned": gettext_lazy(
        "no longer asks {reviewer} to decide on #{number} of {label}"
    ),
    "revision:committed": gettext_lazy("committed {sha1} to {ref} of {label}"),
    "revision:scanned": gettext_lazy("scanned {sha1} of {label}: {verdict}"),
    "robot:changed": gettext_lazy(
        "changed the service account {label}; {responsible} answers for it"
    ),
    "robot:created": gettext_lazy("made the service account {label}; {responsible} answers for it"),
    "robot:disabled": gettext_lazy("disabled the service account {label}"),
    "robot:enabled": gettext_lazy("enabled the service account {label}"),
    "robot:token_created": gettext_lazy("made the token “{token}” for the service account {label}"),
    "robot:token_rotated": gettext_lazy(
        "made a new token “{token}” for the service account {label}; the old one ends {old_ends_at}"
    ),
    "stage:moved": gettext_lazy(
        "moved version {number} of {label} from {from_stage} to {to_stage}"
    ),
    "stages:changed": gettext_lazy("changed the stages of {label}: {stages}"),
    "team:created": gettext_lazy("made the team {label}"),
    "team:deleted": gettext_lazy("deleted the team {label}, which had {members} members"),
    "team:described": gettext_lazy("changed the description of the team {label}"),
    "team:member_added": gettext_lazy("added {member} to the team {label}"),
    "team:member_removed": gettext_lazy("removed {member} from the team {label}"),
    "team:renamed": gettext_lazy("renamed the team {old_name} to {label}"),
    "token:created": gettext_lazy("made the token “{label}”"),
    "token:revoked": gettext_lazy("revoked the token “{label}”"),
    "upload:discarded": gettext_lazy("threw an unfinished upload to {label} away"),
    "upload:expired": gettext_lazy("removed an upload to {label} that nobody had finished"),
    "upload:started": gettext_lazy("began an upload to {label}"),
    "user:described": gettext_lazy("changed the display name of {label} to {display_name}"),
    "user:email_changed": gettext_lazy("changed the address {email} of {label}: {change}"),
    "user:password_changed": gettext_lazy("changed the password of {label}"),
    "user:readmitted": gettext_lazy("ended the suspension of {label}"),
    "user:registered": gettext_lazy("made the account {label}"),
    "user:sign_in_failed": gettext_lazy("tried to sign in as {label} and was refused"),
    "user:signed_out_elsewhere": gettext_lazy("signed {label} out everywhere else"),
    "user:signed_in": gettext_lazy("signed in as {label}"),
    "user:suspended": gettext_lazy("suspended {label}"),
    "version:certified": gettext_lazy("certified version {version} of {label} again"),
    "version:proposed": gettext_lazy("reserved version {number} of {label}"),
    "version:rejected": gettext_lazy("rejected version {number} of {label}"),
    "version:released": gettext_lazy("released version {number} of {label}"),
    "version:unyanked": gettext_lazy("took back that version {number} of {label} was yanked"),
    "version:withdrawn": gettext_lazy("withdrew version {number} of {label}"),
    "version:yanked": gettext_lazy("yanked version {number} of {label}"),
    "waiver:ended": gettext_lazy("ended the waiver for the file {sha256} of {label}"),
    "waiver:given": gettext_lazy("waived “{verdict}” for {path} of {label} until {expires}"),
    "watch:changed": gettext_lazy("changed what {label} hears of {watched} to “{level}”"),
    "webhook:changed": gettext_lazy("changed the webhook of {label} at {host}: {what}"),
    "webhook:created": gettext_lazy("added a webhook of {label} at {host}"),
    "webhook:deleted": gettext_lazy("removed the webhook of {label} at {host}"),
    "webhook:disabled": gettext_lazy("turned off the webhook of {label} at {host}"),
}

MEANS: dict[str, Text] = {
    "command": gettext_lazy("on the command line"),
    "none": gettext_lazy("not signed in"),
    "token": gettext_lazy("with a token"),
}

_KINDS: dict[str, Text] = {
    "approve": gettext_lazy("Approve"),
    "promote": gettext_lazy("promotion"),
    "recertify": gettext_lazy("recertification"),
    "reject": gettext_lazy("Reject"),
    "request_changes": gettext_lazy("Request changes"),
    "waiver": gettext_lazy("waiver"),
    "withdraw": gettext_lazy("withdrawal"),
}
_DIGEST = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHOWN_DIGITS = 12


class _Fields(dict[str, str]):
    """An event from before a field existed is still told, with a dash in its place."""

    def __missing__(self, key: str) -> str:
        return "–"


def sentence(name: str, fields: Mapping[str, str]) -> str:
    """Tell the event ``name`` with its fields as text; one that nobody wrote a sentence for is named plainly."""
    template = SENTENCES.get(name)
    if template is None:
        return _fallback(name, fields.get("label", ""))
    shown = {field: in_words(field, value) or "–" for field, value in fields.items()}
    return str(template).format_map(_Fields(shown))


def in_words(field: str, value: str) -> str:
    """A field's value as people know it: roles, verdicts and decisions by their words, digests by their beginning."""
    if field in ("role", "previous") and value in set(Role):
        return str(ROLE_TITLES[Role(value)])
    if field == "verdict" and value in VERDICTS:
        return str(VERDICTS[value].text)
    if field == "kind":
        return str(_KINDS.get(value, value))
    if _DIGEST.fullmatch(value):
        return value[:_SHOWN_DIGITS]
    return value


def _fallback(name: str, label: str) -> str:
    subject, _colon, action = name.partition(":")
    words = f"{subject.replace('_', ' ')} {action.replace('_', ' ')}".strip()
    return _("%(what)s: %(label)s") % {"what": words, "label": label} if label else words
