"""What is required of a licence: by others who rely on it, and of the sanctions on it."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import Licence, LicenceScope, Sanction, Status
from mumpuni.licensing.rules.ties import check_outside


def check_active(organisation_id: int, day: date) -> Licence:
    """Return the licence of a body, or refuse (L-10) unless it is active on that day."""
    licence = (
        Licence.objects.with_history()
        .select_related("organisation")
        .filter(organisation_id=organisation_id)
        .first()
    )
    if licence is None:
        raise Refused(_("Lembaga ini belum berlisensi."), code="L-10")
    status = licence.status_on(day)
    if status != Status.ACTIVE:
        raise Refused(_why_not_active(licence, status, day), code="L-10")
    return licence


def _why_not_active(licence: Licence, status: Status, day: date) -> str:
    told = {
        "body": licence.organisation.name,
        "number": licence.number,
        "day": _written(day),
    }
    sanction = licence.sanction_on(day)
    if sanction is not None and status in {Status.FROZEN, Status.REVOKED}:
        told |= {"since": _written(sanction.effective_on), "decree": sanction.decree_number}
        if status == Status.REVOKED:
            return _("Lisensi %(body)s dicabut sejak %(since)s (SK %(decree)s).") % told
        return (
            _(
                "Lisensi %(body)s dibekukan sejak %(since)s (SK %(decree)s)"
                " dan belum dicairkan pada %(day)s."
            )
            % told
        )
    if status == Status.EXPIRED:
        return _("Lisensi %(body)s (%(number)s) sudah berakhir pada %(day)s.") % told
    return _("Lisensi %(body)s (%(number)s) belum berlaku pada %(day)s.") % told


def check_in_scope(organisation_id: int, scheme_version_id: int, day: date) -> None:
    """L-11: a body certifies only the schemes in the scope of its licence on that day."""
    covered = LicenceScope.objects.in_force(day).filter(
        licence__organisation_id=organisation_id, scheme_version_id=scheme_version_id
    )
    if not covered.exists():
        raise Refused(
            _("Skema ini di luar ruang lingkup lisensi pada %s.") % _written(day), code="L-11"
        )


def origin_told(licence: Licence, _attempt: Attempt) -> None:
    """L-54: a licence comes of a granted application or names the source it was entered from."""
    if licence.application_id is None and not licence.source.strip():
        raise Refused(_("Sebutkan sumber lisensi yang dimasukkan."), code="L-54")


def freeze_prepared(licence: Licence, _attempt: Attempt) -> None:
    _check_prepared(licence, Sanction.Kind.FREEZE)


def revocation_prepared(licence: Licence, _attempt: Attempt) -> None:
    _check_prepared(licence, Sanction.Kind.REVOCATION)


def _check_prepared(licence: Licence, kind: Sanction.Kind) -> None:
    """L-20: decree, day and reason of a sanction are written down before it takes force."""
    prepared = licence.prepared_sanction
    if prepared is None or prepared.kind != kind:
        raise Refused(
            _("Siapkan %s lebih dahulu: nomor SK, hari mulai berlaku, dan alasannya.")
            % str(kind.label).lower(),
            code="L-20",
        )


def freeze_lifted(licence: Licence, _attempt: Attempt) -> None:
    _check_lifted(licence, Sanction.Kind.FREEZE)


def revocation_lifted(licence: Licence, _attempt: Attempt) -> None:
    _check_lifted(licence, Sanction.Kind.REVOCATION)


def _check_lifted(licence: Licence, kind: Sanction.Kind) -> None:
    """L-55: a sanction ends from the day that a decision names, which is written down first."""
    if licence.standing(kind) is not None:
        raise Refused(
            _("Tuliskan lebih dahulu sejak kapan %s berakhir.") % str(kind.label).lower(),
            code="L-55",
        )


def check_term(kind: str, months: int | None) -> None:
    """L-21: the decree of a freeze names its term in months."""
    if kind == Sanction.Kind.FREEZE and months is None:
        message = _("Pembekuan menyebut lamanya dalam bulan.")
        raise Invalid(message, code="L-21", fields={"months": [message]})


def sanction_within_licence(licence: Licence, _attempt: Attempt) -> None:
    """L-22: a sanction does not begin before the licence does."""
    prepared = licence.prepared_sanction
    begun = min(term.valid_from for term in licence.terms.all())
    if prepared is not None and prepared.effective_on < begun:
        raise Refused(
            _("Sanksi mulai %(sanction)s, padahal lisensi baru mulai %(licence)s.")
            % {"sanction": _written(prepared.effective_on), "licence": _written(begun)},
            code="L-22",
        )


def outside_the_body(licence: Licence, attempt: Attempt) -> None:
    check_outside(licence.organisation, attempt)


def _written(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
