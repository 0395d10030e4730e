"""Endpoints."""

from ninja import Router

from mumpuni.assessment.api import candidates, enrolment, sessions, venues

router = Router()
router.add_router("", venues.router)
router.add_router("", sessions.router)
router.add_router("", enrolment.router)
router.add_router("", candidates.router)
