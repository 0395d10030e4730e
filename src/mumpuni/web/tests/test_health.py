"""What machines ask: alive, ready, figures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django.fixtures import Settings

from mumpuni.access.jobs import send_invitation
from mumpuni.kernel.jobs import enqueue
from mumpuni.web import metrics


def fail(*_: object) -> None:
    raise OperationalError("gone")


def test_alive_needs_no_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_the_database_is_migrated(client: Client) -> None:
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "database": True,
        "migrations": True,
        "queue": True,
        "worker": False,
    }
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_while_the_database_fails(client: Client) -> None:
    with connection.execute_wrapper(fail):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert not any(response.json().values())


@pytest.mark.django_db
def test_a_worker_is_alive_while_it_says_so(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        assert client.get("/readyz").json()["worker"] is True
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
        )

    assert client.get("/readyz").json()["worker"] is False


@pytest.mark.django_db
def test_figures_tell_what_waits_in_the_queue(client: Client) -> None:
    enqueue(send_invitation, event_id=1)

    told = client.get("/metrics").text

    assert 'mumpuni_jobs{status="todo"} 1.0' in told
    assert 'mumpuni_jobs{status="failed"} 0.0' in told
    assert "mumpuni_workers 0.0" in told


@pytest.mark.django_db
def test_figures_of_requests_need_no_database(client: Client) -> None:
    with connection.execute_wrapper(fail):
        told = client.get("/metrics").text

    assert "mumpuni_http_requests_total" in told
    assert "mumpuni_jobs" not in told


@pytest.mark.django_db
def test_figures_are_for_this_machine_alone(client: Client) -> None:
    client.get("/akun/login/?email=rahasia@contoh.test")

    here = client.get("/metrics")
    there = client.get("/metrics", REMOTE_ADDR="203.0.113.5")
    behind = client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.5"})

    assert 'route="account_login"' in here.text
    assert "rahasia" not in here.text
    assert (there.status_code, behind.status_code) == (404, 404)


@pytest.mark.django_db
def test_figures_elsewhere_need_the_token(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "kunci-metrik"

    def asked(token: str) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return client.get("/metrics", REMOTE_ADDR="203.0.113.5", headers=headers).status_code

    assert [asked("kunci-metrik"), asked("kunci-lain"), asked("kunci-é")] == [200, 404, 404]
    assert client.get("/metrics").status_code == 404


def test_figures_of_all_processes_are_added_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    counting = "from mumpuni.web import metrics; metrics.count('GET', 'desk', 200, 0.1)"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", counting], check=True)

    assert b'{method="GET",route="desk",status="200"} 2.0' in metrics.figures()


def test_machines_only_ask(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
