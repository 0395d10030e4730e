"""Addresses."""

from django.urls import path

from mumpuni.surveillance.queries.programmes import programme_in_full
from mumpuni.surveillance.views import dossiers, figures, programmes, risks
from mumpuni.web.steps import step_page

app_name = "surveillance"
urlpatterns = [
    path("", programmes.programmes, name="programmes"),
    path("program/baru", programmes.begin, name="begin"),
    path("program/<int:year>/", programmes.programme, name="programme"),
    path(
        "program/<int:year>/langkah/<slug:name>",
        step_page(programme_in_full),
        name="programme-step",
    ),
    path("program/<int:year>/ubah", programmes.amend, name="amend"),
    path("program/<int:year>/rencanakan", programmes.plan_first, name="plan-first"),
    path("program/<int:year>/tambah", programmes.add, name="add"),
    path("program/<int:year>/<int:pk>/rencanakan", programmes.plan_entry, name="plan-entry"),
    path("program/<int:year>/<int:pk>/tiadakan", programmes.drop_entry, name="drop-entry"),
    path("risiko/", risks.risks, name="risks"),
    path("risiko/<int:pk>/", risks.risk, name="risk"),
    path("andaikan/", risks.ask_outlook, name="outlook"),
    path("peta/", risks.show_provinces, name="provinces"),
    path("dosier/<int:pk>/", dossiers.kept, name="kept-dossier"),
    path(
        "dosier/permohonan/<int:application_id>/",
        dossiers.of_application,
        name="dossier-of-application",
    ),
    path("dosier/lisensi/<int:licence_id>/", dossiers.today, name="dossier"),
    path("tahun/", figures.this_year, name="years"),
    path("tahun/<int:year>/", figures.year, name="year"),
    path("tahun/<int:year>/<slug:key>/", figures.figure, name="figure"),
]
