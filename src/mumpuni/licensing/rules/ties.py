"""Who may not judge a body because they belong to it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mumpuni.access.models import Organisation
from mumpuni.access.rules import belongs_to
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt


def check_outside(body: Organisation, attempt: Attempt) -> None:
    """L-14: nobody examines, assesses, decides or sanctions a body they belong to."""
    if belongs_to(body, attempt):
        raise Refused(
            _("Anda anggota lembaga ini; mintalah rekan lain yang tidak terikat menanganinya."),
            code="L-14",
        )
