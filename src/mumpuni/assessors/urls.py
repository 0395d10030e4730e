"""Addresses."""

from django.urls import path

from mumpuni.assessors import queries
from mumpuni.assessors.views import entries, register
from mumpuni.web.steps import bulk_page, step_page

app_name = "assessors"
urlpatterns = [
    path("", register.register, name="assessors"),
    path("saya/", register.own, name="own"),
    path("usulkan/", entries.propose, name="propose"),
    path("langkah", bulk_page(queries.assessors), name="assessor-steps"),
    path("<int:pk>/", entries.assessor, name="assessor"),
    path("<int:pk>/sertifikat/", entries.certificate, name="certificate"),
    path("<int:pk>/lingkup/", entries.scope, name="scope"),
    path("<int:pk>/penempatan/", entries.appoint, name="appoint"),
    path("<int:pk>/penempatan/<int:place>/akhiri/", entries.end_appointment, name="end-place"),
    path("<int:pk>/langkah/<slug:name>", step_page(queries.assessors), name="assessor-step"),
]
