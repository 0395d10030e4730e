"""What is required of requests, certificates, replacements; docs/rules/certificates.md."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mumpuni.assessment.models import Candidate, Session
from mumpuni.certificates.models import Certificate, CertificateRequest, Replacement
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.rules import check_active, check_in_scope
from mumpuni.licensing.rules.ties import check_outside
from mumpuni.paper import printable, unprintable

REASON = Replacement.Reason
REPORT_DAYS = Policy(
    name="certificates.report_days",
    label=gettext_lazy("Tindak lanjut laporan penyalahgunaan"),
    unit=gettext_lazy("hari kerja"),
    default=10,
    source="rancangan",
)


def session_is_ours(request: CertificateRequest, _attempt: Attempt) -> None:
    """C-02: a body asks for certificates of its own sessions."""
    if request.session.organisation_id != request.organisation_id:
        raise Refused(_("Jadwal ini bukan milik LSP Anda."), code="C-02")


def session_decided(request: CertificateRequest, _attempt: Attempt) -> None:
    """C-01: there is no certificate before the plenary has decided on every candidate."""
    if request.session.state != Session.State.CLOSED:
        raise Refused(
            _("Pleno atas jadwal ini belum selesai; tutup jadwalnya setelah semua asesi diputus."),
            code="C-01",
        )


def candidate_decided(certificate: Certificate, _attempt: Attempt) -> None:
    """C-01, once more where the certificate is made."""
    candidate = certificate.candidate
    if candidate.state != Candidate.State.COMPETENT or candidate.decided_at is None:
        raise Refused(
            _("%s belum diputus kompeten oleh pleno.") % certificate.holder_name, code="C-01"
        )


def someone_waits(request: CertificateRequest, _attempt: Attempt) -> None:
    """C-03: a request is for somebody; a decision is certified once (C-04)."""
    if not request.awaiting().exists():
        raise Refused(
            _("Tidak ada asesi kompeten yang belum bersertifikat pada jadwal ini."), code="C-03"
        )


def names_printable(request: CertificateRequest, _attempt: Attempt) -> None:
    """C-09: names are printed as they are written, so the fonts must have every letter."""
    names = request.awaiting().values_list("individual__name", flat=True)
    if wrong := [name for name in names if not printable(name)]:
        raise Refused(
            ngettext(
                "%(count)d nama memuat huruf yang tidak dapat dicetak: %(names)s.",
                "%(count)d nama memuat huruf yang tidak dapat dicetak: %(names)s.",
                len(wrong),
            )
            % {"count": len(wrong), "names": ", ".join(wrong[:5])},
            code="C-09",
        )


def licence_active(request: CertificateRequest, attempt: Attempt) -> None:
    check_active(request.organisation_id, attempt.on)


def scheme_in_scope(request: CertificateRequest, _attempt: Attempt) -> None:
    session = request.session
    check_in_scope(request.organisation_id, session.scheme_version_id, session.held_on)


def outside_the_body(record: CertificateRequest | Certificate, attempt: Attempt) -> None:
    check_outside(record.organisation, attempt)


def outside_the_issuer(replacement: Replacement, attempt: Attempt) -> None:
    check_outside(replacement.certificate.organisation, attempt)


def certificate_stands(replacement: Replacement, attempt: Attempt) -> None:
    """C-07: only a certificate that is valid on the day is replaced."""
    certificate = replacement.certificate
    if certificate.state != Certificate.State.VALID:
        raise Refused(
            _("Sertifikat ini berstatus %s, sehingga tidak dapat diganti.")
            % certificate.get_state_display().lower(),
            code="C-07",
        )
    if certificate.valid_until < attempt.on:
        raise Refused(
            _("Masa berlaku sertifikat ini berakhir pada %s; yang diperlukan sertifikasi ulang.")
            % date_format(certificate.valid_until, "DATE_FORMAT"),
            code="C-07",
        )


def name_fits_reason(replacement: Replacement, _attempt: Attempt) -> None:
    """C-08: a change of name changes the name, a loss does not; a misprint may do either."""
    changed = replacement.corrected_name != replacement.certificate.holder_name
    if replacement.reason == REASON.NAME_CHANGE and not changed:
        raise Refused(_("Nama yang benar masih sama dengan nama lama."), code="C-08")
    if replacement.reason == REASON.LOSS and changed:
        raise Refused(
            _("Penggantian karena hilang tidak mengubah nama; pilih perubahan nama."), code="C-08"
        )


def corrected_name_printable(replacement: Replacement, _attempt: Attempt) -> None:
    check_name_printable(replacement.corrected_name)


def check_name_printable(name: str) -> None:
    """C-09, for one name."""
    if lacking := unprintable(name):
        raise Refused(
            _(
                "Nama “%(name)s” memuat huruf yang tidak dapat dicetak: %(letters)s."
                " Tulislah ulang dengan huruf Latin."
            )
            % {"name": name, "letters": ", ".join(map(_shown, lacking))},
            code="C-09",
        )


def _shown(letter: str) -> str:
    """Give what nobody sees by its number."""
    return letter if letter.isprintable() else f"U+{ord(letter):04X}"


def check_may_download(certificate: Certificate) -> None:
    """C-10: the document is handed out while the certificate stands, and not before it is proven."""
    if certificate.state != Certificate.State.VALID:
        raise Refused(
            _("Dokumen tidak diberikan: sertifikat ini berstatus %s.")
            % certificate.get_state_display().lower(),
            code="C-10",
        )
    if not certificate.proven:
        raise Refused(_("Sertifikat ini masih dalam proses penerbitan."), code="C-10")
