"""Requests, issue, suspension, revocation and replacement of certificates."""
