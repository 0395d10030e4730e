"""What kinds of certification bodies there are, and whom each may certify (L-02)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyType(models.TextChoices):
    P1_EDUCATION = "p1_education", _("P1 pendidikan dan pelatihan")
    P1_INDUSTRY = "p1_industry", _("P1 industri")
    P2 = "p2", _("P2")
    P3 = "p3", _("P3")


class FounderKind(models.TextChoices):
    EDUCATION = "education", _("Lembaga pendidikan atau pelatihan")
    COMPANY = "company", _("Perusahaan")
    AGENCY = "agency", _("Instansi pemerintah")
    ASSOCIATION = "association", _("Asosiasi industri atau profesi")


class CandidateGroup(models.TextChoices):
    """Whom a licence allows to certify; kept apart from the type, since sources differ on it."""

    OWN_STUDENTS = "own_students", _("Peserta didik sendiri dan jejaring")
    OWN_STAFF = "own_staff", _("Pegawai sendiri")
    NETWORK = "network", _("Pegawai sendiri, pemasok, dan jejaring")
    SECTOR = "sector", _("Seluruh sektor atau profesi")


class Affiliation(models.TextChoices):
    """What ties a candidate to the certification body."""

    STUDENT = "student", _("Peserta didik LSP ini")
    STAFF = "staff", _("Pegawai lembaga induk LSP ini")
    SUPPLIER = "supplier", _("Pegawai pemasok")
    NETWORK = "network", _("Anggota jejaring")
    NONE = "none", _("Tidak terikat")


GROUPS_OF_TYPE: dict[BodyType, frozenset[CandidateGroup]] = {
    BodyType.P1_EDUCATION: frozenset({CandidateGroup.OWN_STUDENTS}),
    BodyType.P1_INDUSTRY: frozenset({CandidateGroup.OWN_STAFF}),
    BodyType.P2: frozenset({CandidateGroup.OWN_STAFF, CandidateGroup.NETWORK}),
    BodyType.P3: frozenset({CandidateGroup.SECTOR}),
}

FOUNDERS_OF_TYPE: dict[BodyType, frozenset[FounderKind]] = {
    BodyType.P1_EDUCATION: frozenset({FounderKind.EDUCATION}),
    BodyType.P1_INDUSTRY: frozenset({FounderKind.COMPANY}),
    BodyType.P2: frozenset({FounderKind.COMPANY, FounderKind.AGENCY}),
    BodyType.P3: frozenset({FounderKind.ASSOCIATION}),
}

ADMITTED: dict[CandidateGroup, frozenset[Affiliation]] = {
    CandidateGroup.OWN_STUDENTS: frozenset({Affiliation.STUDENT, Affiliation.NETWORK}),
    CandidateGroup.OWN_STAFF: frozenset({Affiliation.STAFF}),
    CandidateGroup.NETWORK: frozenset(
        {Affiliation.STAFF, Affiliation.SUPPLIER, Affiliation.NETWORK}
    ),
    CandidateGroup.SECTOR: frozenset(Affiliation),
}
