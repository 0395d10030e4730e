"""What is required of obligations."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt
from mumpuni.oversight.models import Obligation, SanctionCase


def case_open(obligation: Obligation, _attempt: Attempt) -> None:
    """O-15: obligations are prepared with their case and come into force with its decision."""
    case = obligation.case
    if not isinstance(case, SanctionCase) or not case.takes_obligations:
        raise Refused(_("Kewajiban disiapkan sebelum perkaranya dibawa ke pleno."), code="O-15")


def fulfilment_shown(obligation: Obligation, _attempt: Attempt) -> None:
    """O-16: a body that says it has fulfilled an obligation shows it by a file."""
    if all(one.withdrawn_at is not None for one in obligation.files.all()):
        raise Refused(_("Unggah sedikitnya satu bukti pemenuhan."), code="O-16")


def another_waives(obligation: Obligation, attempt: Attempt) -> None:
    """O-17: whoever laid down an obligation does not waive it."""
    if attempt.actor.key in obligation.prepared_by:
        raise Refused(
            _("Anda yang menyiapkan kewajiban ini; mintalah rekan lain membebaskannya."),
            code="O-17",
        )
