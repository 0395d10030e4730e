"""Pages of keys and of the nightly check: no barrier, and long codes that break where they may."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.certificates import actions
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from mumpuni.credentials.keys import ensure_keys
from mumpuni.credentials.models import SigningKey
from tests.browser.conftest import with_second_factor
from tests.browser.visit import NARROW, WIDE, Scheme, Visit

type Open = Callable[..., Visit]
type Shot = Callable[[Visit, str], None]


@pytest.fixture
def keys(transactional_db: None) -> dict[SigningKey.Kind, SigningKey]:
    body = make.issued_certificate().organisation
    return ensure_keys(body, make.ISSUED_ON.year, make.ISSUED_AT)


def look(window: Visit, role: Role, paths: list[str], shot: Shot) -> None:
    user = access.member(role)
    with_second_factor(user)
    window.sign_in(user)
    for path in paths:
        window.open(path)
        shot(window, path.strip("/").replace("/", "-"))
        assert window.barriers() == [], path
        assert window.overflow() <= 0, path


@pytest.mark.parametrize("looks", [(NARROW, "dark"), (WIDE, "light")])
def test_pages_of_keys_keep_nobody_out(
    visit: Open,
    shot: Shot,
    keys: dict[SigningKey.Kind, SigningKey],
    looks: tuple[int, Scheme],
) -> None:
    width, scheme = looks
    seal = keys[SigningKey.Kind.SEAL].pk
    paths = [
        reverse("credentials:keys"),
        *(key.get_absolute_url() for key in keys.values()),
        reverse("credentials:key-compromise", args=[seal]),
        reverse("credentials:key-certificate", args=[seal]),
        reverse("credentials:key-step", args=[seal, "compromise"]),
    ]

    look(visit(width=width, scheme=scheme), Role.CERTIFICATION_OFFICER, paths, shot)


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("looks", [(NARROW, "dark"), (WIDE, "light")])
def test_the_page_of_the_nightly_check_keeps_no_auditor_out(
    visit: Open, shot: Shot, looks: tuple[int, Scheme]
) -> None:
    width, scheme = looks
    Certificate.objects.update(holder_name="Nama Palsu")
    actions.check_certificates(timezone.now())

    look(visit(width=width, scheme=scheme), Role.AUDITOR, [reverse("certificates:check")], shot)
