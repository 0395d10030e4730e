"""Texts are gathered, kept, checked and compiled without gettext's tools."""

import gettext
from pathlib import Path

import pytest

from mumpuni.config import translations

SOURCE = """
from django.utils.translation import gettext as _, ngettext, pgettext
NAME = _("Nama")
COUNT = ngettext("%(n)s asesi", "%(n)s asesi", 2)
MONTH = pgettext("bulan", "Mei")
"""
TEMPLATE = "{% load i18n %}<p>\n  {% translate 'Simpan' %}{% blocktranslate %}Halo {{ who }}{% endblocktranslate %}"
LANGUAGES = ["en"]


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    add_package(tmp_path, "licensing")
    return tmp_path


def add_package(packages: Path, name: str) -> Path:
    package = packages / name
    (package / "templates" / name).mkdir(parents=True)
    (package / "tests").mkdir()
    (package / "__init__.py").write_text("")
    (package / "views.py").write_text(SOURCE)
    (package / "templates" / name / "page.html").write_text(TEMPLATE)
    (package / "tests" / "test_views.py").write_text("_('Hanya untuk uji')")
    return package


def po(packages: Path, name: str = "licensing") -> Path:
    return packages / name / "locale/en/LC_MESSAGES/django.po"


def translate(path: Path, pairs: dict[str, str]) -> None:
    written = path.read_text()
    for text, translated in pairs.items():
        written = written.replace(
            f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{translated}"'
        )
    path.write_text(written)


def test_texts_of_python_and_templates_are_gathered(packages: Path) -> None:
    assert translations.update_all(LANGUAGES, packages) == [po(packages)]

    written = po(packages).read_text()
    assert all(text in written for text in ('"Nama"', '"Simpan"', '"Halo %(who)s"', '"Mei"'))
    assert "msgid_plural" in written
    assert 'msgctxt "bulan"' in written
    assert "Hanya untuk uji" not in written


def test_gathering_again_changes_nothing(packages: Path) -> None:
    translations.update_all(LANGUAGES, packages)

    assert translations.update_all(LANGUAGES, packages) == []


def test_translations_are_kept_and_unused_texts_dropped(packages: Path) -> None:
    translations.update_all(LANGUAGES, packages)
    translate(po(packages), {"Nama": "Name", "Simpan": "Save"})
    (packages / "licensing/templates/licensing/page.html").write_text("")

    translations.update_all(LANGUAGES, packages)

    written = po(packages).read_text()
    assert 'msgstr "Name"' in written
    assert "Simpan" not in written


def test_a_text_another_package_translated_comes_with_its_translation(packages: Path) -> None:
    translations.update_all(LANGUAGES, packages)
    translate(po(packages), {"Nama": "Name"})
    add_package(packages, "schemes")

    translations.update_all(LANGUAGES, packages)

    assert 'msgid "Nama"\nmsgstr "Name"' in po(packages, "schemes").read_text()


def test_the_check_names_what_lacks_a_translation(packages: Path) -> None:
    translations.update_all(LANGUAGES, packages)
    translate(po(packages), {"Nama": "Name", "Simpan": "Save"})

    texts = {
        finding.text: finding.problem for finding in translations.check_all(LANGUAGES, packages)
    }

    assert texts == dict.fromkeys(["%(n)s asesi", "Mei", "Halo %(who)s"], "not translated")


def test_the_check_names_what_two_packages_translate_differently(packages: Path) -> None:
    add_package(packages, "schemes")
    translations.update_all(LANGUAGES, packages)
    translate(po(packages), {"Nama": "Name"})
    translate(po(packages, "schemes"), {"Nama": "Title"})

    (finding,) = [one for one in translations.check_all(LANGUAGES, packages) if one.text == "Nama"]

    assert "differently" in str(finding)
    assert str(po(packages, "schemes")) in str(finding)


def test_what_is_compiled_speaks_and_is_not_compiled_again(packages: Path) -> None:
    translations.update_all(LANGUAGES, packages)
    translate(po(packages), {"Nama": "Name"})

    assert translations.compile_all(packages) == [po(packages)]
    assert translations.compile_all(packages) == []
    spoken = gettext.translation("django", packages / "licensing/locale", ["en"])
    assert spoken.gettext("Nama") == "Name"
