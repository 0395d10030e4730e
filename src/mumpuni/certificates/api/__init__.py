"""Endpoints."""

from ninja import Router

from mumpuni.certificates.api import certificates, replacements, reports, requests

router = Router()
router.add_router("", requests.router)
router.add_router("", certificates.router)
router.add_router("", replacements.router)
router.add_router("", reports.router)
