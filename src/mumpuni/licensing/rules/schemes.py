"""What is required of the schemes that an application adds to a scope or drops from it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import ApplicationScheme, LicenceApplication
from mumpuni.schemes.models import SchemeVersion

Kind, Action = LicenceApplication.Kind, ApplicationScheme.Action

SCOPE_ASSESSMENT_SCHEMES = Policy(
    name="licensing.scope_assessment_schemes",
    label=gettext_lazy("Skema tambahan terbanyak tanpa asesmen penuh"),
    unit=gettext_lazy("skema"),
    default=10,
    source="rancangan; LK 2024: 684 perubahan, 145 asesmen",
)


def schemes_chosen(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-03: without a scheme there is nothing to license."""
    if application.kind != Kind.CHANGE and not versions_after(application):
        raise Refused(_("Pilih paling sedikit satu skema sertifikasi."), code="L-03")


def schemes_verified(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-04: only verified schemes come into the scope of a licence, or stay in it at a renewal."""
    entering = (
        versions_after(application)
        if application.kind == Kind.RENEWAL
        else _versions(application, Action.ADD)
    )
    unverified = [str(one) for one in entering if one.state != SchemeVersion.State.VERIFIED]
    if unverified:
        raise Refused(
            _("Skema ini tidak terverifikasi: %s. Hapus atau ganti.") % "; ".join(unverified),
            code="L-04",
        )


def scope_changes(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-28: an application about the scope adds what is not in it, or drops what is."""
    if application.kind != Kind.SCOPE:
        return
    licence = application.held_licence
    held = {row.scheme_version_id for row in licence.standing_scope} if licence else set()
    rows = application.schemes.all()
    if not rows:
        raise Refused(
            _("Pilih skema yang ditambahkan ke ruang lingkup atau dikeluarkan."), code="L-28"
        )
    idle = [
        str(row) for row in rows if (row.action == Action.ADD) == (row.scheme_version_id in held)
    ]
    if idle:
        raise Refused(
            _("Ruang lingkup sudah demikian untuk skema ini: %s.") % "; ".join(idle), code="L-28"
        )


def check_adding(application: LicenceApplication, added: Iterable[SchemeVersion]) -> None:
    """L-32: a renewal goes on with schemes of the scope or drops them; it adds none."""
    if application.kind == Kind.RENEWAL and list(added):
        raise Invalid(
            _("Relisensi tidak menambah skema. Ajukan penambahan ruang lingkup."), code="L-32"
        )


def versions_after(application: LicenceApplication) -> list[SchemeVersion]:
    """Return the schemes of which the scope would consist once the application is granted."""
    licence = application.held_licence
    held = [row.scheme_version for row in licence.standing_scope] if licence else []
    dropped = {one.pk for one in _versions(application, Action.DROP)}
    kept = [one for one in held if one.pk not in dropped]
    return [*kept, *_versions(application, Action.ADD)]


def _versions(application: LicenceApplication, action: str) -> list[SchemeVersion]:
    return [row.scheme_version for row in application.schemes.all() if row.action == action]
