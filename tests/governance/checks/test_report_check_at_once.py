from __future__ import annotations

import pytest
from django.db import connection

from governance.checks.actions import Report, report_check
from governance.checks.models import ExternalCheck
from governance.checks.queries import reports_about
from tests.factories.models import commit_files, make_repo
from tests.factories.people import acting, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_reports_at_the_same_moment_one_counts(transactional_db, outcomes):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: nothing happens at once there")
    ada = make_user("ada")
    revision = commit_files(make_repo("leaf", owner=ada), {"a.txt": b"a"}, by=ada)

    def say(summary):
        report = Report("ci", "success", summary)
        return lambda: report_check(revision.repo, revision, report=report, actor=acting(ada))

    outcomes(*[say(str(number)) for number in range(3)])

    kept = reports_about(revision)
    assert [check.is_current for check in kept] == [True, False, False]
    assert ExternalCheck.objects.filter(is_current=True).count() == 1
