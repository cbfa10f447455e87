"""A made-up catalogue and questions about it, inside a process of the hub (``manage.py shell``)."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.namespaces.models import Namespace
from accounts.users.models import User
from hub.core.actor import ANONYMOUS, Actor
from models_catalog.repos.models import Repo
from models_catalog.search.fulltext import full_text
from models_catalog.search.models import Approval, SearchFacet, SearchRow
from models_catalog.search.queries import DOWNLOADS, ModelQuery, find_models, page_of_models
from models_catalog.search.words import words_of
from models_catalog.storage.models import Verdict
from tests.benchmarks.inside import statements
from tests.benchmarks.report import percentile
from tests.factories.people import acting, make_organization, make_user

BATCH = 1000
LOOKS = 7
ORGANIZATIONS = [f"lab-{n:02}" for n in range(25)]
TASKS = ["text-generation", "text-classification", "fill-mask", "translation", "image-segmentation"]
LIBRARIES = ["transformers", "sentence-transformers", "onnx", "gguf"]
LICENCES = ["apache-2.0", "mit", "cc-by-4.0", "other"]
LANGUAGES = ["en", "sw", "fr", "ha", "yo", "zu", "pt", "ar"]
SIZES = ["under-100-mb", "100-mb-to-1-gb", "1-to-4-gb", "over-4-gb"]
RARE = [f"species{n}" for n in range(20_000)]
COMMON = "leaf"  # every second model has it


def fill(count: int) -> None:
    """Make sure that there are ``count`` models, most of them public, by writing rows and index directly."""
    have = Repo.objects.count()
    if not have:
        for name in ORGANIZATIONS:
            make_organization(name)
        make_user("reader")
    namespaces = list(Namespace.objects.filter(name__in=ORGANIZATIONS))
    author = User.objects.get(username="reader")
    source = random.Random(have)
    for start in range(have, count, BATCH):
        _write(range(start, min(start + BATCH, count)), namespaces, author, source)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@transaction.atomic
def _write(
    numbers: range, namespaces: list[Namespace], author: User, source: random.Random
) -> None:
    repos = Repo.objects.bulk_create(
        Repo(
            accession=f"BENCH-{n:07}",
            namespace=source.choice(namespaces),
            name=f"{source.choice(RARE)}-{n}b",
            folded=f"bench-{n}",
            visibility="private" if n % 20 == 0 else "public",
            created_by=author,
        )
        for n in numbers
    )
    rows = SearchRow.objects.bulk_create(_row(repo, source) for repo in repos)
    for row in rows:
        full_text().index(row)
    SearchFacet.objects.bulk_create(facet for row in rows for facet in _facets(row, source))


def _row(repo: Repo, source: random.Random) -> SearchRow:
    common = COMMON if source.random() < 0.5 else ""
    prose = " ".join(source.choices(RARE, k=60))
    return SearchRow(
        repo=repo,
        full_name=repo.full_name,
        folded_name=repo.full_name,
        title=repo.name,
        summary=f"It tells {common} and {prose[:80]} apart.",
        name_words=" ".join(words_of(repo.full_name, limit=80)),
        summary_words=" ".join(words_of(f"it tells {common} apart", limit=200)),
        card_words=" ".join(words_of(prose, limit=5000)),
        task=source.choice(TASKS),
        library=source.choice(LIBRARIES),
        license=source.choice(LICENCES),
        languages=source.sample(LANGUAGES, 2),
        approval=source.choice(list(Approval)),
        verdict=Verdict.SAFE,
        total_size=source.randrange(10**10),
        downloads=source.randrange(10**6),
        updated_at=timezone.now() - timedelta(minutes=source.randrange(10**6)),
    )


def _facets(row: SearchRow, source: random.Random) -> Iterator[SearchFacet]:
    pairs = [
        ("task", row.task),
        ("library", row.library),
        ("licence", row.license),
        ("approval", row.approval),
        ("size", source.choice(SIZES)),
        ("org", row.full_name.partition("/")[0]),
        ("format", "safetensors"),
        *(("language", language) for language in row.languages),
    ]
    return (SearchFacet(row=row, facet=facet, value=value) for facet, value in pairs)


def ask() -> None:
    """Ask every question some times; print median milliseconds and statements as JSON."""
    reader = acting(User.objects.get(username="reader"))
    one = {"task": ("text-generation",)}
    two = {**one, "language": ("sw", "en")}
    questions: dict[str, tuple[ModelQuery, Actor]] = {
        "list": (ModelQuery(), ANONYMOUS),
        "list for somebody signed in": (ModelQuery(), reader),
        "most downloaded": (ModelQuery(order=DOWNLOADS), ANONYMOUS),
        "one facet": (ModelQuery(chosen=one), ANONYMOUS),
        "two facets": (ModelQuery(chosen=two), ANONYMOUS),
        "a term of every second model": (ModelQuery(text=COMMON), ANONYMOUS),
        "a rare term": (ModelQuery(text="species19999"), ANONYMOUS),
        "a frequent term and two facets": (ModelQuery(text=COMMON, chosen=two), ANONYMOUS),
    }
    found = {title: _measured(_asking(*question)) for title, question in questions.items()}
    found["list, the page alone"] = _measured(lambda: page_of_models(ModelQuery(), actor=ANONYMOUS))
    print(json.dumps(found))


def _asking(query: ModelQuery, actor: Actor) -> Callable[[], object]:
    return lambda: find_models(query, actor=actor)


def _measured(work: Callable[[], object]) -> dict[str, float]:
    work()
    taken = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    with statements() as counter:
        work()
    return {"ms": percentile(taken, 0.5), "queries": counter.count}
