"""Endpoints."""

from ninja import Router

from mumpuni.licensing.api import applications, licences

router = Router()
router.add_router("", applications.router)
router.add_router("", licences.router)
