"""Every sample of the corpus gets the kind of verdict that it must get."""

from __future__ import annotations

import pytest

from tests.scanning import corpus
from tests.scanning.judging import ALLOWED, judged
from tests.scanning.sample import Sample

CORPUS = [
    pytest.param(sample, id=f"{family}/{sample.expected.value}/{sample.name}")
    for family in corpus.families()
    for sample in corpus.samples(family)
]


@pytest.mark.parametrize("sample", CORPUS)
def test_a_sample_is_judged_for_what_it_is(sample: Sample):
    outcome = judged(sample.files)

    assert outcome.verdict in ALLOWED[sample.expected], "\n".join(outcome.findings)


def test_no_two_samples_of_a_family_share_a_name():
    ids = [parameter.id for parameter in CORPUS]

    assert len(ids) == len(set(ids))
