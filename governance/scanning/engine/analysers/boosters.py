"""Trees and word vectors: which reader takes which form."""

from __future__ import annotations

from collections.abc import Callable

from governance.scanning.engine import rules
from governance.scanning.engine.boosters import catboost, lightgbm, ubjson, vectors, xgboost
from governance.scanning.engine.subject import Subject

_LONGEST = 1024 * 1024 * 1024


def _ubjson(subject: Subject) -> None:
    """Parse it to its end; the models of XGBoost are the only ones that are written so."""
    if subject.reader.size > _LONGEST:
        subject.add(rules.boosters.LIMITS, f"It is longer than {_LONGEST:,} bytes.")
        return
    parser = ubjson.Parser(subject.reader, subject.meter)
    try:
        value = parser.parse()
    except ubjson.Malformed as reason:
        subject.add(rules.boosters.BROKEN, f"It cannot be read: {reason}.")
        return
    if parser.cursor.position < subject.reader.size:
        left = subject.reader.size - parser.cursor.position
        text = f"{left:,} bytes follow its end."
        subject.add(rules.boosters.TRAILING, text, offset=parser.cursor.position)
    if parser.repeated:
        text = f"The name {parser.repeated[0]!r} occurs twice in one object."
        subject.add(rules.boosters.REPEATED, text)
    if xgboost.is_model(value):
        xgboost.judge(subject, value)
    else:
        subject.add(rules.boosters.OLD_FORM, "It is UBJSON, but no model that is known here.")


def _old_xgboost(subject: Subject) -> None:
    subject.add(
        rules.boosters.OLD_FORM, "It is a model in the binary form that XGBoost has given up."
    )


ANALYSERS: dict[str, Callable[[Subject], None]] = {
    "catboost": catboost.analyse,
    "fasttext": vectors.analyse_fasttext,
    "lightgbm": lightgbm.analyse,
    "ubjson": _ubjson,
    "word2vec": vectors.analyse_word2vec,
    "xgboost-binary": _old_xgboost,
}
