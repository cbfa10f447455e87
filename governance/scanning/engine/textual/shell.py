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
        ("a script of Windows", r"[^\0]{0,4000}?\bnew\s+ActiveXObject\s*\("),
        ("a script for node", r"[^\0]{0,4000}?\brequire\s*\(\s*[\"'](?:node:)?child_process[\"']"),
        ("commands of Windows", r"(?:\s|rem\s[^\n]*\n|::[^\n]*\n)*(?:cmd(?:\.exe)?\s+/[ck]\s|powershell(?:\.exe)?\s+-\w|start\s+\w+\.exe)"),
        ("a Lua script", r"(?:\s|--[^\n]*\n)*(?:os\.execute|io\.popen)\s*\("),
        ("instructions for starting a machine", r"#cloud-config"),
    )
)  # fmt: skip
_DOWNLOADS = "runs what it downloads"
_OPENS = "opens a shell to somebody else"
_HIDES = "hides what it runs"
_STAYS = "stays on the machine"
_SENDS = "sends private files away"
_HIDDEN_START = "starts something with every new shell"
_TAKES_OVER: tuple[tuple[str, str, str], ...] = (
    (_DOWNLOADS, "curl wget", r"\beval\s+[\"']?(?:\$\(|`)\s*(?:curl|wget)\b|(?:\bsource|(?:^|[;&])\s*\.)\s+<\(\s*(?:curl|wget)\b"),
    (_DOWNLOADS, "curl wget", r"\b(?:curl|wget)\b[^\n]{0,300}\|\s*xargs\b[^\n|]{0,80}\bsh\b"),
    (_DOWNLOADS, "curl wget", r"\b(?:curl|wget)\b[^\n]{0,300}\n(?:[^\n]{0,300}\n){0,3}?[ \t]{0,40}(?:(?:sudo )?chmod[ ]+(?:[a-z]{0,3}\+x|[0-7]*7[0-7]*)[ ]|\./\S)"),
    (_OPENS, "socket", r"\b(?:python\d?|perl|ruby|php)\b[ ]+-\w{0,3}[cer][^\n]{0,300}(?:/bin/(?:ba|z)?sh|dup2|\bpty\b)"),
    (_OPENS, "fsockopen", r"\bphp\b[ ]+-r[^\n]{0,300}fsockopen"),
    (_HIDES, "xxd openssl", r"\b(?:xxd[ ]+-r|openssl[ ]+(?:enc|base64|aes))[^\n|]{0,100}\|\s*(?:ba|z)?sh\b"),
    (_HIDES, "powershell", r"powershell(?:\.exe)?\b[^\n]{0,200}\s-w(?:in(?:dowstyle)?)?\s+hid"),
    (_SENDS, ".ssh .aws .netrc /etc/shadow .gnupg", r"(?:\.ssh|\.aws|\.netrc|/etc/shadow|\.gnupg)\b[^\n]{0,200}\|\s*(?:curl|wget|nc)\b|\bcurl\b[^\n]{0,200}(?:\.ssh/|\.aws\b|\.netrc|/etc/shadow|\.gnupg)"),
    ("destroys files", "/dev/", r"\bdd\b[^\n]{0,100}\bof=/dev/(?:sd|hd|nvme|vd|mmc)|>\s*/dev/(?:sd|nvme)\w"),
    ("brings the machine down", ":(){", r":\(\)\s*\{\s*:\s*\|\s*:\s*&"),
    (_HIDDEN_START, ".bashrc .profile .zshrc .bash_profile", r"(?:curl|wget|/dev/tcp|base64|python\d? -c)\b[^\n]{0,200}>>\s*\S{0,40}\.(?:bashrc|profile|zshrc|bash_profile)"),
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
_COMMAND = re.compile(
    r"(?:sudo\s+|export\s+|nohup\s+)*(?:[A-Za-z_]\w*=|\./|/\w|~/|\$|\.\s|[({})]|(?:cd|curl|wget|fetch|chmod|chown|mkdir|rm|mv|cp|echo|cat|sh|bash|zsh"
    r"|python\d?|perl|ruby|php|node|pip\d?|apt|apt-get|yum|dnf|apk|brew|git|tar|unzip|eval|exec|source|set|unset|if|then|else|elif|fi|for|while|do|done|case"
    r"|esac|return|exit|trap|sleep|kill|nc|ncat|socat|base64|xxd|openssl|dd|powershell|cmd|start|certutil|bitsadmin|reg|schtasks|mshta|rundll32|regsvr32"
    r"|id|whoami|uname|ssh|scp|systemctl|crontab|function|touch|ln|sed|awk|grep|find|xargs|export|env|nohup|iex|invoke-expression|del|copy|rem)(?:\.exe)?(?:[\s;&|]|$))",
    re.IGNORECASE,
)


def look(text: str, notes: Notes) -> None:
    """Note what kind of script a text is, and what in it takes a machine over."""
    head = text[:_HEAD]
    for name, pattern in _KINDS:
        if pattern.match(head):
            notes.tell("script_kind", name)
            break
    dangers = taken_over(text)
    if dangers and _is_all_commands(head):
        notes.tell("script_kind", "a list of commands for a shell")
    for reason in dangers:
        notes.tell("shell_dangers", reason)


def _is_all_commands(text: str) -> bool:
    """Nothing but commands, as nobody writes who explains them."""
    lines = [line.strip() for line in text.splitlines()]
    said = [line for line in lines if line and not line.startswith("#")]
    return bool(said) and all(_COMMAND.match(line) for line in said)


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
