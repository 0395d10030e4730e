"""A certificate for tests that need one and do not care which: issued once for a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from mumpuni.access.tests import make as access
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from mumpuni.kernel.tests.worlds import around_tests


@pytest.fixture(scope="module")
def issued(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """Issue a certificate to Dewi Ayu, who has an account; yield its key."""

    def issue() -> int:
        return make.issued_certificate(name="Dewi Ayu", by=access.user("Dewi")).pk

    with around_tests(django_db_blocker, issue) as key:
        yield key


@pytest.fixture
def certificate(issued: int) -> Certificate:
    """Return the certificate as it stands in this test."""
    return Certificate.objects.get(pk=issued)


@pytest.fixture
def printed(certificate: Certificate) -> Certificate:
    """Return the certificate with its document."""
    return make.printed(certificate)
