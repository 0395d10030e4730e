"""Forms of keys: since when one is compromised, and the certificate of a seal."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django import forms
from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.credentials.models import SigningKey
from mumpuni.kernel.errors import Invalid

MOST_BYTES = 64 * 1024
PEM = b"-----BEGIN"


class MomentInput(forms.DateTimeInput):
    """A box that browsers answer with a calendar and a clock."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class CompromiseForm(forms.ModelForm[SigningKey]):
    """Since when somebody else may have had the key."""

    class Meta:
        model = SigningKey
        fields = SigningKey.EDITABLE
        widgets = {"compromised_at": MomentInput}


class CertificateForm(forms.Form):
    """The certificate that an authority made for a seal."""

    certificate = forms.FileField(
        label=gettext_lazy("Sertifikat (X.509)"), help_text=gettext_lazy("Berkas DER atau PEM.")
    )

    def clean_certificate(self) -> bytes:
        try:
            return read_certificate(self.cleaned_data["certificate"])
        except Invalid as error:
            raise forms.ValidationError(error.message) from error


def read_certificate(file: File[bytes]) -> bytes:
    """Return the certificate in a file (DER).

    Raises:
        Invalid: there is none in it.
    """
    content = file.read(MOST_BYTES)
    load = x509.load_pem_x509_certificate if PEM in content else x509.load_der_x509_certificate
    try:
        return load(content).public_bytes(Encoding.DER)
    except ValueError as error:
        message = _("Berkas ini bukan sertifikat X.509.")
        raise Invalid(message, fields={"certificate": [message]}) from error
