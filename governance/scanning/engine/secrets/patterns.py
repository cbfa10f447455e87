"""The forms of passwords, keys and tokens. To add one: a needle that always stands in it, its whole form, a check."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from governance.scanning.engine import rules
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.secrets.plausible import (
    entropy,
    is_spread,
    is_token_of_json,
    is_varied,
    is_weak,
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of secret. Its first group is the secret; it begins ``before`` bytes or less in front of a needle."""

    rule: Rule
    what: str
    needles: tuple[bytes, ...]
    expression: re.Pattern[bytes]
    check: Callable[[str], bool]
    before: int = 0
    is_folded: bool = False

    def at(self, content: bytes, place: int) -> re.Match[bytes] | None:
        """The match that holds the needle at this place."""
        if not self.before:
            return self.expression.match(content, place)
        return self.expression.search(content, max(0, place - self.before), place + _REACH)


_REACH = 400
_BEFORE = rb"(?:(?<![A-Za-z0-9_+/-])|(?<=[^\t\n\r -~].)|(?<=\nV)|(?<=\AV))"
_AFTER = rb"(?:(?![A-Za-z0-9_+/-])|(?=[A-Za-z0-9_+/-][^\t\n\r -~]|[A-Za-z][ -~]\n|q.(?:X|[^A-Za-z0-9_-])))"
"""A token stands alone; but binary formats put the length of a string in front of it, and what comes next directly behind it,
and either may happen to be a letter."""


def _token(
    what: str, needles: str, form: str, check: Callable[[str], bool] = is_spread, before: int = 0
) -> Pattern:
    expression = re.compile(_BEFORE + b"(" + form.encode() + b")" + _AFTER, re.DOTALL)
    return Pattern(
        rules.secrets.SEC_TOKEN, what, tuple(needles.encode().split()), expression, check, before
    )


def _assigned(
    what: str, needles: str, form: str, check: Callable[[str], bool], rule: Rule
) -> Pattern:
    """A form that begins with its needle, capitals or not."""
    expression = re.compile(form.encode(), re.IGNORECASE)
    return Pattern(rule, what, tuple(needles.encode().split()), expression, check, is_folded=True)


def _is_key(value: str) -> bool:
    """A block of base64 of some length; documentation cuts them short, and the shortest real ones have 64 letters."""
    body = re.sub(r"\\n|\\r|[^A-Za-z0-9+/=]", "", value)
    return len(body) >= 60 and entropy(body) > 4.0


def _is_password(value: str) -> bool:
    return len(value) >= 6 and not is_weak(value)


def _always(_: str) -> bool:
    return True


def _is_random(value: str) -> bool:
    return is_varied(value) and entropy(value) > 3.7 and not is_weak(value) and _mixes(value)


def _mixes(value: str) -> bool:
    """Real secrets change between letters and digits; names of variables and versions hardly do."""
    kinds = [(one.isdigit(), one.isupper(), one.islower()) for one in value]
    changes = sum(first != second for first, second in pairwise(kinds))
    return changes >= len(value) // 4 and not re.search(
        r"[a-z]{9,}|\(|^\w+\.\w+\.|os\.environ|getenv", value
    )


_BLOCK = re.compile(
    rb"-----BEGIN (?:(?:RSA|DSA|EC|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY(?: BLOCK)?-----((?:[\sA-Za-z0-9+/=:,\-]|\\[nr]){60,4000})"
)
_VALUE_FORM = (
    r"(?:passw(?:or)?d|(?:client[_-]?)?secret(?:[_-]?(?:access[_-]?)?key|[_-]?token)?|api[_-]?key|[_-]token)"
    r"[\"']?\]?\s{0,4}(?::|=>?)\s{0,4}[\"']?([A-Za-z0-9_\-+/=.!@#$%^&*]{16,128})(?=[\"'\s,;}]|$)"
)
_KEY = rules.secrets.SEC_KEY
_PASSWORD = rules.secrets.SEC_PASSWORD

