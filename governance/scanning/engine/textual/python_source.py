"""Python by its syntax tree: what it imports and calls, and whether it hides what it runs. Never compiled, never run."""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings

from governance.scanning.engine import rules
from governance.scanning.engine.textual import python_calls, shell
from governance.scanning.engine.textual.notes import Notes
from governance.scanning.engine.words import words

_LONGEST = 256 * 1024
_WORTH = re.compile(
    r"^[ \t\f]*(?:import|from|def|class|async[ \t]+def|exec|eval)\b|__import__|\b(?:exec|eval|compile)[ \t]*\(",
    re.MULTILINE,
)
_QUICK = ("import", "def ", "class ", "exec", "eval")
_REMARK = re.compile(r"^[ \t\f]*#[^\n]*\n|^\n+", re.MULTILINE)
"""Lines that say nothing to Python; many of them push the others out of sight."""
_LINE = re.compile(r"^(?:import \w|from [\w.]+ import|def \w+\(|class \w+[(:])", re.MULTILINE)
_COOKIE = re.compile(r"\A(?:.*\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_USUAL_CODECS = words(
    "utf8 ascii usascii latin1 iso88591 iso885915 cp1252 utf8sig utf8unix utf8dos cp936 gbk gb2312 euckr shiftjis koi8r"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad\u180e\u3164\uffa0]")
_WORD = re.compile(r"\w*[^\x00-\x7f\W]\w*")
_FAR = re.compile(r"\S[ \t]{150,}[^\s#]")
_PAIRS = (
    ("hides what it runs", re.compile(r"\b(?:exec|eval)\s*\(?\s*[^\n]{0,200}(?:b64decode|b85decode|a85decode|decompress|unhexlify|fromhex|marshal)")),
    ("hides what it runs", re.compile(r"__import__\s*\(\s*['\"](?:os|subprocess|socket|pty|ctypes|builtins)['\"]\s*\)")),
    ("runs what it downloads", re.compile(r"\b(?:exec|eval)\s*\(?\s*[^\n]{0,200}(?:urlopen|requests\.get|urlretrieve)")),
)  # fmt: skip


def look(text: str, notes: Notes) -> None:
    """Note what a text does as Python, if it is Python."""
    _disguises(text, notes)
    if not any(word in text for word in _QUICK) or not _WORTH.search(text):
        return
    tree = _parse(text, notes)
    if tree is None:
        for reason, pattern in _PAIRS:
            if pattern.search(text):
                notes.tell("python_dangers", reason)
    elif _is_program(tree):
        notes.say("python")
        _characters(text, notes)
        python_calls.look(tree, notes)
        _commands(tree, notes)


def _commands(tree: ast.Module, notes: Notes) -> None:
    """Commands of a shell in the texts of a program."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 8:
            for reason in shell.taken_over(node.value):
                notes.tell("python_commands", reason)


def _parse(text: str, notes: Notes) -> ast.Module | None:
    if len(text) > _LONGEST:
        text = _REMARK.sub("", text)
    if len(text) > _LONGEST:
        notes.tell("python_flaws", "it is too long to be read as Python")
        if len(_LINE.findall(text)) > 5:
            notes.say("python")
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as flaw:
        notes.tell("python_flaws", f"line {flaw.lineno or 1} is no Python")
    except (ValueError, RecursionError, MemoryError, OverflowError) as flaw:
        notes.tell("python_flaws", f"it cannot be read as Python ({type(flaw).__name__})")
    return None


def _is_program(tree: ast.Module) -> bool:
    """Prose and lists may happen to be Python; a program imports, defines or calls something."""
    for node in ast.walk(tree):
        if isinstance(
            node,
            ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
        ):
            return True
        if isinstance(node, ast.Expr | ast.Assign | ast.AugAssign) and isinstance(
            node.value, ast.Call
        ):
            return True
    return False


def _disguises(text: str, notes: Notes) -> None:
    """A first line that has Python read the file in another encoding than everybody else does."""
    cookie = _COOKIE.match(text[:1000])
    if cookie:
        codec = re.sub(r"[-_.]", "", cookie.group(1).lower())
        if codec not in _USUAL_CODECS and not codec.startswith(
            ("iso8859", "cp125", "windows125", "mac")
        ):
            detail = f"Python would read it in the encoding {cookie.group(1)}, which can turn it into something else."
            notes.find(rules.sources.PYS_DISGUISED, detail)


def _characters(text: str, notes: Notes) -> None:
    if _BIDI.search(text):
        notes.find(
            rules.sources.PYS_DISGUISED,
            "Characters that turn the direction of writing hide what is run.",
        )
    if _FAR.search(text):
        notes.find(
            rules.sources.PYS_DISGUISED, "Code stands far to the right of what a window shows."
        )
    if text.isascii():
        return
    if _HIDDEN.search(text):
        notes.tell("python_calls", "invisible characters")
    for match in _WORD.finditer(text):
        word = match.group()
        plain = unicodedata.normalize("NFKC", word)
        if plain != word and plain.isascii() and plain.isidentifier():
            notes.find(
                rules.sources.PYS_DISGUISED,
                f"The word {word} is written in letters that only look unusual; Python reads {plain}.",
            )
        elif _is_mixed(word):
            notes.find(
                rules.sources.PYS_DISGUISED, f"The word {word} mixes alphabets that look alike."
            )


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split(" ")[0] for letter in word if letter.isalpha()}
    return (
        "LATIN" in scripts
        and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
        and len(word) > 2
    )
