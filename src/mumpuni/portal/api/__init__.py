"""Endpoints."""

from ninja import Router

from mumpuni.portal.api import account, batch, impact, organisations, policies, public

router = Router()
router.add_router("", public.router)
router.add_router("", batch.router)
router.add_router("", account.router)
router.add_router("", organisations.router)
router.add_router("", policies.router)
router.add_router("", impact.router)
