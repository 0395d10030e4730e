"""Keys that sign in a body's name, and the lists that tell what became of its credentials."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.credentials.signing import KeyKind, PublicKey
from mumpuni.kernel.models import StateField


class SigningKey(OwnedRecord):
    """A key of a body: its public half, and where the private one is kept.

    `controller` is the DID under which it was made; signatures name it forever. `public_key` is
    raw for Ed25519, a compressed point for P-256, and SubjectPublicKeyInfo for a seal.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("Aktif")
        RETIRED = "retired", _("Tidak dipakai lagi")
        COMPROMISED = "compromised", _("Bocor")

    class Kind(models.TextChoices):
        ED25519 = "ed25519", "Ed25519"
        P256 = "p256", "P-256"
        SEAL = "seal", _("Segel PDF (RSA-3072)")

    class Backend(models.TextChoices):
        FILE = "file", _("Berkas terenkripsi")
        PKCS11 = "pkcs11", _("Modul keamanan perangkat keras")

    EDITABLE: ClassVar = ("compromised_at",)
    view_permission = Permission.KEY_MANAGE

    state = StateField(State)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="keys", verbose_name=_("lembaga")
    )
    kind = models.CharField(_("jenis"), max_length=16, choices=Kind)
    year = models.PositiveSmallIntegerField(_("tahun"))
    key_id = models.CharField(_("nama kunci"), max_length=32)
    controller = models.CharField(_("DID"), max_length=300)
    public_key = models.BinaryField(_("kunci publik"))
    backend = models.CharField(_("penyimpan"), max_length=16, choices=Backend)
    location = models.CharField(_("tempat"), max_length=120, unique=True)
    certificate = models.BinaryField(_("sertifikat (DER)"), blank=True, default=b"")
    compromised_at = models.DateTimeField(_("bocor sejak"), null=True, blank=True)

    objects = OwnedQuerySet["SigningKey"].as_manager()

    class Meta:
        verbose_name = _("kunci penanda tangan")
        constraints = [
            models.UniqueConstraint(fields=["controller", "key_id"], name="key_id_once"),
            models.UniqueConstraint(
                fields=["organisation", "year", "kind"],
                condition=Q(state="active"),
                name="key_active_once_a_year",
                violation_error_message=_("Lembaga ini sudah punya kunci aktif jenis itu."),
            ),
            models.CheckConstraint(
                condition=~Q(state="compromised") | Q(compromised_at__isnull=False),
                name="key_compromised_since",
            ),
        ]

    def __str__(self) -> str:
        return self.verification_method

    def get_absolute_url(self) -> str:
        return reverse("credentials:key", args=[self.pk])

    @property
    def verification_method(self) -> str:
        """The URL by which verifiers find the public half."""
        return f"{self.controller}#{self.key_id}"

    @property
    def published(self) -> PublicKey:
        """The public half as credentials are checked with it; a seal has none such."""
        kinds: dict[str, KeyKind] = {self.Kind.ED25519: "ed25519", self.Kind.P256: "p256"}
        return PublicKey(kinds[self.kind], bytes(self.public_key))

    def is_trusted(self, logged_at: datetime | None) -> bool:
        """Tell whether a signature counts that the public log held at an instant, or never (Y-03)."""
        if self.state != self.State.COMPROMISED or self.compromised_at is None:
            return True
        return logged_at is not None and logged_at < self.compromised_at


class StatusList(models.Model):
    """131,072 places of a body's credentials of a year, and the lists as they were last signed.

    The bits themselves are told by whoever issues; `stale` says that they changed since.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="status_lists"
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    revocation = models.TextField(blank=True)
    suspension = models.TextField(blank=True)
    message = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)
    stale = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], name="status_list_once"
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(stale=True), name="status_list_stale"),
            models.Index(fields=["signed_at"], name="status_list_by_signing"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}/{self.number}"
