"""The packages' translations, kept and compiled with Babel so that no gettext tools are needed.

Texts are written in Indonesian; each package holds its translations into the other languages in
`locale/<language>/LC_MESSAGES/django.po`.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from mumpuni.config.extraction import extract_package

PACKAGES = Path(__file__).resolve().parents[1]
# the usual header tells dates and versions, which would change with every run
HEADER = """\
# Translations of mumpuni.{package}; `mumpuni update-translations` adds new texts.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plural_forms}\\n"

"""


@dataclass(frozen=True)
class Finding:
    """What is wrong with one text of one translation file."""

    path: Path
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}: {self.text!r}"


def compile_all(packages: Path = PACKAGES) -> list[Path]:
    """Compile what is newer than its compiled form; return what was compiled."""
    stale = [path for path in _files(packages) if _is_stale(path)]
    for path in stale:
        # written beside and renamed: several test processes may compile at once
        fresh = path.with_suffix(".mo.new")
        with fresh.open("wb") as target:
            write_mo(target, _read(path))
        fresh.replace(path.with_suffix(".mo"))
    return stale


def update_all(languages: Iterable[str], packages: Path = PACKAGES) -> list[Path]:
    """Bring every translation file up to date with the texts; return the files that changed.

    New texts come with the translation another package already has for them, else empty;
    texts no longer used are dropped. A package without texts gets no file.
    """
    languages = list(languages)
    known = _known_translations(packages)
    changed = []
    for package, texts in _packages_with_texts(packages):
        for language in languages:
            path = _path(package, language)
            catalogue = _merged(path, texts, language)
            for message in _texts(catalogue):
                if not _is_translated(message):
                    message.string = known.get((language, *_key(message)), message.string)
            if _write(path, catalogue):
                changed.append(path)
    return changed


def check_all(languages: Iterable[str], packages: Path = PACKAGES) -> list[Finding]:
    """Return texts that lack a translation, and those two packages translate differently."""
    languages = list(languages)
    findings = []
    seen: dict[tuple[object, ...], tuple[Path, object]] = {}
    for package, texts in _packages_with_texts(packages):
        for language in languages:
            path = _path(package, language)
            for message in _texts(_merged(path, texts, language)):
                text = _first(message)
                if not _is_translated(message):
                    findings.append(Finding(path, text, "not translated"))
                    continue
                other, string = seen.setdefault((language, *_key(message)), (path, message.string))
                if string != message.string:
                    findings.append(Finding(path, text, f"translated differently in {other}"))
    return findings


def _files(packages: Path) -> Iterator[Path]:
    yield from sorted(packages.glob("*/locale/*/LC_MESSAGES/django.po"))


def _path(package: Path, language: str) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime


def _read(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale=path.parents[1].name)


def _packages_with_texts(packages: Path) -> Iterator[tuple[Path, Catalog]]:
    for package in sorted(path.parent for path in packages.glob("*/__init__.py")):
        texts = extract_package(package)
        if len(texts):
            yield package, texts


def _merged(path: Path, texts: Catalog, language: str) -> Catalog:
    catalogue = _read(path) if path.exists() else Catalog(locale=language)
    catalogue.update(texts, no_fuzzy_matching=True)
    return catalogue


def _write(path: Path, catalogue: Catalog) -> bool:
    """Write the file where it differs; return whether it did."""
    body = io.BytesIO()
    write_po(
        body, catalogue, width=100, ignore_obsolete=True, include_lineno=False, omit_header=True
    )
    header = HEADER.format(
        package=path.parents[3].name,
        language=catalogue.locale_identifier,
        plural_forms=catalogue.plural_forms,
    )
    written = header.encode() + body.getvalue().lstrip(b"\n")
    if path.exists() and path.read_bytes() == written:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written)
    return True


def _texts(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _known_translations(packages: Path) -> dict[tuple[object, ...], Any]:
    return {
        (path.parents[1].name, *_key(message)): message.string
        for path in _files(packages)
        for message in _texts(_read(path))
        if _is_translated(message)
    }


def _key(message: Message) -> tuple[object, object]:
    return message.context, message.id


def _is_translated(message: Message) -> bool:
    """Every plural form counts; a message fresh from the sources has no string at all."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [])
    return bool(forms) and all(forms) and not message.fuzzy


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]
