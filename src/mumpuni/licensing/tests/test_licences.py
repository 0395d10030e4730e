"""Licences: what a grant makes, how they stand on a day, and what sanctions do."""

from __future__ import annotations

from datetime import date

import pytest

from mumpuni.kernel.models import Event
from mumpuni.licensing import queries, rules
from mumpuni.licensing.queries import Status
from mumpuni.licensing.tests import make
from mumpuni.schemes.tests import make as schemes

pytestmark = pytest.mark.django_db


def test_a_grant_gives_number_code_term_and_scope() -> None:
    version = schemes.verified_scheme()

    body = make.licensed_body(schemes=[version], on=date(2024, 2, 29))

    licence = queries.licence_of(body.pk)
    assert licence is not None
    assert (licence.number, body.code) == (
        f"BNSP-LSP-{licence.ordinal:04d}-ID",
        licence.number[9:13],
    )
    [term] = licence.terms.all()
    assert (term.valid_from, term.valid_until) == (date(2024, 2, 29), date(2029, 2, 28))
    assert term.decree_number.startswith("KEP.")
    assert queries.in_scope_on(licence, version.pk, date(2024, 2, 29))
    assert not queries.in_scope_on(licence, version.pk, date(2024, 2, 28))
    assert Event.objects.filter(subject="licensing.licence", step="begin").count() == 1
    assert rules.check_active(body.pk, date(2024, 3, 1)) == licence
    assert queries.status_on(licence, date(2024, 2, 28)) == Status.NOT_LICENSED
