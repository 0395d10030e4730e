"""What a scheme must have before it is verified, and by whom; docs/rules/schemes.md has the texts."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mumpuni.access.rules import belongs_to
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.queries import events_of
from mumpuni.kernel.workflow import AMEND, BEGIN, Attempt
from mumpuni.schemes.models import CompetencyStandard, Scheme, SchemeUnit, SchemeVersion

KBLI_LEVEL: Final = 5
KBJI_LEVEL: Final = 4
AUTHORING_STEPS: Final = (BEGIN, AMEND, "submit")
VERIFIERS_CHANGES: Final = ["remarks", "volume_reason"]
VERIFICATION_DAYS = Policy(
    name="schemes.verification_days",
    label=gettext_lazy("Verifikasi skema"),
    unit=gettext_lazy("hari kerja"),
    default=20,
    source="rancangan",
)
UNUSUAL_VOLUME = Policy(
    name="schemes.unusual_volume",
    label=gettext_lazy("Volume skema satu pemilik yang dianggap tak lazim"),
    unit=gettext_lazy("skema setahun"),
    default=50,
    source="rancangan (LK 2024: 270 dari 4.042 skema diajukan satu LSP)",
)


def titled(version: SchemeVersion, attempt: Attempt) -> None:
    """S-01: a scheme has a title."""
    if not version.title.strip():
        raise Refused(_("Isi judul skema."), code="S-01")


def has_core_unit(version: SchemeVersion, attempt: Attempt) -> None:
    """S-02: a scheme has at least one core unit."""
    if all(unit.part != SchemeUnit.Part.CORE for unit in version.scheme_units.all()):
        raise Refused(_("Skema memerlukan paling sedikit satu unit inti."), code="S-02")


def units_stand(version: SchemeVersion, attempt: Attempt) -> None:
    """S-03: no unit comes from a standard that was revoked."""
    revoked = [
        row.unit.code
        for row in version.scheme_units.all()
        if row.unit.standard.status == CompetencyStandard.Status.REVOKED
    ]
    if revoked:
        raise Refused(
            ngettext(
                "Standar unit %(codes)s sudah dicabut. Ganti unit itu.",
                "Standar unit %(codes)s sudah dicabut. Ganti unit-unit itu.",
                len(revoked),
            )
            % {"codes": ", ".join(revoked)},
            code="S-03",
        )


def level_given(version: SchemeVersion, attempt: Attempt) -> None:
    """S-05: a KKNI scheme names its level."""
    if version.scheme.kind == Scheme.Kind.KKNI and version.kkni_level is None:
        raise Refused(_("Skema KKNI memerlukan jenjang KKNI, 1 sampai 9."), code="S-05")


def classified(version: SchemeVersion, attempt: Attempt) -> None:
    """S-06: business activity and occupation are given as certificates will cite them."""
    if version.kbli is None or version.kbli.level != KBLI_LEVEL:
        raise Refused(_("Pilih kode KBLI lima digit; nomor skema memakainya."), code="S-06")
    if version.kbji is None or version.kbji.level != KBJI_LEVEL:
        raise Refused(_("Pilih kode KBJI empat digit; nomor sertifikat memakainya."), code="S-06")


def four_eyes(version: SchemeVersion, attempt: Attempt) -> None:
    """S-07: neither an author nor a member of the owner decides on a scheme."""
    owner = version.scheme.organisation
    own = owner.kind != owner.Kind.AUTHORITY and belongs_to(owner, attempt)
    if own or _wrote(version, attempt):
        raise Refused(
            _("Penyusun skema dan lembaganya tidak boleh memutus skema itu sendiri."), code="S-07"
        )


def _wrote(version: SchemeVersion, attempt: Attempt) -> bool:
    written = events_of(version).filter(actor=attempt.actor.key, step__in=AUTHORING_STEPS)
    return written.exclude(changes__has_any_keys=VERIFIERS_CHANGES).exists()


def awaits_number(version: SchemeVersion, attempt: Attempt) -> None:
    """S-08: a scheme is numbered once, when its owner has a code."""
    if version.scheme.number:
        raise Refused(_("Skema ini sudah bernomor."), code="S-08")
    if not version.scheme.organisation.code:
        raise Refused(
            _("Pemilik skema belum berlisensi. Nomor diberikan setelah lisensinya terbit."),
            code="S-08",
        )


def follows_a_published_version(version: SchemeVersion, attempt: Attempt) -> None:
    """S-09: a new version follows a published one, and there is one at a time."""
    earlier = list(SchemeVersion.objects.filter(scheme_id=version.scheme_id))
    if any(one.state in SchemeVersion.UNDER_WAY for one in earlier):
        raise Refused(_("Skema ini sudah punya versi yang sedang disusun."), code="S-09")
    if version.version != 1 + max((one.version for one in earlier), default=0):
        raise Refused(_("Nomor versi harus melanjutkan versi terakhir."), code="S-09")


def loaded_with_its_source(version: SchemeVersion, attempt: Attempt) -> None:
    """S-10: what is loaded as verified has its number, its source and the day of verification."""
    if not (version.scheme.number and version.source and version.verified_on):
        raise Refused(_("Skema muatan memerlukan nomor, sumber, dan tanggal."), code="S-10")


def remarks_answered(version: SchemeVersion, attempt: Attempt) -> None:
    """S-11: no remark of the verifier stands without an answer."""
    standing = sum(remark.answered_at is None for remark in version.remarks.all())
    if standing:
        raise Refused(
            ngettext(
                "%d catatan verifikator belum dijawab.",
                "%d catatan verifikator belum dijawab.",
                standing,
            )
            % standing,
            code="S-11",
        )


def is_unusual(version: SchemeVersion) -> bool:
    """Tell whether its owner had submitted unusually many schemes that year by then (S-12)."""
    day = version.submitted_on
    return day is not None and version.count_in_year > UNUSUAL_VOLUME.on(day)


def volume_explained(version: SchemeVersion, attempt: Attempt) -> None:
    """S-12: what comes in unusual numbers is verified for a reason that is written down."""
    if is_unusual(version) and not version.volume_reason.strip():
        raise Refused(
            _(
                "Ini skema ke-%(count)d dari pemilik ini dalam setahun."
                " Tuliskan dasar verifikasinya."
            )
            % {"count": version.count_in_year},
            code="S-12",
        )
