"""What meetings decide by vote, and who does not vote: all on this page."""

from django.utils.translation import gettext_lazy as _

from mumpuni.plenary.models import Question

VOTES = [
    Question(
        kind="licensing.licenceapplication",
        name="grant",
        label=_("Permohonan lisensi"),
        state="plenary",
        of=lambda application: application.organisation_id,
    ),
]
