"""Distributions of scipy.stats: their state holds program text, which SciPy runs while it loads them.

``rv_generic.__setstate__`` executes the text under ``_parse_arg_template``. SciPy makes it from one pattern and the names of
the parameters; any other text is an attack, and so is a state that cannot be looked into.
"""

from __future__ import annotations

import re

from governance.scanning.engine.pickle.values import Mapping, Value

MODULE = "scipy.stats"
_KEY = "_parse_arg_template"
_NAMES = r"((?:[A-Za-z_]\w*, )*)"
_IN = r"loc=0(?:, scale=1)?"
_OUT = r"loc, (?:scale|1)"
_TEMPLATE = re.compile(
    rf"\ndef _parse_args\(self, {_NAMES} *{_IN}\):\n    return \(\1\), {_OUT}\n"
    rf"\ndef _parse_args_rvs\(self, \1 *{_IN}, size=None\):\n    return self\._argcheck_rvs\(\1 *{_OUT}, size=size\)\n"
    rf"\ndef _parse_args_stats\(self, \1 *{_IN}, moments='mv'\):\n    return \(\1\), {_OUT}, moments\n",
    re.ASCII,
)


def is_distribution(module: str) -> bool:
    """Whether classes of this module may run text from their state."""
    return module == MODULE or module.startswith(f"{MODULE}.")


def runs_text(state: Value) -> bool:
    """Whether this state would run a text that SciPy did not make, or might."""
    if not isinstance(state, Mapping):
        return True
    if not all(type(key) is str for key in state.flat[::2]):
        return True
    pairs = zip(state.flat[::2], state.flat[1::2], strict=False)
    texts = [text for key, text in pairs if key == _KEY]
    return not all(isinstance(text, str) and _TEMPLATE.fullmatch(text) for text in texts)
