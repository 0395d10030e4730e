"""A year of the report is made again, in small, and gives its figures."""

import json
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.core.management.base import CommandError

from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make as licensing
from mumpuni.simulation.replay import read_plan


def test_the_groups_add_up_to_what_the_report_prints() -> None:
    assert read_plan(2024).expected == {
        "applications": 202,
        "readiness_visits": 57,
        "full_assessments": 145,
        "witness_visits": 125,
        "new_licences": 166,
        "renewals_submitted": 305,
        "renewals_granted": 305,
        "scope_changes": 684,
        "surveillance_visits": 99,
        "freezes": 7,
        "active": 2339,
        "active_p1": 1691,
        "active_p2": 129,
        "active_p3": 519,
    }


def test_a_year_nobody_reported_is_not_made_up() -> None:
    with pytest.raises(LookupError):
        read_plan(2019)


@pytest.mark.django_db
def test_a_small_year_gives_its_figures(settings: LazySettings) -> None:
    settings.SIMULATED = True
    told = StringIO()

    call_command("replay", "2024", "--json", "--scale", "0.004", stdout=told, stderr=StringIO())

    made = json.loads(told.getvalue())
    assert [one for one in made["figures"] if not one["agrees"]] == []
    assert {one["key"]: one["counted"] for one in made["figures"]}["freezes"] == 7
    assert made["assumptions"]
    assert all(Licence.objects.values_list("simulated", flat=True))


@pytest.mark.django_db
def test_a_replay_starts_without_licences(settings: LazySettings) -> None:
    settings.SIMULATED = True
    licensing.licence()

    with pytest.raises(CommandError, match="empty database"):
        call_command("replay", "2024")


@pytest.mark.django_db
def test_nothing_is_made_up_beside_real_records(settings: LazySettings) -> None:
    settings.SIMULATED = False

    with pytest.raises(CommandError, match="MUMPUNI_SIMULATED"):
        call_command("replay", "2024")
