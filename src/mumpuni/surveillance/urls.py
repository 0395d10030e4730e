"""Addresses."""

from django.urls import path

from mumpuni.surveillance.views import figures

app_name = "surveillance"
urlpatterns = [
    path("tahun/", figures.this_year, name="years"),
    path("tahun/<int:year>/", figures.year, name="year"),
    path("tahun/<int:year>/<slug:key>/", figures.figure, name="figure"),
]
