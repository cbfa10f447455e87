"""The words that states have on pages, each with its colour and its icon. No page writes one of these by itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Word:
    """``status`` is a colour (ok, warn, bad, info, idle); ``icon`` a Lucide name; ``text`` what people read."""

    status: str
    icon: str
    text: str | Promise


VERDICTS = {
    "safe": Word("ok", "shield-check", _("Clean")),
    "unscannable": Word("warn", "shield-question-mark", _("Cannot be read")),
    "suspicious": Word("warn", "shield-alert", _("Needs a look")),
    "error": Word("bad", "shield-x", _("Scan failed")),
    "dangerous": Word("bad", "octagon-x", _("Blocked")),
    "pending": Word("info", "shield-ellipsis", _("Scanning")),
}

APPROVALS = {
    "approved": Word("ok", "badge-check", _("Approved")),
    "in_review": Word("info", "hourglass", _("In review")),
    "not_reviewed": Word("idle", "circle-dashed", _("Not reviewed")),
    "withdrawn": Word("bad", "archive", _("Withdrawn")),
}

STANDINGS = {**APPROVALS, "blocked": Word("bad", "octagon-x", _("Blocked by scan"))}

CHECKS = {
    "pass": Word("ok", "circle-check", _("Passed")),
    "fail": Word("bad", "circle-x", _("Failed")),
    "decide": Word("warn", "circle-alert", _("Decide")),
    "waived": Word("idle", "circle-slash", _("Waived")),
    "pending": Word("info", "circle-dashed", _("Waiting")),
}

EXTERNAL_CHECKS = {
    "pending": Word("info", "circle-dashed", _("Running")),
    "success": Word("ok", "circle-check", _("Passed")),
    "failure": Word("bad", "circle-x", _("Failed")),
    "error": Word("bad", "circle-alert", _("Could not run")),
}

SEVERITIES = {
    "critical": Word("bad", "octagon-x", _("Critical")),
    "high": Word("bad", "circle-alert", _("High")),
    "medium": Word("warn", "triangle-alert", _("Medium")),
    "low": Word("idle", "info", pgettext_lazy("severity", "Low")),
    "note": Word("idle", "info", _("Note")),
}

CHANGES = {
    "draft": Word("idle", "git-pull-request-draft", _("Draft")),
    "open": Word("info", "git-pull-request", pgettext_lazy("discussion", "Open")),
    "merged": Word("ok", "git-merge", _("Merged")),
    "granted": Word("ok", "circle-check", _("Granted")),
    "closed": Word("idle", "git-pull-request-closed", pgettext_lazy("discussion", "Closed")),
}

REQUESTS = {
    "open": Word("info", "hourglass", pgettext_lazy("discussion", "Open")),
    "granted": Word("ok", "circle-check", _("Granted")),
    "closed": Word("idle", "circle-slash", pgettext_lazy("discussion", "Closed")),
}

DISCUSSIONS = {
    "open": Word("info", "message-square", pgettext_lazy("discussion", "Open")),
    "closed": Word("idle", "circle-slash", pgettext_lazy("discussion", "Closed")),
}

DRAFTS = {
    "draft": Word("idle", "circle-dashed", _("Draft")),
    "proposed": Word("info", "hourglass", _("Proposed")),
    "in_force": Word("ok", "circle-check", _("In force")),
    "dropped": Word("idle", "circle-slash", _("Dropped")),
}

UPLOADS = {
    "waiting": Word("idle", "clock", _("Waiting")),
    "sending": Word("info", "arrow-up", _("Sending")),
    "paused": Word("idle", "pause", _("Paused")),
    "received": Word("ok", "circle-check", _("Received")),
    "stopped": Word("bad", "octagon-x", _("Stopped")),
}

VOCABULARIES = {
    "verdict": VERDICTS,
    "approval": APPROVALS,
    "standing": STANDINGS,
    "check": CHECKS,
    "external_check": EXTERNAL_CHECKS,
    "severity": SEVERITIES,
    "change": CHANGES,
    "request": REQUESTS,
    "discussion": DISCUSSIONS,
    "draft": DRAFTS,
    "upload": UPLOADS,
}


def word(vocabulary: str, value: str | None) -> Word:
    """The word for a stored value. No verdict yet is *Scanning*; any other unknown value raises ``KeyError``."""
    if vocabulary == "verdict" and not value:
        value = "pending"
    return VOCABULARIES[vocabulary][str(value)]


def file_icon(path: str) -> str:
    """The icon for a file by its name; one meaning per icon."""
    name = path.rsplit("/", 1)[-1].lower()
    if name.startswith(("license", "licence", "copying")):
        return "scale"
    return FILE_ICONS.get(name.rsplit(".", 1)[-1], "file") if "." in name else "file"


FILE_ICONS = {
    **dict.fromkeys(("safetensors", "gguf", "onnx", "npy", "npz", "h5", "tflite"), "file-box"),
    **dict.fromkeys(
        ("bin", "pt", "pth", "pkl", "pickle", "ckpt", "joblib", "zip", "tar", "gz"), "file-archive"
    ),
    **dict.fromkeys(("json", "jsonl", "yaml", "yml", "toml"), "file-braces"),
    **dict.fromkeys(("py", "jinja", "js", "sh", "c", "cpp", "rs", "ipynb"), "file-code"),
    **dict.fromkeys(("md", "txt", "rst", "csv", "tsv"), "file-text"),
    **dict.fromkeys(("png", "jpg", "jpeg", "webp", "gif", "svg"), "image"),
    **dict.fromkeys(("wav", "mp3", "flac", "ogg"), "audio-lines"),
}
