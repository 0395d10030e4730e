"""Codes that scanners read."""

from __future__ import annotations

import re
from math import isqrt

import zxingcpp

DARK = re.compile(rb"\0+")


def qr_code(content: str) -> str:
    """Draw a code with its white margin; lines print sharper than dots."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = bytes(memoryview(code.to_image(scale=1, add_quiet_zones=True)))
    side = isqrt(len(modules))
    bars = "".join(
        f"M{bar.start()} {row}h{len(bar[0])}v1h-{len(bar[0])}z"
        for row in range(side)
        for bar in DARK.finditer(modules[row * side : (row + 1) * side])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{bars}"/></svg>'
    )
