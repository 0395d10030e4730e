"""Addresses."""

from django.urls import path, re_path

from mumpuni.reference.views import catalogue, classifications, places

app_name = "reference"
urlpatterns = [
    path("", catalogue.index, name="index"),
    path("wilayah/", places.regions, name="regions"),
    re_path(r"^wilayah/(?P<code>[0-9.]{2,8})/$", places.region, name="region"),
    path("klasifikasi/<slug:system>/<slug:version>/", classifications.codes, name="codes"),
    re_path(
        r"^klasifikasi/(?P<system>[a-z]{4})/(?P<version>[0-9]{4})/(?P<code>[A-Z0-9.]{1,8})/$",
        classifications.code,
        name="code",
    ),
    path("pola-nomor/", catalogue.number_patterns, name="number-patterns"),
    path("formulir/", catalogue.forms, name="forms"),
    re_path(
        r"^formulir/(?P<muk_version>[0-9]{4})/(?P<code>[A-Z0-9.]{1,16})/$",
        catalogue.form,
        name="form",
    ),
    path("kepuasan/", catalogue.satisfaction_elements, name="satisfaction-elements"),
    path("mutu-pelayanan/", catalogue.satisfaction_bands, name="satisfaction-bands"),
    path("jabatan/", catalogue.posts, name="posts"),
    path("kalender/", catalogue.holidays, name="holidays"),
    path("peraturan/", catalogue.regulations, name="regulations"),
]