PATTERNS: tuple[Pattern, ...] = (
    Pattern(_KEY, "A private key", (b"-----BEGIN ",), _BLOCK, _is_key),
    _token("A key of Amazon Web Services", "AKIA ASIA", r"(?:AKIA|ASIA)[A-Z2-7]{16}", lambda value: entropy(value) > 2.8),
    _assigned("A secret key of Amazon Web Services", "secret_access_key secretaccesskey secret_key",
              r"secret_?(?:access_?)?key[\"']?\]?\s*[:=]\s*[\"']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])", is_varied, rules.secrets.SEC_TOKEN),
    _token("A token of Hugging Face", "hf_ api_org_", r"(?:hf_|api_org_)[A-Za-z]{34}", lambda value: entropy(value) > 3.5),
    _token("A token of GitHub", "ghp_ gho_ ghu_ ghs_ ghr_", r"gh[pousr]_[A-Za-z0-9]{36}", is_spread),
    _token("A token of GitHub", "github_pat_", r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", is_spread),
    _token("A token of GitLab", "glpat- gldt- glrt-", r"gl(?:pat|dt|rt)-[A-Za-z0-9_-]{20,64}", is_spread),
    _token("A token of Slack", "xox xapp-", r"x(?:ox[bpars]|app)-[A-Za-z0-9-]{20,200}", is_spread),
    _assigned("A web hook of Slack", "hooks.slack.com", r"hooks\.slack\.com/services/(T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{20,30})", _always, rules.secrets.SEC_TOKEN),
    _token("A key of Stripe", "k_live_", r"[sr]k_live_[A-Za-z0-9]{20,120}", is_spread, before=1),
    _token("A key of Anthropic", "sk-ant-", r"sk-ant-[A-Za-z0-9_-]{24,160}", is_spread),
    _token("A key of OpenAI", "sk-", r"sk-(?:proj-|svcacct-|admin-)[A-Za-z0-9_-]{24,200}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|sk-[A-Za-z0-9]{48}", is_spread),
    _token("A key of OpenRouter", "sk-or-v1-", r"sk-or-v1-[0-9a-f]{64}", _always),
    _token("A token of npm", "npm_", r"npm_[A-Za-z0-9]{36}", is_spread),
    _token("A token of PyPI", "pypi-AgEI", r"pypi-AgEI[A-Za-z0-9_-]{50,500}", _always),
    _token("A key of Google", "AIza", r"AIza[A-Za-z0-9_-]{35}", is_spread),
    _token("A token of Google", "ya29.", r"ya29\.[A-Za-z0-9_-]{40,300}", is_spread),
    _token("A secret of a Google client", "GOCSPX-", r"GOCSPX-[A-Za-z0-9_-]{28}", _always),
    _token("A key of SendGrid", "SG.", r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}", is_spread),
    _token("A token of Telegram", ":AA", r"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}", is_spread, before=10),
    _token("A token of Databricks", "dapi", r"dapi[0-9a-f]{32}", is_spread),
    _token("A token of DigitalOcean", "dop_v1_", r"dop_v1_[0-9a-f]{64}", _always),
    _token("A token of Docker Hub", "dckr_pat_", r"dckr_pat_[A-Za-z0-9_-]{27}", _always),
    _token("A token of Replicate", "r8_", r"r8_[A-Za-z0-9]{37}", is_spread),
    _token("A key of Groq", "gsk_", r"gsk_[A-Za-z0-9]{52}", is_spread),
    _token("A key of Perplexity", "pplx-", r"pplx-[A-Za-z0-9]{48}", is_spread),
    _token("A token of HashiCorp Vault", "hvs.", r"hvs\.[A-Za-z0-9_-]{24,200}", is_spread),
    _token("A token of Linear", "lin_api_", r"lin_api_[A-Za-z0-9]{40}", is_spread),
    _token("A token of Notion", "ntn_ secret_", r"ntn_[A-Za-z0-9]{46}|secret_[A-Za-z0-9]{43}", is_spread),
    _token("A token of this hub", "hub_", r"hub_[A-Za-z0-9]{33,48}", is_spread),
    _token("A signed token", "eyJ", r"eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,3000}\.[A-Za-z0-9_-]{20,600}", is_token_of_json),
    _assigned("A key of Azure storage", "accountkey", r"AccountKey=([A-Za-z0-9+/]{86}==)", _always, rules.secrets.SEC_TOKEN),
    _assigned("A signature for Azure storage", "&sig=", r"&sig=([A-Za-z0-9]{0,43}%[A-Za-z0-9%]{10,60}|[A-Za-z0-9+/]{43}=)", is_varied, rules.secrets.SEC_TOKEN),
    _assigned("A key of Weights & Biases", "wandb", r"wandb(?:_api_key[\"']?\]?\s*[:=]\s*|\.login\(key\s*=\s*)[\"']?([0-9a-f]{40})(?![0-9a-f])", is_varied, rules.secrets.SEC_TOKEN),
    _assigned("The password in an address", "://", r"://[^\s/:@\"'<>]{0,64}:([^\s/@\"'<>]{3,128})@[A-Za-z0-9.\[-]", _is_password, _PASSWORD),
    _assigned("The password of a machine (netrc)", "machine", r"machine\s+\S{1,100}\s+login\s+\S{1,100}\s+password\s+(\S{4,128})", _is_password, _PASSWORD),
    _assigned("A password or secret", "passw secret api_key api-key apikey _token -token", _VALUE_FORM, _is_random, _PASSWORD),
)  # fmt: skip
