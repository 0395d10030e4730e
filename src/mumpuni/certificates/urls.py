"""Addresses."""

from django.urls import path

from mumpuni.certificates import queries
from mumpuni.certificates.views import certificates, checks, replacements, reports, requests
from mumpuni.web.steps import bulk_page, step_page

app_name = "certificates"
urlpatterns = [
    path("", certificates.certificates, name="certificates"),
    path("saya/", certificates.own, name="own"),
    path("<int:pk>/", certificates.certificate, name="certificate"),
    path("<int:pk>/dokumen", certificates.document, name="document"),
    path("<int:pk>/blangko", certificates.blank, name="blank"),
    path("<int:pk>/ganti", replacements.replacement_new, name="replacement-new"),
    path(
        "<int:pk>/langkah/<slug:name>",
        step_page(queries.certificates),
        name="certificate-step",
    ),
    path("permohonan/", requests.requests, name="requests"),
    path("permohonan/baru", requests.request_new, name="request-new"),
    path("permohonan/langkah", bulk_page(queries.requests), name="request-steps"),
    path("permohonan/<int:pk>/", requests.request_detail, name="request"),
    path("permohonan/<int:pk>/ubah", requests.request_edit, name="request-edit"),
    path(
        "permohonan/<int:pk>/sertifikat",
        requests.request_certificates,
        name="request-certificates",
    ),
    path("permohonan/<int:pk>/dilewati", requests.request_refusals, name="request-refusals"),
    path(
        "permohonan/<int:pk>/langkah/<slug:name>",
        step_page(queries.requests),
        name="request-step",
    ),
    path("penggantian/", replacements.replacements, name="replacements"),
    path("penggantian/<int:pk>/", replacements.replacement, name="replacement"),
    path("penggantian/<int:pk>/ubah", replacements.replacement_edit, name="replacement-edit"),
    path(
        "penggantian/<int:pk>/langkah/<slug:name>",
        step_page(queries.replacements),
        name="replacement-step",
    ),
    path("pemeriksaan/", checks.last_check, name="check"),
    path("laporan/", reports.reports, name="reports"),
    path("laporan/<int:pk>/", reports.report, name="report"),
    path(
        "laporan/<int:pk>/langkah/<slug:name>",
        step_page(queries.reports),
        name="report-step",
    ),
]
