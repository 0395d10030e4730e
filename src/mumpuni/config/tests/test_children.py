"""Server and worker live and stop together."""

import socket
import urllib.request
from pathlib import Path

import pytest

from mumpuni.config import children


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.usefixtures("programs_use_the_database_of_the_test")
def test_the_server_answers_and_stops_with_the_worker(tmp_path: Path) -> None:
    number = free_port()

    with children.running({"serve": [f"--port={number}"], "worker": []}, tmp_path) as started:
        children.wait_for_port(started, number)
        with urllib.request.urlopen(f"http://127.0.0.1:{number}/healthz") as answer:
            assert answer.status == 200

    assert [child.process.poll() is not None for child in started] == [True, True]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", number), timeout=1)


def test_one_that_ends_is_told_with_its_last_words(tmp_path: Path) -> None:
    with (
        pytest.raises(children.ChildEnded, match=r"certify ended by itself(.|\n)*Unknown command"),
        children.running({"certify": []}, tmp_path) as started,
    ):
        children.wait_until_one_ends(started)


def test_a_server_that_ends_is_not_waited_for(tmp_path: Path) -> None:
    with (
        pytest.raises(children.ChildEnded, match="ended by itself"),
        children.running({"certify": []}, tmp_path) as started,
    ):
        children.wait_for_port(started, free_port())


def test_a_server_that_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "SECONDS_TO_ANSWER", 0.5)

    with pytest.raises(children.ChildEnded, match="does not answer"):
        children.wait_for_port([], free_port())
