"""Proofs for decades (PAdES B-LTA): what it takes to judge a seal later, and a time stamp over it.

One more revision by pyHanko: a store of certificates and of what their authorities say of them
today, and a stamp over the whole file. Before the certificate of that stamp ends, another follows.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko_certvalidator.authority import AuthorityWithCert
from pyhanko_certvalidator.errors import CertificateFetchError, CRLFetchError, OCSPFetchError
from pyhanko_certvalidator.fetchers import Fetchers
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend

from mumpuni.credentials.errors import Unsignable
from mumpuni.credentials.seals.cms import Stamp
from mumpuni.credentials.seals.stamping import LARGEST_TOKEN, SECONDS

FIELD = "Cap waktu arsip"
# printed, as PDF/A asks, and outside the page, where PDF/UA asks for no tag
OUT_OF_SIGHT = InvisSigSettings(box_out_of_bounds=True)


@dataclass(frozen=True)
class Archived:
    """A file with proofs, and when the certificate of the newest stamp ends."""

    pdf: bytes
    until: datetime


@dataclass
class Evidence:
    """What an authority says of a certificate, and the authority's own certificate."""

    issuers: list[x509.Certificate] = field(default_factory=list)
    ocsps: list[ocsp.OCSPResponse] = field(default_factory=list)
    crls: list[crl.CertificateList] = field(default_factory=list)


class Archivist:
    """Adds proofs to many files; what is said of a certificate is asked once for all of them."""

    def __init__(self, stamp: Stamp) -> None:
        self._stamp = stamp
        self._known: dict[bytes, Evidence] = {}

    def archived(self, pdf: bytes) -> Archived:
        """Return a sealed file with proofs behind it, or with further ones behind those it has.

        Raises:
            Unsignable: it is no file with a seal.
            TimeStampFailed: the authority gave no stamp.
        """
        try:
            return asyncio.run(self._archived(pdf))
        except PdfError as error:
            raise Unsignable(str(error)) from error

    async def _archived(self, pdf: bytes) -> Archived:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        found = {one.dump(): one for one in _certificates(writer.prev)}
        if not found:
            raise Unsignable("no seal")
        async with AIOHttpFetcherBackend(per_request_timeout=SECONDS) as fetchers:
            evidence = await self._evidence_of(found, fetchers)
        DocumentSecurityStore.supply_dss_in_writer(
            writer,
            None,
            certs=found.values(),
            ocsps=[response for one in evidence for response in one.ocsps],
            crls=[listed for one in evidence for listed in one.crls],
        )
        authority = _Authority(self._stamp)
        name = f"Arsip-{len(writer.prev.embedded_signatures)}"
        stamper = PdfTimeStamper(authority, name, OUT_OF_SIGHT, FIELD)
        content = await stamper.async_timestamp_pdf(
            writer, "sha256", bytes_reserved=2 * LARGEST_TOKEN
        )
        return Archived(content.getvalue(), authority.ends_at)

    async def _evidence_of(
        self, found: dict[bytes, x509.Certificate], fetchers: Fetchers
    ) -> list[Evidence]:
        """Ask about each certificate and those above it, which join what was found."""
        evidence, waiting = [], list(found.values())
        while waiting:
            certificate = waiting.pop()
            known = certificate.dump()
            if known not in self._known:
                self._known[known] = await _asked(certificate, found.values(), fetchers)
            evidence.append(self._known[known])
            above = {one.dump(): one for one in self._known[known].issuers}
            waiting += [one for key, one in above.items() if key not in found]
            found |= above
        return evidence


def _certificates(reader: PdfFileReader) -> Iterator[x509.Certificate]:
    """Yield the certificates in all signatures, and in the stamps on them."""
    for signature in reader.embedded_signatures:
        stamps = extract_tst_data_iter(signature.signer_info, signed=False)
        for signed in (signature.signed_data, *stamps):
            for choice in signed["certificates"]:
                yield choice.chosen


async def _asked(
    certificate: x509.Certificate, found: Iterable[x509.Certificate], fetchers: Fetchers
) -> Evidence:
    """Ask the addresses in a certificate; one that is silent says nothing."""
    if certificate.self_issued:
        return Evidence()
    issuers = [one for one in found if one.subject == certificate.issuer]
    evidence = Evidence()
    with suppress(CertificateFetchError):
        if not issuers:
            fetched = fetchers.cert_fetcher.fetch_cert_issuers(certificate)
            evidence.issuers = issuers = [issuer async for issuer in fetched]
    with suppress(OCSPFetchError):
        if issuers and certificate.ocsp_urls:
            authority = AuthorityWithCert(issuers[0])
            evidence.ocsps = [await fetchers.ocsp_fetcher.fetch(certificate, authority)]
    with suppress(CRLFetchError):
        if not evidence.ocsps:
            evidence.crls = list(await fetchers.crl_fetcher.fetch(certificate, use_deltas=False))
    return evidence


class _Authority(TimeStamper):
    """The time-stamp authority, as pyHanko asks it."""

    ends_at: datetime

    def __init__(self, stamp: Stamp) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # pyHanko has types for some
        self._stamp = stamp

    async def async_timestamp(self, message_digest: bytes, _md_algorithm: str) -> cms.ContentInfo:
        token = cms.ContentInfo.load(self._stamp(message_digest))
        signer = extract_certificate_info(token["content"]).signer_cert
        self.ends_at = signer["tbs_certificate"]["validity"]["not_after"].native
        return token
