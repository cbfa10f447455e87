"""Documents that give orders to whatever shows, typesets or builds them, wherever in them the order stands.

Each pattern has one gap at most, and a bounded one, so that no text makes the search long.
"""

from __future__ import annotations

import re

from governance.scanning.engine import rules
from governance.scanning.engine.textual.notes import Notes

_TEX = "has TeX run a command"
_PICTURES = "has ImageMagick run commands or read files"
_GIT = "has git start programs"
_TRITON = "has Triton load code of its own"
_VIM = "has the editor vim run a command"
_ORDERS: tuple[tuple[str, str, str, str], ...] = (
    (_TEX, "write18", "", r"\\write[ ]?18\b"),
    (_TEX, "shellescape", "", r"\\ShellEscape\b"),
    (_TEX, "|", r"\\input|\\openin", r"\\(?:input|openin\w{0,20}[ ]?=?)[ ]?[{\"]?[ ]?\"?\|"),
    (_TEX, "lua", r"\\directlua|\\luacode|\\luaexec|\{luacode", r"\bos[ ]?\.[ ]?execute|\bio[ ]?\.[ ]?popen"),
    ("has a printer's program run a command", "%pipe%", "", r"\([ ]?%pipe%"),
    (_PICTURES, "push graphic-context", "", r"(?:url|image)[^\n]{0,200}[\"'`][ ]?\|"),
    (_PICTURES, "<image>", "", r"<(?:read|write)[ ]+filename"),
    ("has a player read files", "#extm3u", "", r"concat:|subfile,|\bfile:"),
    (_VIM, "expr", r"\b(?:vim?|ex):", r"(?:expr|fdt)[ ]?=[^\n]{0,200}\b(?:system|execute|call|libcall|source)\b"),
    ("has the editor Emacs run a command", "eval", r"-\*-|Local Variables:", r"\beval[ ]?:[ ]?\("),
    ("has MSBuild run a command", "<project", r"<(?:Target|UsingTask)\b", r"<(?:Exec|UsingTask)[ ]+[A-Z]"),
    ("has Ant run a command", "<project", r"<target\b", r"<(?:exec|java|script)[ ]+[a-z]"),
    ("has Maven run a command", "<plugin>", "", r"exec-maven-plugin|maven-antrun-plugin|gmavenplus"),
    ("has macOS start a program", "<key>", "", r"<key>(?:ProgramArguments|Program)</key>"),
    ("has Office fetch another document", "targetmode=", r"/(?:attachedTemplate|oleObject|frame|subDocument|externalLinkPath|package)\"", r"TargetMode=[\"']External"),
    ("has Office start a program", "dde", r"<(?:\w{1,20}:)?(?:ddeLink|instrText|fldSimple)\b", r"\bddeLink\b|\bDDE(?:AUTO)?\b[ ]"),
    ("has LibreOffice run a macro", "script:module", "", r"<script:module\b"),
    ("has LibreOffice run a macro", "vnd.sun.star.script:", "", r"vnd\.sun\.star\.script:"),
    ("has Java make objects of any class", "java.beans.xmldecoder", "", r"<java\b"),
    ("has .NET make objects of any class", "<", "", r"\bObjectDataProvider\b|clr-namespace:System\.Diagnostics"),
    ("has another file read into it", "xinclude", "", r"<(?:\w{1,20}:)?include\b[^>]{0,200}\bhref"),
    ("has a style sheet read files or run scripts", "xsl/transform", "", r"\bdocument[ ]?\(|<(?:\w{1,20}:)?script\b|unparsed-text"),
    ("has Caffe run Python", "python_param", "", r"\bpython_param[ ]?\{"),
    (_TRITON, "string_value", "", r"\"EXECUTION_ENV_PATH\""),
    (_TRITON, "op_library_filename", "", r"\bop_library_filename[ ]?:"),
    (_TRITON, "backend:", "", r"^[ \t]*backend:[ ]?\"(?:python\"|[^\"\n]{0,200}[/\\])"),
    ("has spaCy call a function of its own", "@callbacks", "", r"@callbacks[ ]?=[ ]?\"(?!spacy)"),
    (_GIT, "=", r"^[ \t]*\[[ ]?core\b", r"^[ \t]*(?:fsmonitor|sshCommand|hooksPath|pager|editor|askPass|gitProxy)[ ]?=[ ]?\S{0,200}[^\s\w.-]"),
    (_GIT, "=", r"^[ \t]*\[[ ]?(?:filter|diff|merge)[ ]+\"", r"^[ \t]*(?:textconv|clean|smudge|process|command|driver)[ ]?=[ ]?(?!git-lfs)\S"),
    (_GIT, "=", r"^[ \t]*\[submodule", r"^[ \t]*(?:url|path)[ ]?=[ ]?(?:-|ext::)|^[ \t]*update[ ]?=[ ]?!|^[ \t]*\[submodule[ ]+\"[^\"\n]{0,200}\.\./"),
    (_GIT, "filter=", "", r"^[^#\n]{1,200}\sfilter=(?!lfs\b)\w[\w-]*[ \t]*(?:\w+=|$)"),
    ("is carried out by a checker of code", "init-hook", "", r"^[ \t]*init-hook[ ]?="),
)  # fmt: skip
_FLAGS = re.IGNORECASE | re.MULTILINE
_COMPILED = tuple(
    (what, needle, re.compile(beside, _FLAGS), re.compile(order, _FLAGS))
    for what, needle, beside, order in _ORDERS
)
_HEAD = 256 * 1024


def look(text: str, notes: Notes) -> None:
    """Note what a document would have done."""
    head = text[:_HEAD]
    folded = head.casefold()
    for what, needle, beside, order in _COMPILED:
        match = order.search(head) if needle in folded and beside.search(head) else None
        if match:
            line = head.count("\n", 0, match.start()) + 1
            notes.find(rules.sources.PYS_DOCUMENT, f"Line {line:,} {what}.")
