"""Steps as pages: asked about, taken, refused with the reason; one record or many."""

from __future__ import annotations

import pytest
from django.test import Client

from mumpuni.kernel.models import Event
from mumpuni.kernel.tests.parcel import HEAVIEST, Parcel
from mumpuni.web.tests.parcels import HIDDEN_WEIGHT

pytestmark = pytest.mark.usefixtures("parcel_pages")


def parcel(**given: object) -> Parcel:
    return Parcel.objects.create(**{"weight": 5, **given})


def state(made: Parcel) -> str:
    made.refresh_from_db()
    return str(made.state)


def test_a_record_shows_its_state_its_steps_and_its_history(client: Client) -> None:
    made = parcel()
    client.post(f"/paket/{made.pk}/langkah/pack")

    page = client.get(f"/paket/{made.pk}/").text

    assert "Dikemas" in page
    assert f'action="/paket/{made.pk}/langkah/send"' in page
    assert "Kemas" in page
    assert "Pengirim" in page


def test_a_closed_step_tells_its_reason_and_its_rule(client: Client) -> None:
    made = parcel(weight=HEAVIEST + 1)

    page = client.get(f"/paket/{made.pk}/").text

    assert "Lebih dari 30 kg" in page
    assert "<code>K-99</code>" in page
    assert "disabled" in page


def test_a_step_is_taken_and_said_to_be(client: Client) -> None:
    made = parcel()

    response = client.post(f"/paket/{made.pk}/langkah/pack", follow=True)

    assert state(made) == "packed"
    assert "“Kemas” berhasil. Status sekarang: Dikemas." in response.text


def test_asking_for_a_step_takes_none(client: Client) -> None:
    made = parcel(state="packed")

    page = client.get(f"/paket/{made.pk}/langkah/reopen")

    assert page.status_code == 200
    assert '<textarea id="catatan-reopen" name="note"' in page.text
    assert state(made) == "packed"


def test_a_step_without_its_reason_is_refused_on_its_own_page(client: Client) -> None:
    made = parcel(state="packed")

    response = client.post(f"/paket/{made.pk}/langkah/reopen", {"note": "  "})

    assert response.status_code == 409
    assert "K-01" in response.text
    assert state(made) == "packed"


@pytest.mark.parametrize("note", ["nul \0", "x" * 100_000])
def test_a_note_that_cannot_be_kept_is_refused(client: Client, note: str) -> None:
    made = parcel(state="packed")

    response = client.post(f"/paket/{made.pk}/langkah/reopen", {"note": note})

    assert (response.status_code, state(made)) == (422, "packed")
    assert "K-02" in response.text


def test_a_refused_step_keeps_the_note(client: Client) -> None:
    made = parcel(weight=HEAVIEST + 1)

    response = client.post(f"/paket/{made.pk}/langkah/pack", {"note": "lekas <b>"})

    assert response.status_code == 409
    assert "lekas &lt;b&gt;" in response.text
    assert "K-99" in response.text


def test_an_unknown_step_is_a_page_with_a_reason(client: Client) -> None:
    response = client.post(f"/paket/{parcel().pk}/langkah/terbang")

    assert response.status_code == 409
    assert "Langkah ini tidak dikenal." in response.text


def test_a_step_has_no_other_methods(client: Client) -> None:
    assert client.put(f"/paket/{parcel().pk}/langkah/pack").status_code == 405
    assert client.get("/paket/langkah").status_code == 405


def test_what_one_may_not_see_is_not_there(client: Client) -> None:
    made = parcel(weight=HIDDEN_WEIGHT)

    assert client.get(f"/paket/{made.pk}/").status_code == 404
    assert client.post(f"/paket/{made.pk}/langkah/pack").status_code == 404
    client.post("/paket/langkah", {"pk": made.pk, "step": "pack"})
    assert state(made) == "open"


def test_a_refusal_anywhere_in_a_view_becomes_a_page(client: Client) -> None:
    response = client.get("/paket/libur")

    assert response.status_code == 409
    assert "Hari ini libur. <code>K-95</code>" in response.text


def test_ticked_rows_take_a_step_together(client: Client) -> None:
    made = [parcel() for _ in range(3)]

    sent = {"pk": [one.pk for one in made], "step": "pack", "next": "/paket/?q=x"}
    response = client.post("/paket/langkah", sent)

    assert response["Location"] == "/paket/?q=x"
    assert {state(one) for one in made} == {"packed"}
    assert "“Kemas” berhasil untuk 3 baris." in client.get("/paket/").text


def test_refused_rows_are_listed_and_the_others_move(client: Client) -> None:
    light, heavy = parcel(), parcel(weight=HEAVIEST + 1, secret="besi")

    response = client.post("/paket/langkah", {"pk": [light.pk, heavy.pk], "step": "pack"})

    assert response.status_code == 409
    assert "Paket besi" in response.text
    assert "K-99" in response.text
    assert (state(light), state(heavy)) == ("packed", "open")


def test_a_step_that_needs_a_reason_is_asked_about_once_for_all(client: Client) -> None:
    made = [parcel(state="packed") for _ in range(2)]
    sent = {"pk": [one.pk for one in made], "step": "reopen"}

    asked = client.post("/paket/langkah", sent)
    refused = client.post("/paket/langkah", {**sent, "note": ""})
    client.post("/paket/langkah", {**sent, "note": "salah alamat"})

    assert asked.status_code == 200
    assert asked.text.count('name="pk"') == 2
    assert refused.status_code == 409
    assert {state(one) for one in made} == {"open"}
    assert list(Event.objects.values_list("note", flat=True)) == ["salah alamat"] * 2


@pytest.mark.parametrize("picked", [[], ["x"], ["9" * 30], ["-1"], ["1; DROP TABLE"]])
def test_nothing_ticked_is_said_so(client: Client, picked: list[str]) -> None:
    sent = {"pk": picked, "step": "pack", "next": "https://evil.example/"}
    response = client.post("/paket/langkah", sent)

    assert response["Location"] == "/"  # never another site
