"""Addresses of the toolkit itself."""

from django.urls import path

from mumpuni.web import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
