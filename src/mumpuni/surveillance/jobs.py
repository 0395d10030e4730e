"""Work after the step: how risky a body is follows from what happens to it."""

from __future__ import annotations

from django.utils import timezone

from mumpuni.kernel.jobs import job
from mumpuni.kernel.models import Event
from mumpuni.licensing.models import LicenceApplication
from mumpuni.surveillance import actions
from mumpuni.surveillance.queries.subjects import body_of_event


@job()
def assess_risks(timestamp: int) -> None:
    """Work out every night how all bodies stand."""
    actions.assess(timezone.localdate())


@job()
def assess_body(event_id: int) -> None:
    """Work out anew how the body stands to which something happened."""
    body = body_of_event(event_id)
    if body is not None:
        actions.assess(timezone.localdate(), [body])


@job()
def keep_dossier(event_id: int) -> None:
    """Keep how a body fared on the day on which it asked for a further term."""
    event = Event.objects.get(pk=event_id)
    application = LicenceApplication.objects.get(pk=event.subject_id)
    actions.keep_dossier(application, at=event.at)
