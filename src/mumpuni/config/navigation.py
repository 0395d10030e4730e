"""The links of header and footer, in order: what exists, and who may use it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mumpuni.access.roles import Permission as P
from mumpuni.web.navigation import Entry

NAVIGATION: list[Entry] = [
    Entry("portal:verify", _("Periksa sertifikat")),
    Entry("portal:bodies", _("Direktori")),
    Entry("schemes:standards", pgettext_lazy("menu", "Standar")),
    Entry("portal:statistics", _("Statistik")),
    # whoever is signed in may make tokens
    Entry("portal:desk", _("Meja kerja"), P.TOKEN_MANAGE),
    # of the authority, and of a body
    Entry("casework:inbox", _("Kotak tugas"), P.TASK_TAKE),
    Entry("casework:inbox", _("Kotak tugas"), P.FINDING_ANSWER),
    Entry("casework:inbox", _("Kotak tugas"), P.SCHEME_AUTHOR),
    Entry("assessment:my-applications", _("Pendaftaran saya"), P.CANDIDATE_APPLY, alone=True),
    Entry("certificates:own", _("Sertifikat saya"), P.CERTIFICATE_HOLD, alone=True),
    Entry("assessment:my-assessments", _("Penugasan saya"), P.CANDIDATE_ASSESS, alone=True),
    Entry("licensing:licences", pgettext_lazy("menu", "Lisensi"), P.LICENCE_VIEW),
    Entry("visits:visits", pgettext_lazy("menu", "Kunjungan"), P.VISIT_VIEW),
    Entry("surveillance:programmes", pgettext_lazy("menu", "Surveilans"), P.SURVEILLANCE_VIEW),
    Entry("plenary:meetings", pgettext_lazy("menu", "Pleno"), P.MEETING_VIEW),
    Entry("oversight:cases", pgettext_lazy("menu", "Pengawasan"), P.SANCTION_VIEW),
    Entry("schemes:workspace", pgettext_lazy("menu", "Skema"), P.SCHEME_VIEW),
    Entry("assessors:assessors", pgettext_lazy("menu", "Asesor"), P.ASSESSOR_VIEW),
    Entry("assessment:sessions", pgettext_lazy("menu", "Asesmen"), P.SESSION_VIEW),
    Entry("certificates:certificates", pgettext_lazy("menu", "Sertifikat"), P.CERTIFICATE_VIEW),
    Entry("credentials:keys", pgettext_lazy("menu", "Kunci"), P.KEY_MANAGE),
    Entry("certificates:reports", pgettext_lazy("menu", "Laporan"), P.REPORT_VIEW),
    Entry("access:organisations", pgettext_lazy("menu", "Lembaga"), P.MEMBER_MANAGE),
    Entry("access:policies", pgettext_lazy("menu", "Kebijakan"), P.POLICY_SET),
    Entry("access:trail", _("Jejak audit"), P.AUDIT_VIEW),
]

FOOTER: list[Entry] = [
    Entry("transparency:log", _("Log publik")),
    Entry("portal:api", _("API")),
]
