"""Forms of requests, blanks and replacements."""

from __future__ import annotations

from typing import Any

from django import forms

from mumpuni.access.person import Person
from mumpuni.certificates import queries
from mumpuni.certificates.models import Certificate, CertificateRequest, Replacement


class RequestForm(forms.ModelForm[CertificateRequest]):
    """Which decided session certificates are asked for."""

    class Meta:
        model = CertificateRequest
        fields = ["session", *CertificateRequest.EDITABLE]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = queries.sessions_to_request(person)  # type: ignore[attr-defined]


class MinutesForm(forms.ModelForm[CertificateRequest]):
    """What of a request may still be corrected."""

    class Meta:
        model = CertificateRequest
        fields = CertificateRequest.EDITABLE


class BlankForm(forms.ModelForm[Certificate]):
    """The number of the blank a certificate was printed on."""

    class Meta:
        model = Certificate
        fields = Certificate.EDITABLE


class ReplacementForm(forms.ModelForm[Replacement]):
    """Why a certificate is to be replaced, and the name it shall bear."""

    class Meta:
        model = Replacement
        fields = Replacement.EDITABLE
