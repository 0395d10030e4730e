"""Addresses."""

from django.urls import path

from mumpuni.assessment import queries
from mumpuni.assessment.views import candidates, enrolment, placement, sessions, venues
from mumpuni.web.steps import bulk_page, step_page

app_name = "assessment"
urlpatterns = [
    path("", sessions.sessions, name="sessions"),
    path("jadwal/baru", sessions.session_new, name="session-new"),
    path("jadwal/terbuka/", enrolment.open_sessions, name="open-sessions"),
    path("jadwal/<int:pk>/", sessions.session, name="session"),
    path("jadwal/<int:pk>/ubah", sessions.session_edit, name="session-edit"),
    path("jadwal/<int:pk>/langkah/<slug:name>", step_page(queries.sessions), name="session-step"),
    path("jadwal/<int:pk>/asesor", sessions.assign, name="assign"),
    path("jadwal/<int:pk>/asesor/<int:assignment>/akhiri", sessions.release, name="release"),
    path("jadwal/<int:pk>/ketidakberpihakan", sessions.declare, name="declare"),
    path("jadwal/<int:pk>/asesi/", placement.session_candidates, name="session-candidates"),
    path("jadwal/<int:pk>/asesi/bagi", placement.distribute, name="distribute"),
    path("jadwal/<int:pk>/asesi/tambah", enrolment.enrol, name="enrol"),
    path("jadwal/<int:pk>/asesi/unggah", enrolment.upload, name="upload"),
    path("jadwal/<int:pk>/pleno/", placement.plenary, name="plenary"),
    path("jadwal/<int:pk>/daftar", enrolment.apply, name="apply"),
    path("templat-asesi.xlsx", enrolment.upload_template, name="upload-template"),
    path("permohonan/", enrolment.my_applications, name="my-applications"),
    path("penugasan/", enrolment.my_assessments, name="my-assessments"),
    path("asesi/langkah", bulk_page(queries.candidates), name="candidate-steps"),
    path("asesi/<int:pk>/", candidates.candidate, name="candidate"),
    path("asesi/<int:pk>/ubah", candidates.candidate_edit, name="candidate-edit"),
    path("asesi/<int:pk>/mandiri", candidates.self_assessment, name="self-assessment"),
    path("asesi/<int:pk>/hasil", candidates.results, name="results"),
    path("asesi/<int:pk>/hubungan", candidates.tie, name="tie"),
    path("asesi/<int:pk>/asesor", placement.place, name="place"),
    path(
        "asesi/<int:pk>/langkah/<slug:name>",
        step_page(queries.candidates),
        name="candidate-step",
    ),
    path("tuk/", venues.venues, name="venues"),
    path("tuk/baru", venues.venue_new, name="venue-new"),
    path("tuk/<int:pk>/", venues.venue, name="venue"),
    path("tuk/<int:pk>/ubah", venues.venue_edit, name="venue-edit"),
    path("tuk/<int:pk>/verifikasi", venues.venue_verify, name="venue-verify"),
    path("tuk/<int:pk>/langkah/<slug:name>", step_page(queries.venues), name="venue-step"),
]
