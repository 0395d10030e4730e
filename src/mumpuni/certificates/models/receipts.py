"""What is kept of a batch of verifications: that it was answered, and how to know its files."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mumpuni.certificates.models.certificates import new_public_id


class VerificationReceipt(models.Model):
    """V-11: proof that a batch was answered, without its rows.

    Numbers and names stand only in the files that were handed to whoever asked. `digest` is the
    SHA-256 of the file of rows, which holds 128 random bits: nobody who does not have the file can
    try numbers and names until the digest fits.
    """

    public_id = models.CharField(max_length=16, primary_key=True, default=new_public_id)
    given_at = models.DateTimeField(_("diberikan pada"))
    rows = models.PositiveIntegerField(_("baris"))
    summary: models.JSONField[Any, dict[str, int]] = models.JSONField(_("ringkasan"))
    digest = models.CharField(_("SHA-256"), max_length=64)

    def __str__(self) -> str:
        return self.public_id
