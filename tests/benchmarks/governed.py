"""Very many models with files, scans and cards, and a draft over all of them, inside a process of the hub (``manage.py shell``)."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from accounts.namespaces.models import Namespace
from accounts.users.models import User
from governance.policies.drafts import write_draft
from governance.policies.models import PolicyDraft
from governance.policies.places import HUB
from governance.scanning.engine import ruleset_version
from governance.scanning.models import ContentScan
from governance.simulations.actions import run_simulation, simulate
from governance.simulations.engine import governed, tried
from governance.simulations.models import Simulation
from models_catalog.cards.models import Card
from models_catalog.cards.render import RENDERER
from models_catalog.repos.models import Repo
from models_catalog.revisions.actions import MAIN
from models_catalog.revisions.models import FileObject, GitObject, Ref, Revision
from models_catalog.revisions.trees import build_trees
from models_catalog.storage.models import Blob, Verdict
from tests.benchmarks.inside import statements
from tests.factories.people import acting, make_organization, make_user

BATCH = 1000
ORGANIZATIONS = [f"lab-{number:02}" for number in range(25)]
LICENCES = ["apache-2.0", "mit", "cc-by-4.0", "", "gpl-3.0"]
RULES = {
    "verdicts": {"accepted": [Verdict.SAFE.value]},
    "licence_present": {},
    "safe_formats": {},
    "card_fields": {"fields": ["title", "license", "pipeline_tag"], "sections": []},
}


def fill(count: int) -> None:
    """Make ``count`` models of three files each, by writing rows directly, and a draft that asks more of them."""
    for name in ORGANIZATIONS:
        make_organization(name)
    operator = make_user("operator-one", is_superuser=True)
    namespaces = list(Namespace.objects.filter(name__in=ORGANIZATIONS))
    for start in range(0, count, BATCH):
        _write(range(start, min(start + BATCH, count)), namespaces, operator)
    write_draft(HUB, rules=RULES, note="A benchmark.", actor=acting(operator))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@transaction.atomic
def _write(numbers: range, namespaces: Sequence[Namespace], author: User) -> None:
    repos = Repo.objects.bulk_create(
        Repo(
            accession=f"BENCH-{n:07}",
            namespace=namespaces[n % len(namespaces)],
            name=f"model-{n}b",
            folded=f"model-{n}b",
            created_by=author,
        )
        for n in numbers
    )
    names = ("README.md", "config.json", "model.safetensors")
    ids = [{name: _digest("sha1", f"{n} {name}") for name in names} for n in numbers]
    _contents(numbers, repos, ids)
    trees = [build_trees(sorted(each.items())) for each in ids]
    GitObject.objects.bulk_create(
        GitObject(repo=repo, sha1=made.sha1, kind=made.kind, data=made.data)
        for repo, (_root, objects) in zip(repos, trees, strict=True)
        for made in objects
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            repo=repo,
            sha1=_digest("sha1", f"commit {repo.pk}"),
            tree_sha1=root,
            message="All of it",
            author=author,
            manifest_digest=_digest("sha256", f"manifest {repo.pk}"),
            file_count=len(names),
            total_size=3_000,
            context_ruleset=ruleset_version(),
            created_at=timezone.now(),
        )
        for repo, (root, _objects) in zip(repos, trees, strict=True)
    )
    Ref.objects.bulk_create(
        Ref(repo=repo, name=MAIN, revision=revision)
        for repo, revision in zip(repos, revisions, strict=True)
    )


def _contents(numbers: range, repos: Sequence[Repo], ids: Sequence[dict[str, str]]) -> None:
    """Bytes of their own for every file, all of them scanned; every seventh model is a pickle, every ninth suspicious."""
    blobs = Blob.objects.bulk_create(
        Blob(
            sha256=_digest("sha256", f"{n} {name}"),
            size=1000,
            verdict=Verdict.SUSPICIOUS if n % 9 == 0 and name.startswith("model") else Verdict.SAFE,
            ruleset=ruleset_version(),
        )
        for n, files in zip(numbers, ids, strict=True)
        for name in files
    )
    placed = [
        (n, repo, name, sha1)
        for n, repo, files in zip(numbers, repos, ids, strict=True)
        for name, sha1 in files.items()
    ]
    FileObject.objects.bulk_create(
        FileObject(repo=repo, sha1=sha1, blob=blob)
        for (_n, repo, _name, sha1), blob in zip(placed, blobs, strict=True)
    )
    now = timezone.now()
    ContentScan.objects.bulk_create(
        ContentScan(
            blob=blob,
            ruleset=blob.ruleset,
            verdict=blob.verdict,
            formats=[_format(n, name)],
            seconds=0.1,
            finished_at=now,
        )
        for (n, _repo, name, _sha1), blob in zip(placed, blobs, strict=True)
    )
    Card.objects.bulk_create(
        Card(
            blob=blob,
            renderer=RENDERER,
            title=f"Model {n}",
            facts={"license": LICENCES[n % 5], "pipeline_tag": "text-generation"},
            contents=[[2, "uses", "Intended uses"]],
            html="<p>It sorts leaves.</p>",
        )
        for (n, _repo, name, _sha1), blob in zip(placed, blobs, strict=True)
        if name == "README.md"
    )


def _format(number: int, name: str) -> str:
    if not name.startswith("model"):
        return "text"
    return "pickle" if number % 7 == 0 else "safetensors"


def _digest(kind: str, text: str) -> str:
    return hashlib.new(kind, text.encode(), usedforsecurity=False).hexdigest()


def run() -> None:
    """Simulate the draft as a worker does; print seconds, numbers and the statements of a small and a full batch as JSON."""
    draft = PolicyDraft.objects.select_related("made_by").get()
    simulation = simulate(draft, actor=acting(draft.made_by))
    began, worked = time.perf_counter(), time.process_time()
    if not simulation.is_done:
        run_simulation({"simulation": simulation.pk})
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    simulation = Simulation.objects.get(pk=simulation.pk)
    found = {
        "seconds": seconds,
        "cpu": cpu,
        "models": simulation.done,
        "stopped": simulation.counts["stopped"],
        "queries": [_queries(draft, number) for number in (1, 500)],
    }
    print(json.dumps(found))


def _queries(draft: PolicyDraft, number: int) -> int:
    """Statements for a batch of this many models."""
    repos = list(governed(draft)[:number])
    with statements() as counter:
        tried(draft, repos)
    return counter.count
