"""Endpoints."""

from ninja import Router

router = Router()
