"""Addresses."""

from django.urls import path, re_path

from mumpuni.schemes.views import standards

app_name = "schemes"
urlpatterns = [
    path("standar/", standards.standards, name="standards"),
    path("standar/<slug:key>/", standards.standard, name="standard"),
    re_path(r"^standar/(?P<key>[-\w]+)/(?P<code>[-.\w ]{1,64})/$", standards.unit, name="unit"),
    path("unit/", standards.units, name="units"),
    re_path(r"^unit/(?P<code>[-.\w ]{1,64})/$", standards.unit_by_code, name="unit-by-code"),
]
