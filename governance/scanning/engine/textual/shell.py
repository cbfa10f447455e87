"""Files that start programs, by their first lines, and commands that take a machine over, wherever they stand."""

from __future__ import annotations

import re

from governance.scanning.engine.textual.notes import Notes

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("an installer's instructions", r"\s*\[Version\]\s+Signature\s*="),
        ("instructions for building an image", r"(?:\s|#[^\n]*\n|ARG [^\n]*\n)*FROM \S+[^\n]*\n(?:[^\n]*\n){0,500}?(?:RUN|CMD|ENTRYPOINT) "),
        ("a script of Windows", r"\s*(?:<\?xml[^>]*>\s*)?<(?:job|package|scriptlet|component)\b"),
        ("instructions for starting a machine", r"#cloud-config"),
    )
)  # fmt: skip
_DOWNLOADS = "runs what it downloads"
_OPENS = "opens a shell to somebody else"
_HIDES = "hides what it runs"
_STAYS = "stays on the machine"
_TAKES_OVER: tuple[tuple[str, str, str], ...] = (
    (_DOWNLOADS, "curl wget fetch", r"\b(?:curl|wget|fetch)\b[^\n|;]{0,300}\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b"),
    (_DOWNLOADS, "curl wget", r"\b(?:curl|wget)\b[^\n|]{0,300}\|\s*(?:python|perl|ruby|node|php)\d?\b"),
    (_DOWNLOADS, "curl wget", r"sh\s+(?:-c\s+[\"']?\$\(|<\()\s*(?:curl|wget)\b"),
    (_DOWNLOADS, "curl wget", r"\b(?:curl|wget)\b[^\n]{0,300}(?:&&|;)\s*(?:chmod\s+\S*\+?x\S*\s|(?:ba)?sh\s+\S|\./)"),
    (_DOWNLOADS, "downloadstring invoke-webrequest iwr net.webclient downloadfile",
     (r"(?:IEX|Invoke-Expression)\b[^\n]{0,200}(?:DownloadString|Invoke-WebRequest|iwr|Net\.WebClient)"
     r"|(?:DownloadString|DownloadFile|Invoke-WebRequest|iwr)\b[^\n]{0,300}(?:IEX|Invoke-Expression|Start-Process)")),
    (_DOWNLOADS, "certutil bitsadmin", r"\bcertutil\b[^\n]{0,100}-urlcache|\bbitsadmin\b[^\n]{0,100}/transfer"),
    (_DOWNLOADS, "mshta regsvr32 rundll32", r"\b(?:mshta|regsvr32|rundll32)\b[^\n]{0,100}(?:https?:|javascript:|/i:)"),
    (_OPENS, "/dev/tcp/ /dev/udp/", r"/dev/(?:tcp|udp)/[^\s/]+/\d+"),
    (_OPENS, "nc ncat netcat", r"\bn(?:cat|c|etcat)\b[^\n]{0,80}\s-\w*[ec]\w*\s+\S*(?:sh|cmd)"),
    (_OPENS, "mkfifo socat", r"\bmkfifo\b[^\n]{0,200}\bn(?:cat|c|etcat)\b|\bsocat\b[^\n]{0,200}exec:"),
    (_HIDES, "powershell", r"powershell(?:\.exe)?\b[^\n]{0,200}\s-e(?:nc|ncodedcommand|c)?\s+[A-Za-z0-9+/=]{20,}"),
    (_HIDES, "frombase64string", r"FromBase64String[^\n]{0,300}(?:IEX|Invoke-Expression)\b|\b(?:IEX|Invoke-Expression)[^\n]{0,300}FromBase64String"),
    (_HIDES, "base64", r"base64\s+(?:-d|--decode)[^\n|]{0,100}\|\s*(?:ba|z)?sh\b"),
    ("destroys files", "rm", r"\brm\s+-[a-z]*r[a-z]*\s+(?:--no-preserve-root\s+)?(?:/|~|\$HOME)(?:\s|\*|$)"),
    (_STAYS, "reg", r"\breg\s+add\b[^\n]{0,200}\\(?:Run|RunOnce)\b"),
    (_STAYS, "crontab authorized_keys schtasks", r"\bcrontab\s+-(?:\s|$)|>>\s*\S*authorized_keys|\bschtasks\b[^\n]{0,100}/create"),
)  # fmt: skip
_PATTERNS = tuple(
    (reason, tuple(needles.split()), re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for reason, needles, pattern in _TAKES_OVER
)  # fmt: skip
_HEAD = 16 * 1024


def look(text: str, notes: Notes) -> None:
    """Note what kind of script a text is, and what in it takes a machine over."""
    head = text[:_HEAD]
    for name, pattern in _KINDS:
        if pattern.match(head):
            notes.tell("script_kind", name)
            break
    for reason in taken_over(text):
        notes.tell("shell_dangers", reason)


def taken_over(text: str) -> list[str]:
    """In which ways commands in a text would take a machine over."""
    folded = text.casefold()
    return list(
        dict.fromkeys(
            reason
            for reason, needles, pattern in _PATTERNS
            if any(needle in folded for needle in needles) and pattern.search(text)
        )
    )
