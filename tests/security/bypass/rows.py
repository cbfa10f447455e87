"""What every other address of a model does, so that a new one is thought about before it is served.

One that could move something protected, or hands out bytes, belongs among the doors. The others are attacked all the same.
"""

from __future__ import annotations

# It changes nothing, and its bytes are asked for by ``open_file`` like those of the doors.
READS = frozenset(
    [
        "api:access",
        "api:alias-history",
        "api:alias-list",
        "api:card",
        "api:change",
        "api:change-files",
        "api:check-report-list",
        "api:commit",
        "api:commit-list",
        "api:discussion",
        "api:file",
        "api:model",
        "api:model-waiver-list",
        "api:own-access",
        "api:ref-list",
        "api:request",
        "api:review",
        "api:rule-waiver-list",
        "api:scan",
        "api:scan-file",
        "api:scan-file-list",
        "api:scan-report",
        "api:scan-sarif",
        "api:stage",
        "api:stage-history",
        "api:stage-list",
        "api:sums",
        "api:tree",
        "api:upload-file-list",
        "api:version",
        "catalog:commit",
        "catalog:commits",
        "catalog:compare",
        "catalog:compare-pick",
        "catalog:file",
        "catalog:image",
        "catalog:model",
        "catalog:names",
        "catalog:own-access",
        "catalog:pick-revision",
        "catalog:sums",
        "catalog:tree",
        "catalog:version",
        "catalog:versions",
        "governance:discussion",
        "governance:discussions",
        "governance:model-waivers",
        "governance:scan-report",
    ]
)
# It shows less than before: taking back needs no review.
TAKES_BACK = frozenset(
    [
        "api:model-archive",
        "api:model-delete",
        "api:model-deprecate",
        "api:model-unarchive",
        "api:model-undeprecate",
        "api:model-withdraw",
        "api:version-unyank",
        "api:version-withdraw",
        "api:version-yank",
        "catalog:danger",
        "catalog:danger-act",
        "catalog:version-unyank",
        "catalog:version-withdraw",
        "catalog:version-yank",
        "catalog:withdraw",
        "governance:change-withdraw-decision",
    ]
)
# It is the review itself; what counts as one is tested with it.
REVIEWS = frozenset(
    [
        "api:assignment",
        "api:assignment-list",
        "api:change-rule-waiver-list",
        "api:checklist",
        "api:community",
        "api:decision-list",
        "api:own-decision",
        "api:own-request-decision",
        "api:request-close",
        "api:request-decision-list",
        "api:rule-waiver",
        "api:waiver",
        "api:waiver-list",
        "governance:change-ask",
        "governance:change-decide",
        "governance:change-waive",
        "governance:change-waive-rule",
        "governance:checklist-answer",
        "governance:request-close",
        "governance:review-assign",
        "governance:review-unassign",
        "governance:rule-waiver-end",
        "governance:waiver-end",
    ]
)
# It changes no more than what is proposed.
PROPOSES = frozenset(
    [
        "api:change-close",
        "api:change-commits",
        "api:change-create",
        "api:change-update",
        "api:request-list",
        "api:upload",
        "api:upload-commit",
        "api:upload-file",
        "api:upload-list",
        "catalog:upload",
        "catalog:upload-begin",
        "catalog:upload-file",
        "catalog:upload-files",
        "catalog:upload-session",
        "governance:change-close",
        "governance:change-update",
        "governance:request-new",
    ]
)
# It asks for a review where one is needed, or changes what things are called.
NAMES = frozenset(
    [
        "api:model-rename",
        "api:model-transfer",
        "catalog:name-remove",
        "catalog:name-rollback",
        "catalog:version-alias",
        "catalog:version-stage",
    ]
)
# Words.
TALKS = frozenset(
    [
        "api:comment-list",
        "api:discussion-close",
        "api:discussion-list",
        "api:discussion-reopen",
        "governance:discussion-close",
        "governance:discussion-comment",
        "governance:discussion-new",
        "governance:discussion-reopen",
    ]
)
# Who is told of what.
TELLS = frozenset(
    [
        "api:model-watch",
        "api:model-webhook-list",
        "governance:model-webhooks",
        "governance:watch",
    ]
)
# Who sees what is released, by rights of their own.
SETTLES = frozenset(
    [
        "api:grant",
        "api:grant-list",
        "api:terms",
        "catalog:access",
        "catalog:access-change",
        "catalog:access-end",
        "catalog:examine",
        "catalog:terms",
        "governance:card-fields",
    ]
)
HARMLESS = READS | TAKES_BACK | REVIEWS | PROPOSES | NAMES | TALKS | TELLS | SETTLES

# Commands of the hub: none of them moves what is protected. Those that work on models are run by the test.
COMMANDS = {
    "appoint_owner": "who owns an organisation",
    "collect_garbage": "run",
    "create_organization": "a new organisation",
    "create_token": "a token, whose bearer comes by the doors",
    "create_user": "an account",
    "demo": "a demonstration, by the same actions as anybody",
    "fsck": "run",
    "makemessages": "words for translators",
    "prepare": "migrations and static files",
    "readmit_user": "whether somebody may sign in",
    "recall_blob": "takes bytes back from everybody",
    "redact_audit": "personal values in the record",
    "run": "starts the hub",
    "suspend_user": "whether somebody may sign in",
    "verify_audit": "run",
}
# Jobs: they scan, draw, count and tell. None calls an action that moves what is protected.
JOBS = {
    "judge_revision": "says what a revision holds",
    "notify.digest": "tells people",
    "notify.mail": "tells people",
    "plant_demonstration": "reads files, and keeps what it found",
    "policy_simulation": "tries a draft",
    "read_header": "reads files, and keeps what it found",
    "refresh_queue": "keeps the queue of reviews",
    "refresh_queue_of_policy": "keeps the queue of reviews",
    "refresh_search": "reads files, and keeps what it found",
    "refresh_search_of_blob": "reads files, and keeps what it found",
    "render_card": "reads files, and keeps what it found",
    "reviews.remind": "reminds people",
    "scan_all_blobs": "asks for scans",
    "scan_blob": "scans bytes",
    "webhook.deliver": "tells other machines",
}
