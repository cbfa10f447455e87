"""What keeps lists and their rows cheap where there are many models and many files."""

from __future__ import annotations

import pytest
from django.db import connection

from hub.core.actor import ANONYMOUS, SYSTEM
from hub.core.jobs.models import Job
from models_catalog.search.queries import ORDERS, UPDATED, visible_rows
from models_catalog.storage.actions import record_verdict
from models_catalog.storage.models import Blob, Verdict
from tests.factories.jobs import run_jobs
from tests.factories.models import commit_files, make_repo
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL plans by what is in the table"
)
@pytest.mark.parametrize("who", ["stranger", "member"])
def test_a_list_walks_along_the_index_of_its_order_instead_of_sorting_all_models(ada, who):
    actor = ANONYMOUS if who == "stranger" else acting(ada)
    rows = visible_rows(actor=actor).select_related("repo__namespace").order_by(*ORDERS[UPDATED])

    plan = rows[:31].explain()

    assert "USING INDEX search_updated" in plan
    assert "FOR ORDER BY" not in plan


@pytest.mark.parametrize(
    ("verdict", "is_made_anew"),
    [
        (Verdict.SAFE, False),
        (Verdict.UNSCANNABLE, False),
        (Verdict.ERROR, True),
        (Verdict.DANGEROUS, True),
    ],
)
def test_a_first_verdict_makes_the_row_anew_only_when_it_is_bad(ada, verdict, is_made_anew):
    """Two thousand files that are found clean one by one would make the row anew two thousand times."""
    commit_files(make_repo("many", owner=ada), {"a.txt": b"a"}, by=ada)
    run_jobs("refresh_search")
    blob = Blob.objects.get(size=1)

    record_verdict(blob, verdict=verdict, ruleset="test", actor=SYSTEM)

    asked = Job.objects.filter(kind="refresh_search", state="queued").exists()
    assert asked == is_made_anew


def test_a_verdict_that_changes_makes_the_row_anew(ada):
    commit_files(make_repo("many", owner=ada), {"a.txt": b"a"}, by=ada)
    blob = Blob.objects.get(size=1)
    record_verdict(blob, verdict=Verdict.SUSPICIOUS, ruleset="old", actor=SYSTEM)
    run_jobs("refresh_search")

    record_verdict(blob, verdict=Verdict.SAFE, ruleset="new", actor=SYSTEM)

    assert Job.objects.filter(kind="refresh_search", state="queued").exists()
