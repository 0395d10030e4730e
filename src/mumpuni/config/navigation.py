"""The links of the header, in order: what exists, and who may use it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.web.navigation import Entry

NAVIGATION: list[Entry] = [
    # whoever is signed in may make tokens
    Entry("portal:desk", _("Meja kerja"), P.TOKEN_MANAGE),
    Entry("portal:verify", _("Periksa sertifikat")),
    Entry("portal:bodies", _("Direktori")),
    Entry("schemes:standards", _("Standar")),
    Entry("portal:statistics", _("Statistik")),
    Entry("licensing:licences", _("Lisensi"), P.LICENCE_VIEW),
    Entry("schemes:workspace", _("Skema"), P.SCHEME_VIEW),
    Entry("assessors:assessors", _("Asesor"), P.ASSESSOR_VIEW),
    Entry("assessment:sessions", _("Asesmen"), P.SESSION_VIEW),
    Entry("certificates:certificates", _("Sertifikat"), P.CERTIFICATE_VIEW),
    Entry("certificates:reports", _("Laporan"), P.REPORT_VIEW),
    Entry("access:organisations", _("Lembaga"), P.MEMBER_MANAGE),
    Entry("access:policies", _("Kebijakan"), P.POLICY_SET),
    Entry("access:trail", _("Jejak audit"), P.AUDIT_VIEW),
]
