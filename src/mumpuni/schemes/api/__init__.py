"""Endpoints."""

from ninja import Router

from mumpuni.schemes.api import standards

router = Router()
router.add_router("", standards.router)
