"""Obligations: prepared with a case, in force with its decree, fulfilled or waived."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from inline_snapshot import snapshot

from mumpuni.access.person import SYSTEM
from mumpuni.access.tests import make as access
from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.models import Task
from mumpuni.kernel.workflow import amend, perform
from mumpuni.licensing.tests import make as licensing
from mumpuni.oversight import actions
from mumpuni.oversight.models import Obligation
from mumpuni.oversight.tests import make
from mumpuni.visits.tests import make as visits

pytestmark = pytest.mark.django_db

AT = make.noon(make.TODAY)
O = Obligation.State  # noqa: E741 - as the workflow names it


def test_an_obligation_is_in_force_from_the_decree_on() -> None:
    obligation = make.obliged()

    assert obligation.state == O.OPEN
    assert obligation.due_on is not None
    assert obligation.due_on >= make.TODAY + timedelta(days=14)
    task = Task.objects.about(obligation).open().get()
    assert (task.organisation_id, task.due_on) == (obligation.organisation_id, obligation.due_on)


def test_o_15_obligations_are_prepared_before_the_vote() -> None:
    case = make.in_plenary()

    with pytest.raises(Refused) as refused:
        make.prepared(case)

    assert refused.value.code == "O-15"


def test_o_16_a_fulfilment_is_shown() -> None:
    obligation = make.obliged()
    body = make.administrator(obligation.organisation)
    amend(obligation, {"report": "Sudah dikirim."}, body, at=AT)

    with pytest.raises(Refused) as refused:
        perform(obligation, "submit", body, at=AT)
    assert refused.value.code == "O-16"

    actions.attach_file(obligation, visits.photo(), body, at=AT)
    perform(obligation, "submit", body, at=AT)
    perform(obligation, "return", make.law_officer(), at=AT, note="Belum bermeterai.")
    [file] = obligation.files.all()
    actions.withdraw_file(obligation, file, body, at=AT)
    actions.withdraw_file(obligation, file, body, at=AT)
    with pytest.raises(Refused) as refused:
        perform(obligation, "submit", body, at=AT)
    assert refused.value.code == "O-16"


def test_the_same_file_is_kept_once_and_no_program_at_all() -> None:
    obligation = make.obliged()
    body = make.administrator(obligation.organisation)
    photo = visits.photo()

    actions.attach_file(obligation, photo, body, at=AT)
    actions.attach_file(obligation, photo, body, at=AT)
    assert obligation.files.count() == 1
    with pytest.raises(Invalid) as refused:
        actions.attach_file(obligation, SimpleUploadedFile("x.pdf", b"MZ"), body, at=AT)
    assert (refused.value.code, list(refused.value.fields)) == ("N-12", ["file"])


def test_o_17_whoever_laid_it_down_does_not_waive_it() -> None:
    case = make.in_review()
    officer, reviewer = make.law_officer(), make.law_officer()
    values = {"kind": "training", "text": "Pelatihan panitia.", "days": 30}
    obligation = actions.prepare_obligation(case, values, officer, at=AT)
    amend(obligation, {"days": 40}, officer, at=AT)
    amend(case, {"opinion": "Cukup.", "urgency": "Mendesak."}, reviewer, at=AT)
    perform(case, "to_plenary", reviewer, at=AT)
    make.decree_it(case)

    with pytest.raises(Refused) as refused:
        perform(obligation, "waive", officer, at=AT, note="Tidak perlu lagi.")
    assert refused.value.code == "O-17"
    perform(obligation, "waive", make.law_officer(), at=AT, note="Lembaga bubar.")
    assert obligation.state == O.WAIVED


def test_who_may_take_which_step() -> None:
    obligation = make.prepared(make.in_review())
    records = {}
    for state in O:
        copy = Obligation.objects.get(pk=obligation.pk)
        copy.state = state
        records[state.value] = copy
    people = {
        "law": make.law_officer(),
        "body": make.administrator(obligation.organisation),
        "other_body": make.administrator(licensing.applicant()),
        "officer": licensing.officer(),
        "system": SYSTEM,
    }

    assert access.matrix(records, people) == snapshot(
        {
            "prepared law": ["discard"],
            "prepared system": ["raise", "discard"],
            "open law": ["waive"],
            "open body": ["submit"],
            "submitted law": ["return", "fulfil", "waive"],
        }
    )
