"""What the W3C's test suites talk to: our signing and verifying behind their VC-API.

Never among the public addresses: it signs whatever it is sent, with keys that die with it. The
documents are in docs/conformance.md.
"""
