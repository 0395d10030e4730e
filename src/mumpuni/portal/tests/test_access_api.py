"""What programs do for administrators and auditors: organisations, members, policies, the trail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from mumpuni.access.models import Individual, Membership
from mumpuni.access.roles import Role
from mumpuni.access.tests import make
from mumpuni.certificates.models import MisuseReport
from mumpuni.kernel.jobs import do_queued
from mumpuni.licensing.tests import make as licensing
from tests.program import Program

pytestmark = pytest.mark.django_db


def program(role: Role) -> Program:
    user = make.member(role)
    return Program(user, user.memberships.get().organisation)


def test_a_program_asks_as_whom_it_acts() -> None:
    told = program(Role.BODY_DECIDER).get("/account")

    assert told["roles"] == ["body_decider", "individual"]
    assert "certification.decide" in told["permissions"]


def test_an_account_claims_its_person_by_the_document_and_address_on_record() -> None:
    user = make.user()
    make.confirm_email(user)
    known = make.individual(email=user.email)
    claim = {"document_kind": "nik", "document_number": known.document_number}

    Program(user).post("/account/identity", **claim)

    assert Individual.objects.get(user=user) == known
    assert Program(make.user()).refused("POST", "/account/identity", claim) == "K-40"


def test_an_organisation_is_registered_and_keeps_its_own_profile() -> None:
    authority = program(Role.AUTHORITY_ADMIN)
    made = authority.post("/organisations", kind="certification_body", name="LSP Baru")
    region = licensing.region()

    changed = authority.patch(f"/organisations/{made['id']}", address="Jalan 1", region=region.code)

    assert (changed["address"], changed["region"]) == ("Jalan 1", region.code)
    assert [one["name"] for one in authority.get("/organisations", q="baru")["items"]] == [
        "LSP Baru"
    ]
    assert authority.refused("PATCH", f"/organisations/{made['id']}", {"region": "00"}) == "invalid"


@pytest.mark.django_db(transaction=True)
def test_a_member_is_invited_by_mail_and_leaves() -> None:
    admin = program(Role.BODY_ADMIN)
    body = admin.get("/account")["organisation"]
    invitation = {"email": "baru@contoh.test", "name": "Anggota Baru", "role": "body_decider"}

    member = admin.post(f"/organisations/{body}/members", **invitation)
    do_queued()
    admin.take(f"/members/{member['id']}", "end")

    assert [letter.to for letter in mail.outbox] == [["baru@contoh.test"]]
    assert Membership.objects.get(pk=member["id"]).state == Membership.State.ENDED
    beyond = invitation | {"role": "auditor"}
    assert admin.refused("POST", f"/organisations/{body}/members", beyond) == "K-10"


def test_a_policy_is_set_and_withdrawn() -> None:
    authority = program(Role.AUTHORITY_ADMIN)
    path, today = "/policies/access.token_life", timezone.localdate()

    value = authority.post(f"{path}/values", value=30, valid_from=today, source="Keputusan 1")
    assert authority.get(path)["value"] == 30
    authority.take(f"/policy-values/{value['id']}", "withdraw", note="Salah ketik.")

    assert authority.get(path)["since"] is None
    late = {"value": 1, "valid_from": today - timedelta(days=1), "source": "Keputusan 2"}
    assert authority.refused("POST", f"{path}/values", late) == "K-31"
    assert program(Role.BODY_ADMIN).get("/policies")["items"] == []


def test_the_trail_is_read_by_auditors_alone() -> None:
    application = licensing.draft()
    about = {"subject": "licensing.licenceapplication", "subject_id": application.pk}

    [event] = program(Role.AUDITOR).get("/events", **about)["items"]

    assert (event["step"], event["after"]) == ("begin", "draft")
    assert program(Role.BODY_ADMIN).get("/events", **about)["items"] == []


def test_anybody_reports_misuse() -> None:
    report = {"claimed_number": "62019", "description": "Palsu.", "contact": "a@contoh.test"}

    answer = Client().post("/api/v1/verify/reports", report, "application/json")

    assert answer.status_code == 201

    assert MisuseReport.objects.get().description == "Palsu."
