"""Addresses of the public pages and of everybody's desk."""

from django.urls import path

from mumpuni.portal.views import (
    batch,
    directories,
    documentation,
    home,
    offline,
    published,
    statistics,
    verification,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("meja/", home.desk, name="desk"),
    path("v/<str:public_id>", verification.by_public_id, name="verification"),
    path("v/<str:public_id>/", verification.by_public_id),
    path("verifikasi/", verification.search, name="verify"),
    path("verifikasi/banyak/", batch.ask, name="batch"),
    path("verifikasi/banyak/hasil/", batch.result, name="batch-result"),
    path("verifikasi/tanda-terima/<str:code>", batch.receipt, name="receipt"),
    path("verifikasi/berkas/", verification.file, name="verify-file"),
    path("verifikasi/lapor/", verification.report, name="report"),
    path("verifikasi/lapor/diterima/", verification.report_received, name="report-received"),
    path("verifikasi/luring/", offline.page, name="offline"),
    path("verifikasi/luring/bundel.json", offline.bundle, name="offline-bundle"),
    path("verifikasi/luring/manifest.webmanifest", offline.manifest, name="offline-manifest"),
    path("verifikasi/luring/sw.js", offline.worker, name="offline-worker"),
    path("direktori/lsp/", directories.bodies, name="bodies"),
    path("direktori/lsp/<int:pk>/", directories.body, name="body"),
    path("direktori/skema/", directories.schemes, name="schemes"),
    path("direktori/skema/<int:pk>/", directories.scheme, name="scheme"),
    path("direktori/sanksi/", directories.sanctions, name="sanctions"),
    path("statistik/", statistics.statistics, name="statistics"),
    path("statistik/<slug:name>.<slug:form>", statistics.download, name="figure"),
    path("api/", documentation.api, name="api"),
    path(".well-known/did.json", published.authority_document, name="authority-document"),
    path("registry.json", published.registry, name="registry"),
    path("lsp/<slug:code>/did.json", published.body_document, name="body-document"),
    path("lsp/<slug:code>/recognition.json", published.recognition, name="recognition"),
    path("c/<slug:public_id>", published.credential, name="credential"),
    path("c/<slug:public_id>.json", published.credential_file, name="credential-file"),
    path("c/<slug:public_id>.jwt", published.token, name="token"),
    path("c/<slug:public_id>.tlog-proof", published.log_proof, name="log-proof"),
    path(
        "status/<slug:code>/<int:year>/<int:number>/<slug:purpose>",
        published.status_list,
        name="status-list",
    ),
    path("contexts/<str:file>", published.context, name="context"),
]
