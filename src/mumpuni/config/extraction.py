"""Find the texts to translate in a package's Python and templates, with Babel."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

_PLURAL = (1, 2)
_IN_CONTEXT = ((1, "c"), 2)
_PLURAL_IN_CONTEXT = ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _IN_CONTEXT,
    "pgettext_lazy": _IN_CONTEXT,
    "npgettext": _PLURAL_IN_CONTEXT,
    "npgettext_lazy": _PLURAL_IN_CONTEXT,
}
TEMPLATE_ENDINGS = {".html", ".txt"}


def extract_package(package: Path) -> Catalog:
    """Return the texts of a package in the order of its files; its tests are left out."""
    found = Catalog(fuzzy=False)
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package)
        if "tests" in inside.parts:
            continue
        if path.suffix == ".py":
            source = path.read_bytes()
        elif path.suffix in TEMPLATE_ENDINGS and "templates" in inside.parts:
            source = _as_python(path)
        else:
            continue
        texts = extract("python", io.BytesIO(source), KEYWORDS, options={"encoding": "utf-8"})
        for _line, message, _comments, context in texts:
            found.add(message, context=context, locations=[(str(inside), 0)])
    return found


def _as_python(path: Path) -> bytes:
    """Django writes a template's texts as calls; without their indentation they read as Python."""
    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in calls.splitlines()).encode()
