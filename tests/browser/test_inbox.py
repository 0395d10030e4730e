"""The inbox: no barrier, and tasks divided among people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.models import Task
from mumpuni.schemes.tests import make as schemes
from tests.browser.conftest import with_second_factor
from tests.browser.visit import NARROW, WIDE, Scheme, Visit


@pytest.mark.parametrize("looks", [(NARROW, "dark"), (WIDE, "light")])
def test_a_coordinator_divides_what_waits(
    visit: Callable[..., Visit],
    shot: Callable[[Visit, str], None],
    transactional_db: None,
    looks: tuple[int, Scheme],
) -> None:
    for _each in range(2):
        schemes.submitted_scheme(access.organisation(), at=timezone.now())
    verifier = access.member(Role.SCHEME_VERIFIER, name="Sari Penguji")
    coordinator = access.member(Role.DESK_COORDINATOR)
    with_second_factor(coordinator)
    width, scheme = looks
    window = visit(width=width, scheme=scheme)
    window.sign_in(coordinator)

    for name, path in (("kotak-tugas", "/tugas/"), ("bagi-tugas", "/tugas/bagi/?desk=schemes")):
        window.open(path)
        shot(window, name)
        assert window.barriers() == [], path
        assert window.overflow() <= 0, path
    for box in window.page.get_by_role("checkbox").all():
        box.check()
    window.page.get_by_label("Petugas").select_option(label="Sari Penguji")
    window.page.get_by_role("button", name="Bagikan").click()

    window.page.get_by_text("Sari Penguji").first.wait_for()
    assert set(Task.objects.values_list("assignee_id", flat=True)) == {verifier.pk}
