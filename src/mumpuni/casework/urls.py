"""Addresses."""

from django.urls import path

from mumpuni.casework import queries, views
from mumpuni.web.steps import bulk_page

app_name = "casework"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("bagi/", views.divide, name="divide"),
    path("langkah", bulk_page(queries.tasks), name="task-steps"),
    path("<int:pk>/", views.task, name="task"),
    path("<int:pk>/petugas/", views.assign, name="assign"),
]
