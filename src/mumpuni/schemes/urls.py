"""Addresses."""

from django.urls import path, re_path

from mumpuni.schemes import queries
from mumpuni.schemes.views import authoring, changes, schemes, standards, verifying
from mumpuni.web.steps import bulk_page, step_page

app_name = "schemes"
urlpatterns = [
    path("standar/", standards.standards, name="standards"),
    path("standar/<slug:key>/", standards.standard, name="standard"),
    re_path(r"^standar/(?P<key>[-\w]+)/(?P<code>[-.\w ]{1,64})/$", standards.unit, name="unit"),
    path("unit/", standards.units, name="units"),
    re_path(r"^unit/(?P<code>[-.\w ]{1,64})/$", standards.unit_by_code, name="unit-by-code"),
    path("perubahan-standar/", changes.changes, name="changes"),
    path("perubahan-standar/baru/", changes.new_change, name="change-new"),
    path("perubahan-standar/<int:pk>/", changes.change, name="change"),
    path("perubahan-standar/<int:pk>/ubah/", changes.amend_change, name="change-amend"),
    path(
        "perubahan-standar/<int:pk>/langkah/<slug:name>",
        step_page(queries.changes_to_decide),
        name="change-step",
    ),
    path("peralihan/", changes.transitions, name="transitions"),
    path("peralihan/<int:pk>/", changes.transition, name="transition"),
    path("peralihan/<int:pk>/rencana/", changes.plan, name="transition-plan"),
    path(
        "peralihan/<int:pk>/langkah/<slug:name>",
        step_page(queries.transitions),
        name="transition-step",
    ),
    path("skema/", schemes.schemes, name="schemes"),
    path("skema/kelola/", schemes.workspace, name="workspace"),
    path("skema/antrean/", schemes.queue, name="queue"),
    path("skema/baru/", authoring.new, name="new"),
    path("skema/langkah", bulk_page(queries.scheme_versions), name="scheme-steps"),
    path("skema/<int:pk>/", schemes.scheme, name="scheme"),
    path("skema/<int:pk>/ubah/", authoring.edit, name="scheme-edit"),
    path("skema/<int:pk>/unit/", authoring.units, name="scheme-units"),
    path("skema/<int:pk>/unit/susun/", authoring.arrange, name="scheme-arrange"),
    path("skema/<int:pk>/versi-baru/", authoring.next_version, name="scheme-next"),
    path("skema/<int:pk>/banding/", verifying.comparison, name="scheme-comparison"),
    path("skema/<int:pk>/catatan/", verifying.remark, name="scheme-remark"),
    path("skema/<int:pk>/catatan/<int:remark>/tarik", verifying.withdraw, name="remark-withdraw"),
    path("skema/<int:pk>/catatan/<int:remark>/jawab/", verifying.answer, name="remark-answer"),
    path("skema/<int:pk>/volume/", verifying.volume, name="scheme-volume"),
    path(
        "skema/<int:pk>/langkah/<slug:name>",
        step_page(queries.versions_to_decide),
        name="scheme-step",
    ),
]
