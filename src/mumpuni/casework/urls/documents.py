"""Addresses that are printed on issued documents."""

from django.urls import path

from mumpuni.casework.views import documents

app_name = "documents"
urlpatterns = [
    path("<slug:public_id>", documents.document, name="document"),
    path("<slug:public_id>.pdf", documents.file, name="file"),
]
