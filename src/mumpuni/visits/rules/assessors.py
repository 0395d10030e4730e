"""Who stands in the register of licensing assessors."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mumpuni.access.models import Individual, User
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt
from mumpuni.visits.models import LicensingAssessor


def same_person(known: Individual, name: str) -> None:
    """N-17: one identity document, one name; the other name is not disclosed."""
    if " ".join(known.name.split()).casefold() != " ".join(name.split()).casefold():
        raise Refused(
            _("Nomor identitas ini sudah tercatat dengan nama lain. Periksa nomor dan namanya."),
            code="N-17",
        )


def check_one_account(user: User, known: Individual | None) -> None:
    """N-17: an entry is one person with one account, who stands in the register once."""
    held = Individual.objects.filter(user=user).first()
    of_another = known is not None and known.user_id not in {None, user.pk}
    if of_another or (held is not None and held != known):
        raise Refused(_("Akun dan nomor identitas ini milik orang yang berbeda."), code="N-17")
    if known and LicensingAssessor.objects.filter(individual=known).exists():
        raise Refused(_("Orang ini sudah ada dalam register asesor lisensi."), code="N-17")


def term_in_force(assessor: LicensingAssessor, attempt: Attempt) -> None:
    """N-18: an assessor becomes active within a term."""
    on = attempt.on
    if not any(term.valid_from <= on <= term.valid_until for term in assessor.terms.all()):
        raise Refused(_("Belum ada masa berlaku yang mencakup hari ini."), code="N-18")


def is_oneself(assessor: LicensingAssessor, attempt: Attempt) -> None:
    """N-17: an assessor declares their own ties; those of others the coordinator writes down."""
    if attempt.actor.key != f"user:{assessor.individual.user_id}":
        raise Refused(_("Anda hanya dapat menyatakan ikatan Anda sendiri."), code="N-17")
