"""Addresses."""

from django.urls import path

from mumpuni.visits import queries
from mumpuni.visits.views import assessors, findings, lists, planning, visits
from mumpuni.web.steps import step_page

app_name = "visits"
urlpatterns = [
    path("", lists.visits, name="visits"),
    path("baru", planning.plan, name="plan"),
    path("baru/<str:case_kind>/<int:case_id>", planning.plan_about, name="plan-about"),
    path("<int:pk>/", visits.visit, name="visit"),
    path("<int:pk>/langkah/<slug:name>", step_page(queries.visit_in_full), name="visit-step"),
    path("<int:pk>/rencana", planning.amend, name="amend-plan"),
    path("<int:pk>/tim", planning.appoint, name="appoint"),
    path("<int:pk>/tim/<int:member>/lepas", planning.dismiss, name="dismiss"),
    path("<int:pk>/tim/<int:member>/kecualikan", planning.waive, name="waive"),
    path("<int:pk>/pernyataan", planning.declare, name="declare"),
    path("<int:pk>/instrumen", visits.instrument, name="instrument"),
    path("<int:pk>/instrumen/<slug:item>", visits.save_item, name="save-item"),
    path("<int:pk>/foto", visits.add_photo, name="add-photo"),
    path("<int:pk>/foto/<int:photo>", visits.photo, name="photo"),
    path("<int:pk>/kesimpulan", visits.conclude, name="conclude"),
    path("<int:pk>/surat-tugas", visits.letter, name="letter"),
    path("<int:pk>/laporan", visits.report, name="report"),
    path("<int:pk>/temuan/baru", findings.draft, name="draft-finding"),
    path("temuan/", lists.findings, name="findings"),
    path("temuan/<int:pk>/", findings.finding, name="finding"),
    path(
        "temuan/<int:pk>/langkah/<slug:name>",
        step_page(queries.finding_in_full),
        name="finding-step",
    ),
    path("temuan/<int:pk>/ubah", findings.amend, name="amend-finding"),
    path("temuan/<int:pk>/jawab", findings.answer, name="answer"),
    path("temuan/<int:pk>/bukti/<int:evidence>", findings.evidence, name="evidence"),
    path(
        "temuan/<int:pk>/bukti/<int:evidence>/tarik",
        findings.withdraw_evidence,
        name="withdraw-evidence",
    ),
    path("asesor-lisensi/", lists.assessors, name="assessors"),
    path("asesor-lisensi/baru", assessors.enter, name="enter"),
    path("asesor-lisensi/<int:pk>/", assessors.assessor, name="assessor"),
    path(
        "asesor-lisensi/<int:pk>/langkah/<slug:name>",
        step_page(queries.assessor_in_full),
        name="assessor-step",
    ),
    path("asesor-lisensi/<int:pk>/ubah", assessors.amend, name="amend-assessor"),
    path("asesor-lisensi/<int:pk>/masa-berlaku", assessors.add_term, name="add-term"),
    path("asesor-lisensi/<int:pk>/ikatan", assessors.declare_tie, name="declare-tie"),
    path("asesor-lisensi/<int:pk>/ikatan/<int:tie>/akhiri", assessors.end_tie, name="end-tie"),
]
