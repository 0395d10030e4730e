"""What every test stands on: an environment, a database server and compiled translations.

pytest loads this file before Django's settings, which read the environment.
"""

import os
import tempfile
from collections.abc import Iterator
from urllib.parse import quote

import django
import hypothesis
import pytest

from mumpuni.config import postgres, translations

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mumpuni.config.settings")
if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = postgres.ensure_running()
    # what a test commits need not survive a power cut
    os.environ.setdefault("PGOPTIONS", "-c synchronous_commit=off")
if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker inherits it
    # uploads and collected files of a demonstration in the same clone stay out of the tests
    os.environ["MUMPUNI_VAR"] = str(postgres.default_var() / "test")
os.environ["MUMPUNI_SECRET_KEY"] = "the-tests-need-a-secret-key-that-is-no-secret"  # noqa: S105
os.environ["MUMPUNI_FIELD_KEY"] = "dGVzdHMgbmVlZCBhIGtleSBvZiAzMiBieXRlcyAtLS0="
os.environ["MUMPUNI_LOOKUPS_COUNTED_SECONDS"] = "0"  # tests see them at once
# nothing collected there: tests see the files of the tree, not of the last `collectstatic`
NO_ASSETS = tempfile.TemporaryDirectory()
os.environ["MUMPUNI_STATIC_ROOT"] = NO_ASSETS.name

NEVER_EMPTIED = (
    "casework_issueddocument",
    "kernel_event",
    "plenary_ballot",
    "surveillance_dossier",
    "transparency_leaf",
    "transparency_logkey",
    "transparency_tile",
    "transparency_checkpoint",
    "transparency_cosignature",
    "transparency_selfcheck",
)

translations.compile_all()
# a slow machine is no failure
hypothesis.settings.register_profile("mumpuni", deadline=None)
hypothesis.settings.load_profile("mumpuni")
django.setup()

from django.db import connection  # noqa: E402 - needs the environment above
from pytest_django import DjangoDbBlocker  # noqa: E402

from mumpuni.kernel import policy  # noqa: E402
from mumpuni.reference.queries import calendar  # noqa: E402

LEFT_BEHIND = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let tests that commit empty the audit trail and the log afterwards; other locks stay."""
    # threads that do jobs leave no connection behind
    connection.settings_dict["CONN_MAX_AGE"] = 0
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in NEVER_EMPTIED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_never_emptied")
    yield
    # a browser that was just closed may leave a thread with a connection, and the drop would fail
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(LEFT_BEHIND)


@pytest.fixture(autouse=True)
def _policies_and_holidays_are_read_anew() -> None:
    policy.forget()
    calendar.forget()


@pytest.fixture
def programs_use_the_database_of_the_test(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let the commands that a test starts find what the test has committed, and that alone.

    What other tests queued is about records that are gone, and no flush empties that table.
    """
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    held = {name: quote(str(one), safe="") for name, one in connection.settings_dict.items()}
    address = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**held)
    monkeypatch.setenv("DATABASE_URL", address)
