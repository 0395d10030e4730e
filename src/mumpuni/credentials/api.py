"""Endpoints of keys: the public half, since when one is compromised, the certificate of a seal."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, ModelSchema, Router
from ninja.files import UploadedFile
from ninja.pagination import paginate

from mumpuni.access.person import Person
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages
from mumpuni.api.steps import step_endpoints
from mumpuni.credentials import actions, publishing, queries
from mumpuni.credentials.forms import read_certificate
from mumpuni.credentials.models import SigningKey
from mumpuni.kernel import workflow

router = Router()
PATH = "/signing-keys"


class KeyOut(ModelSchema):
    """A key; `address` is where the document that lists it is published, empty for a seal.

    `public_key` is a Multikey (Ed25519), a JSON Web Key (P-256), or PEM (seal); `fingerprint` is the
    SHA-256 of its bytes.
    """

    verification_method: str
    public_key: str
    fingerprint: str
    address: str
    certificate_fingerprint: str

    class Meta:
        model = SigningKey
        fields = [
            "id",
            "state",
            "organisation",
            "kind",
            "year",
            "key_id",
            "controller",
            "compromised_at",
            "created_at",
        ]

    @staticmethod
    def resolve_public_key(key: SigningKey) -> str:
        return publishing.public_half(key)

    @staticmethod
    def resolve_fingerprint(key: SigningKey) -> str:
        return publishing.fingerprint(bytes(key.public_key))

    @staticmethod
    def resolve_address(key: SigningKey) -> str:
        return publishing.address_of(key)

    @staticmethod
    def resolve_certificate_fingerprint(key: SigningKey) -> str:
        return publishing.fingerprint(bytes(key.certificate)) if key.certificate else ""


class KeyAmendment(ModelSchema):
    """Since when the key is compromised; null takes it back."""

    class Meta:
        model = SigningKey
        fields = SigningKey.EDITABLE


def _key(person: Person, pk: int) -> SigningKey:
    return get_object_or_404(queries.keys(person), pk=pk)


@router.get(PATH, response=list[KeyOut])
@paginate(Pages)
def keys(
    request: ApiRequest,
    *,
    organisation: int | None = None,
    kind: SigningKey.Kind | None = None,
    year: int | None = None,
    state: SigningKey.State | None = None,
) -> QuerySet[SigningKey]:
    """List keys, those of the newest year first."""
    asked = {"organisation": organisation, "kind": kind, "year": year, "state": state}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.keys(request.auth).filter(**given)


@router.get(PATH + "/{int:pk}", response=KeyOut)
def key(request: ApiRequest, pk: int) -> SigningKey:
    """Show a key."""
    return _key(request.auth, pk)


@router.patch(PATH + "/{int:pk}", response=KeyOut)
def amend_key(request: ApiRequest, pk: int, body: KeyAmendment) -> SigningKey:
    """Say since when a key is compromised, before it is declared to be."""
    record = _key(request.auth, pk)
    values = body.model_dump(exclude_unset=True)
    workflow.amend(record, values, request.auth, at=timezone.now())
    return record


@router.post(PATH + "/{int:pk}/certificate", response=KeyOut)
def certify_key(request: ApiRequest, pk: int, file: File[UploadedFile]) -> SigningKey:
    """Enter the certificate that an authority made for a seal, DER or PEM."""
    record = _key(request.auth, pk)
    actions.certify(record, read_certificate(file), request.auth, at=timezone.now())
    return record


step_endpoints(router, PATH, SigningKey, queries.keys, KeyOut)
