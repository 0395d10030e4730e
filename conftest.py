"""What every test stands on: an environment, a database server and compiled translations.

pytest loads this file before Django's settings, which read the environment.
"""

import os

from mumpuni.config import postgres, translations

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mumpuni.config.settings")
if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = postgres.ensure_running()
    # what a test commits need not survive a power cut
    os.environ.setdefault("PGOPTIONS", "-c synchronous_commit=off")
os.environ["MUMPUNI_SECRET_KEY"] = "the-tests-need-a-secret-key-that-is-no-secret"  # noqa: S105
os.environ["MUMPUNI_FIELD_KEY"] = "dGVzdHMgbmVlZCBhIGtleSBvZiAzMiBieXRlcyAtLS0="

translations.compile_all()
