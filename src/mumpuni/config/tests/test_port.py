"""The port is settled and tried before minutes of work."""

import socket
from collections.abc import Iterator

import pytest

from mumpuni.config import port


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_the_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8100")

    assert port.wanted(["--port=8200", "--verbosity=0"]) == 8200
    assert port.wanted([]) == 8100


def test_without_either_it_is_8000(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)

    assert port.wanted([]) == 8000


@pytest.mark.parametrize("written", ["0", "65536", "-1", "http", "８０００", ""])
def test_what_is_no_port_is_refused(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        port.wanted([f"--port={written}"])

    assert "a number from 1 to 65535" in capsys.readouterr().err


def test_a_port_in_use_is_told_with_another_to_try(taken: int) -> None:
    with pytest.raises(port.PortTaken, match=f"PORT={taken + 1} make demo"):
        port.require_free(taken)


def test_a_free_port_stays_free(taken: int) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        free = listener.getsockname()[1]

    port.require_free(free)
    port.require_free(free)
