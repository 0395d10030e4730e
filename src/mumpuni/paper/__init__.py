"""Paper: facts set as PDF/A and PDF/UA in one file, byte for byte the same each time.

A template is data to Typst and the facts are data to the template: nothing a person typed is ever
read as markup. The fonts are shipped and embedded; no other font is used.
"""

from mumpuni.paper.letters import FONTS, printable, unprintable
from mumpuni.paper.setting import TEMPLATES, set_pdf
from mumpuni.paper.signs import qr_code

__all__ = ["FONTS", "TEMPLATES", "printable", "qr_code", "set_pdf", "unprintable"]
