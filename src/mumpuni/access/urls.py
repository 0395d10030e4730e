"""Addresses of accounts, members and tokens."""

from django.urls import URLPattern

app_name = "access"
urlpatterns: list[URLPattern] = []
