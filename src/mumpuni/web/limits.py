"""How much may be sent at once, and what is said of more."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.utils.formats import number_format
from django.utils.translation import gettext as _

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
MEGABYTE = 1_000_000


def limit() -> str:
    """Return the sentence that says how much may be sent, in the reader's language."""
    message = _(
        "Sekali kirim paling banyak %(megabytes)s MB tulisan di luar berkas, %(fields)s isian, dan"
        " %(files)s berkas."
    )
    return message % {
        "megabytes": number_format(settings.DATA_UPLOAD_MAX_MEMORY_SIZE / MEGABYTE),
        "fields": number_format(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, force_grouping=True),
        "files": number_format(settings.DATA_UPLOAD_MAX_NUMBER_FILES),
    }
