"""Users, organisations, memberships, individuals and access tokens."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission, Role
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import StateField
from mumpuni.kernel.secrecy import EncryptedTextField, blind_index
from mumpuni.reference.models import Region


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Save a user who signs in with an e-mail address."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. What it may do comes from memberships alone."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    email = models.EmailField(_("surel"), unique=True)
    name = models.CharField(_("nama"), max_length=200, blank=True)
    is_active = models.BooleanField(_("aktif"), default=True)
    language = models.CharField(_("bahasa"), max_length=5, default="id")
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)

    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name, for libraries that ask so."""
        return str(self)


class Organisation(OwnedRecord):
    """The authority, a certification body or a candidate to become one, a partner.

    `code` stands for it in numbers: the digits of its licence, or `BNSP`; empty before a licence.
    """

    class State(models.TextChoices):
        REGISTERED = "registered", _("Terdaftar")

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("Otoritas (BNSP)")
        CERTIFICATION_BODY = "certification_body", _("LSP")
        PARTNER = "partner", _("Mitra")

    EDITABLE: ClassVar = ("address", "region", "email", "phone", "website")
    owners = ("id",)
    view_permission = Permission.MEMBER_MANAGE

    state = StateField(State)
    kind = models.CharField(_("jenis"), max_length=32, choices=Kind)
    name = models.CharField(_("nama"), max_length=200)
    code = models.CharField(_("kode penerbit"), max_length=8, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("telepon"), max_length=32, blank=True)
    website = models.URLField(_("laman"), blank=True)
    address = models.TextField(_("alamat"), blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("wilayah")
    )
    simulated = models.BooleanField(_("data simulasi"), default=False)

    objects = OwnedQuerySet["Organisation"].as_manager()

    class Meta:
        verbose_name = _("lembaga")
        indexes = [models.Index(fields=["kind", "name"], name="organisation_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="organisation_code_once",
                violation_error_message=_("Kode penerbit ini sudah dipakai lembaga lain."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("access:organisation", args=[self.pk])


class MembershipQuerySet(OwnedQuerySet["Membership"]):
    def in_force(self, on: date) -> Self:
        """Keep memberships that hold on a day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)


class Membership(OwnedRecord):
    """Ties a user to an organisation with a role, from a day to a day (both included).

    Once ended it opens nothing any more: its last day is then the day before.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("Berlaku")
        ENDED = "ended", _("Diakhiri")

    view_permission = Permission.MEMBER_MANAGE

    state = StateField(State)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("orang")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("lembaga"),
    )
    role = models.CharField(_("peran"), max_length=32, choices=Role)
    valid_from = models.DateField(_("mulai"))
    valid_until = models.DateField(_("sampai"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("keanggotaan")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "valid_from"],
                condition=Q(state="active"),
                name="membership_once",
                violation_error_message=_("Orang ini sudah mendapat peran itu hari ini."),
            ),
            models.CheckConstraint(
                name="membership_period",
                condition=Q(state="ended")
                | Q(valid_until=None)
                | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("Masa keanggotaan berakhir sebelum dimulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"

    def get_absolute_url(self) -> str:
        return reverse("access:member", args=[self.pk])


class Individual(models.Model):
    """A natural person: candidate, assessor, holder. May or may not have an account."""

    class Document(models.TextChoices):
        NIK = "nik", _("NIK")
        PASSPORT = "passport", _("Paspor")

    class Sex(models.TextChoices):
        FEMALE = "female", _("Perempuan")
        MALE = "male", _("Laki-laki")

    user = models.OneToOneField(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="individual"
    )
    name = models.CharField(_("nama sesuai identitas"), max_length=200)
    document_kind = models.CharField(_("jenis identitas"), max_length=16, choices=Document)
    document_number = EncryptedTextField(_("nomor identitas"))
    document_index = models.CharField(max_length=64, unique=True, editable=False)
    born_in = models.CharField(_("tempat lahir"), max_length=120, blank=True)
    born_on = models.DateField(_("tanggal lahir"), null=True, blank=True)
    sex = models.CharField(_("jenis kelamin"), max_length=8, choices=Sex, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("telepon"), max_length=32, blank=True)
    address = models.TextField(_("alamat"), blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("wilayah")
    )
    simulated = models.BooleanField(_("data simulasi"), default=False)

    class Meta:
        indexes = [models.Index(fields=["name"], name="individual_by_name")]

    def __str__(self) -> str:
        return self.name

    def identify(self, kind: str, number: str) -> None:
        """Set the identity document; the number is kept encrypted and findable."""
        self.document_kind, self.document_number = kind, number
        self.document_index = document_index(kind, number)


def document_index(kind: str, number: str) -> str:
    """Return the digest by which an identity document is found; spaces and case do not count."""
    return blind_index(f"{kind}:{''.join(number.split()).upper()}")


class AccessToken(OwnedRecord):
    """A program's key: acts as its user for one organisation, within its scopes, until it expires.

    Only a digest of the secret is stored; the secret itself is shown once.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("Berlaku")
        REVOKED = "revoked", _("Dicabut")

    owners: ClassVar[tuple[str, ...]] = ()
    personal: ClassVar = {Permission.TOKEN_MANAGE: "user_id"}
    view_permission = Permission.TOKEN_MANAGE

    state = StateField(State)
    name = models.CharField(_("nama"), max_length=120)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_tokens")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("bertindak untuk"),
    )
    scopes = ArrayField(models.CharField(max_length=64), verbose_name=_("cakupan"))
    expires_at = models.DateTimeField(_("berlaku sampai"))

    objects = OwnedQuerySet["AccessToken"].as_manager()

    class Meta:
        verbose_name = _("token akses")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("access:token", args=[self.pk])

    def usable(self, at: datetime) -> bool:
        """Tell whether the token opens anything at that instant."""
        return self.state == self.State.ACTIVE and at < self.expires_at


def new_secret() -> str:
    """Return a fresh token secret of 256 bits."""
    return "mmp_" + secrets.token_urlsafe(32)


def secret_digest(secret: str) -> str:
    """Return what is stored of a token secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
