"""Addresses of the public pages and of everybody's desk."""

from django.urls import path

from mumpuni.portal.views import home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("meja/", home.desk, name="desk"),
]
