"""What came of comparing the certificates with the log."""

from __future__ import annotations

from typing import Any

from django.db import models


class CertificateCheck(models.Model):
    """What was not as it was signed and told (C-15); of very many findings the first are kept."""

    at = models.DateTimeField()
    certificates = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    findings: models.JSONField[Any, list[dict[str, Any]]] = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.certificates} certificates compared, {self.found} findings"
