"""Addresses."""

from django.urls import path

from mumpuni.licensing import queries
from mumpuni.licensing.views import applications, examining, licences, lists, schemes
from mumpuni.web.steps import bulk_page, step_page

app_name = "licensing"
urlpatterns = [
    path("", lists.licences, name="licences"),
    path("<int:pk>/", licences.licence, name="licence"),
    path("permohonan/", lists.applications, name="applications"),
    path("permohonan/menunggu", lists.inbox, name="inbox"),
    path("permohonan/langkah", bulk_page(queries.applications), name="application-steps"),
    path("permohonan/baru", applications.apply, name="apply"),
    path("permohonan/baru/<slug:kind>", applications.begin, name="begin"),
    path("permohonan/<int:pk>/", applications.application, name="application"),
    path(
        "permohonan/<int:pk>/langkah/<slug:name>",
        step_page(queries.applications),
        name="application-step",
    ),
    path("permohonan/<int:pk>/lembaga", applications.body, name="application-body"),
    path("permohonan/<int:pk>/data", applications.data, name="application-data"),
    path("permohonan/<int:pk>/dokumen", applications.documents, name="application-documents"),
    path(
        "permohonan/<int:pk>/dokumen/<int:document_pk>",
        applications.document,
        name="document",
    ),
    path(
        "permohonan/<int:pk>/dokumen/<int:document_pk>/tarik",
        applications.withdraw_document,
        name="document-withdraw",
    ),
    path("permohonan/<int:pk>/skema", schemes.schemes, name="application-schemes"),
    path("permohonan/<int:pk>/periksa", examining.examine, name="application-examine"),
    path("permohonan/<int:pk>/asesmen", examining.course, name="application-course"),
    path("permohonan/<int:pk>/sk", examining.decree, name="application-decree"),
]
