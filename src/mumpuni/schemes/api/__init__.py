"""Endpoints."""

from ninja import Router

from mumpuni.schemes.api import changes, schemes, standards, verifying

router = Router()
router.add_router("", standards.router)
router.add_router("", schemes.router)
router.add_router("", verifying.router)
router.add_router("", changes.router)
