"""Forms: what is wrong stands beside what was typed, and nothing is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from mumpuni.access.models import Individual
from mumpuni.kernel.tests.parcel import Parcel

pytestmark = pytest.mark.usefixtures("parcel_pages")


def parcel(**given: object) -> Parcel:
    return Parcel.objects.create(**{"weight": 5, **given})


def rows(*given: dict[str, object], **more: object) -> dict[str, object]:
    sent: dict[str, object] = {"form-TOTAL_FORMS": len(given), "form-INITIAL_FORMS": 0, **more}
    for number, row in enumerate(given):
        sent |= {f"form-{number}-{name}": value for name, value in row.items()}
    return sent


def test_a_form_saves_and_returns(client: Client) -> None:
    made = parcel()

    response = client.post(f"/paket/{made.pk}/ubah", {"weight": 7, "secret": "buku"})

    assert (response.status_code, response["Location"]) == (302, f"/paket/{made.pk}/")
    made.refresh_from_db()
    assert made.weight == 7


def test_a_form_with_errors_answers_422_and_keeps_what_was_typed(client: Client) -> None:
    made = parcel()

    response = client.post(f"/paket/{made.pk}/ubah", {"weight": "berat", "secret": "<b>buku"})

    assert response.status_code == 422
    assert 'href="#id_weight"' in response.text
    assert 'value="berat"' in response.text
    assert 'value="&lt;b&gt;buku"' in response.text
    assert 'aria-invalid="true"' in response.text


def test_a_refusal_that_names_a_field_stands_beside_it(client: Client) -> None:
    made = parcel()

    response = client.post(f"/paket/{made.pk}/ubah", {"weight": 7, "secret": "ular"})

    assert response.status_code == 422
    assert response.context["form"].errors["secret"] == ["Hewan hidup tidak diterima."]
    assert response.context["form"].non_field_errors() == ["Umum."]


def test_another_refusal_stands_above_with_its_rule(client: Client) -> None:
    made = parcel()

    response = client.post(f"/paket/{made.pk}/ubah", {"weight": 7, "secret": "bom"})

    assert response.status_code == 422
    assert "Barang ini dilarang. <code>K-98</code>" in response.text
    assert 'value="bom"' in response.text


def test_a_refusal_at_the_end_undoes_the_beginning(client: Client) -> None:
    made = parcel()

    client.post(f"/paket/{made.pk}/ubah", {"weight": 2000, "secret": ""})

    made.refresh_from_db()
    assert made.weight == 5


def test_rows_are_saved_without_the_empty_and_the_deleted(client: Client) -> None:
    sent = rows({"weight": 1}, {"weight": 2, "DELETE": "on"}, {"weight": ""}, {"weight": 3})

    response = client.post("/paket/banyak", sent)

    assert response.status_code == 302
    assert list(Parcel.objects.values_list("weight", flat=True)) == [1, 3]


def test_what_is_wrong_in_a_row_is_said_with_its_place(client: Client) -> None:
    response = client.post("/paket/banyak", rows({"weight": 1}, {"weight": "x"}))

    assert response.status_code == 422
    assert "Baris 2: Berat:" in response.text


def test_a_refused_set_of_rows_shows_the_reason(client: Client) -> None:
    response = client.post("/paket/banyak", rows({"weight": ""}))

    assert response.status_code == 422
    assert "K-96" in response.text


def test_a_choice_begins_with_none_made_in_both_languages() -> None:
    (blank, first), *_sexes = Individual._meta.get_field("sex").get_choices()

    assert (blank, str(first)) == ("", "Pilih…")
    with translation.override("en"):
        assert str(first) == "Choose…"
