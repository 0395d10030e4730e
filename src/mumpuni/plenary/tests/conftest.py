"""What these tests vote on: organisations, since what is really voted on lies in packages above."""

import pytest

from mumpuni.access.models import Organisation
from mumpuni.access.tests import make as access
from mumpuni.plenary.models import QUESTIONS, Meeting, Question

KIND = "access.organisation"


@pytest.fixture(autouse=True)
def _questions(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, by in (("admit", Meeting.Kind.PLENARY), ("appeal", Meeting.Kind.APPEAL)):
        question = Question(
            kind=KIND,
            name=name,
            label="Penerimaan lembaga" if name == "admit" else "Banding lembaga",
            state="registered",
            of=lambda organisation: organisation.pk,
            by=by,
        )
        monkeypatch.setitem(QUESTIONS, (KIND, name), question)


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama")
