"""What each permission means to whoever gives it to a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

LABELS: Final[dict[P, _StrOrPromise]] = {
    P.ACCESS_MANAGE: _("Mendaftarkan lembaga"),
    P.MEMBER_MANAGE: _("Mengatur anggota dan profil lembaga"),
    P.AUDIT_VIEW: _("Membaca jejak audit"),
    P.POLICY_SET: _("Menetapkan kebijakan"),
    P.SCHEME_VIEW: _("Membaca skema"),
    P.SCHEME_AUTHOR: _("Menyusun skema"),
    P.SCHEME_VERIFY: _("Memverifikasi skema"),
    P.SCHEME_NUMBER: _("Memberi nomor skema"),
    P.STANDARD_CHANGE: _("Mencatat dan mengumumkan perubahan standar"),
    P.TRANSITION_PLAN: _("Merencanakan peralihan skema"),
    P.LICENCE_VIEW: _("Membaca lisensi dan permohonannya"),
    P.LICENCE_APPLY: _("Mengajukan lisensi"),
    P.LICENCE_EXAMINE: _("Memeriksa permohonan lisensi"),
    P.LICENCE_ASSESS: _("Mengasesmen calon LSP"),
    P.LICENCE_DECIDE: _("Memutus permohonan lisensi"),
    P.LICENCE_ENTER: _("Memasukkan lisensi yang diberikan sebelum sistem ini"),
    P.TASK_TAKE: _("Mengambil tugas"),
    P.TASK_ASSIGN: _("Membagi tugas"),
    P.LICENSING_ASSESSOR_MANAGE: _("Mengurus register asesor lisensi"),
    P.VISIT_VIEW: _("Membaca kunjungan dan temuannya"),
    P.VISIT_PLAN: _("Merencanakan kunjungan"),
    P.VISIT_CONDUCT: _("Melaksanakan kunjungan"),
    P.FINDING_ANSWER: _("Menjawab temuan"),
    P.FINDING_VERIFY: _("Memverifikasi perbaikan temuan"),
    P.SANCTION_VIEW: _("Membaca perkara sanksi dan kewajibannya"),
    P.SANCTION_PROPOSE: _("Mengusulkan sanksi"),
    P.SANCTION_REVIEW: _("Menelaah usulan sanksi"),
    P.SANCTION_DECREE: _("Menetapkan sanksi"),
    P.SANCTION_ANSWER: _("Menanggapi usulan sanksi"),
    P.OBLIGATION_PREPARE: _("Menyiapkan kewajiban"),
    P.OBLIGATION_FULFIL: _("Memenuhi kewajiban"),
    P.OBLIGATION_VERIFY: _("Memeriksa pemenuhan kewajiban"),
    P.APPEAL_VIEW: _("Membaca banding"),
    P.APPEAL_FILE: _("Mengajukan banding"),
    P.APPEAL_HANDLE: _("Mengurus banding"),
    P.APPEAL_DECIDE: _("Memutus banding"),
    P.MEETING_VIEW: _("Membaca sidang pleno"),
    P.MEETING_MANAGE: _("Mengurus sidang pleno"),
    P.MEETING_VOTE: _("Memberi suara dalam sidang pleno"),
    P.SURVEILLANCE_VIEW: _("Membaca surveilans dan angka tahunan"),
    P.SURVEILLANCE_PLAN: _("Menyusun program surveilans"),
    P.ASSESSOR_VIEW: _("Membaca register asesor"),
    P.ASSESSOR_PROPOSE: _("Mengusulkan asesor"),
    P.ASSESSOR_REGISTER: _("Mendaftarkan asesor"),
    P.VENUE_MANAGE: _("Mengatur TUK"),
    P.SESSION_VIEW: _("Membaca jadwal asesmen"),
    P.SESSION_MANAGE: _("Mengatur jadwal asesmen"),
    P.CANDIDATE_VIEW: _("Membaca data asesi"),
    P.CANDIDATE_ADMIT: _("Menerima asesi"),
    P.CANDIDATE_APPLY: _("Mendaftar sebagai asesi"),
    P.CANDIDATE_ASSESS: _("Menilai asesi"),
    P.CERTIFICATION_DECIDE: _("Memutus hasil asesmen"),
    P.CERTIFICATE_VIEW: _("Membaca sertifikat"),
    P.CERTIFICATE_HOLD: _("Membaca sertifikat sendiri"),
    P.CERTIFICATE_REQUEST: _("Meminta sertifikat"),
    P.CERTIFICATE_APPROVE: _("Menyetujui permohonan sertifikat"),
    P.CERTIFICATE_SUSPEND: _("Membekukan sertifikat"),
    P.CERTIFICATE_REVOKE: _("Mencabut sertifikat"),
    P.CERTIFICATE_REPLACE: _("Menyetujui penggantian sertifikat"),
    P.KEY_MANAGE: _("Mengurus kunci penanda tangan"),
    P.REPORT_VIEW: _("Membaca laporan penyalahgunaan"),
    P.REPORT_HANDLE: _("Menindaklanjuti laporan penyalahgunaan"),
}


def label(permission: str) -> str:
    """Return a permission in words, with its name in the program."""
    words = LABELS.get(P(permission))
    return f"{words} ({permission})" if words else permission
