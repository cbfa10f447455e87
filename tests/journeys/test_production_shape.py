"""The same processes over PostgreSQL and Redis: what production runs."""

from __future__ import annotations

import os
import signal
import uuid
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from tests.journeys.publisher import Publisher

pytestmark = [pytest.mark.journey, pytest.mark.slow]

QUEUE_NUMBER, CACHE_NUMBER = 14, 15  # Redis databases that no other test uses


@pytest.fixture
def services():
    """The variables of an empty database and an empty Redis of the suite's own servers."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("needs the suite's PostgreSQL and Redis: python -m tests.run")
    name = f"shape_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    server = os.environ["REDIS_URL"].rpartition("/")[0]
    for number in (QUEUE_NUMBER, CACHE_NUMBER):
        with redis.Redis.from_url(f"{server}/{number}") as client:
            client.flushdb()
    yield {
        "DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl(),
        "REDIS_URL": f"{server}/{CACHE_NUMBER}",
        "CELERY_BROKER_URL": f"{server}/{QUEUE_NUMBER}",
    }
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_model_is_published_over_postgresql_and_redis(start_hub, services):
    hub = start_hub(**services)
    publisher = Publisher.at(hub, "ada")
    with publisher.client:
        model = publisher.add_model("produced")

        publisher.publish(model, {"README.md": b"# Hello\n", "config.json": b"{}"})

        publisher.wait_until_fetchable(model, "config.json")
        page = publisher.client.get(f"/{model}", headers={"Accept": "text/html"})
        assert "Hello" in page.text
    assert "0 problems" in hub.manage("fsck")
    hub.manage("verify_audit")


def test_an_emptied_queue_costs_a_retry_and_never_a_scan(start_hub, services):
    hub = start_hub(**services)
    publisher = Publisher.at(hub, "ada")
    with publisher.client:
        model = publisher.add_model("emptied")
        os.kill(hub.pid_of("worker"), signal.SIGSTOP)  # stopped: nothing is taken from the queue
        publisher.publish(model, {"config.json": b"{}"})
        with redis.Redis.from_url(services["CELERY_BROKER_URL"]) as client:
            client.flushdb()
        os.kill(hub.pid_of("worker"), signal.SIGCONT)

        publisher.wait_until_fetchable(model, "config.json")
