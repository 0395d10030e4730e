"""Endpoints."""

from ninja import Router

from mumpuni.schemes.api import schemes, standards

router = Router()
router.add_router("", standards.router)
router.add_router("", schemes.router)
