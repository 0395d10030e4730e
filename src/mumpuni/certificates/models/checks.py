"""What came of comparing the certificates with the log."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class FindingKind(models.TextChoices):
    """What may be wrong with a certificate or a template."""

    CERTIFICATE_MISSING = "certificate-missing", _("Sertifikat tidak ada lagi")
    CERTIFICATE_ALTERED = "certificate-altered", _("Sertifikat bukan lagi yang ditandatangani")
    CREDENTIAL_MISSING = "credential-missing", _("Tanda tangan tidak ada lagi")
    NEVER_SIGNED = "never-signed", _("Sertifikat tidak pernah ditandatangani")
    SIGNATURE_WRONG = "signature-wrong", _("Tanda tangan tidak sah")
    FACTS_DIFFER = "facts-differ", _("Isi berbeda dari yang ditandatangani")
    ISSUER_DIFFERS = "issuer-differs", _("Bukan milik LSP yang menandatangani")
    DIGEST_DIFFERS = "digest-differs", _("Sidik yang disimpan berbeda")
    KEY_ALTERED = "key-altered", _("Kunci diubah")
    TEMPLATE_ALTERED = "template-altered", _("Templat diubah")
    TEMPLATE_UNTOLD = "template-untold", _("Templat tidak tercatat dalam log")
    ISSUE_UNTOLD = "issue-untold", _("Penerbitan tidak tercatat dalam log")
    TOLD_OTHERWISE = "told-otherwise", _("Log mencatat hal lain")
    STATE_DIFFERS = "state-differs", _("Status berbeda dari log")
    MOVE_DIFFERS = "move-differs", _("Perubahan status di log bukan miliknya")


class CertificateCheck(models.Model):
    """What was not as it was signed and told (C-15); of very many findings the first are kept."""

    at = models.DateTimeField()
    certificates = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    findings: models.JSONField[Any, list[dict[str, Any]]] = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.certificates} certificates compared, findings: {self.found}"
