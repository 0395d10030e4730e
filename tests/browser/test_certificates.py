"""Pages of certificates as people see them: no barrier, nothing wider than the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from tests.browser.conftest import with_second_factor
from tests.browser.visit import NARROW, WIDE, Scheme, Visit


@pytest.fixture
def certificate(transactional_db: None) -> Certificate:
    certificate = make.issued_certificate(make.decided_session(candidates=3), name="Dewi Ayu")
    make.submitted_replacement(certificate, name="Dewi Ayu Lestari")
    make.report(claimed_number=certificate.number)
    return certificate


def pages(certificate: Certificate) -> dict[str, str]:
    replacement = certificate.replacements.get()
    addresses: dict[str, list[int]] = {
        "certificates": [],
        "certificate": [certificate.pk],
        "blank": [certificate.pk],
        "replacement-new": [certificate.pk],
        "requests": [],
        "request": [certificate.request_id],
        "replacements": [],
        "replacement": [replacement.pk],
        "own": [],
    }
    return {name: reverse(f"certificates:{name}", args=key) for name, key in addresses.items()}


@pytest.mark.parametrize("looks", [(NARROW, "dark"), (WIDE, "light")])
@pytest.mark.parametrize("role", [Role.BODY_ADMIN, Role.CERTIFICATION_OFFICER])
def test_pages_of_certificates_keep_nobody_out(
    visit: Callable[..., Visit],
    shot: Callable[[Visit, str], None],
    certificate: Certificate,
    role: Role,
    looks: tuple[int, Scheme],
) -> None:
    of = certificate.organisation if role == Role.BODY_ADMIN else None
    user = access.member(role, of=of)
    with_second_factor(user)
    width, scheme = looks
    window = visit(width=width, scheme=scheme)
    window.sign_in(user)
    for name, path in pages(certificate).items():
        window.open(path)
        shot(window, f"certificates-{name}-{role}-{width}")

        assert window.barriers() == [], name
        assert window.overflow() <= 0, name
