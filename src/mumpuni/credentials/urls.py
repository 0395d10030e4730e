"""Addresses."""

from django.urls import path

from mumpuni.credentials import queries, views
from mumpuni.web.steps import step_page

app_name = "credentials"
urlpatterns = [
    path("", views.keys, name="keys"),
    path("<int:pk>/", views.key, name="key"),
    path("<int:pk>/bocor", views.compromise, name="key-compromise"),
    path("<int:pk>/sertifikat", views.certificate, name="key-certificate"),
    path("<int:pk>/langkah/<slug:name>", step_page(queries.keys), name="key-step"),
]
