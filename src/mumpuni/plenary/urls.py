"""Addresses."""

from django.urls import path

from mumpuni.plenary import queries
from mumpuni.plenary.views import items, meetings
from mumpuni.web.steps import step_page

app_name = "plenary"
urlpatterns = [
    path("", meetings.meetings, name="meetings"),
    path("rencanakan/", meetings.plan, name="plan"),
    path("ajukan/<str:kind>/<slug:question>/<int:pk>/", items.put, name="put"),
    path("butir/<int:pk>/", items.item, name="item"),
    path("butir/<int:pk>/suara/", items.ballot, name="ballot"),
    path("butir/<int:pk>/langkah/<slug:name>", step_page(queries.items), name="item-step"),
    path("<int:pk>/", meetings.meeting, name="meeting"),
    path("<int:pk>/undangan/", meetings.invitation, name="invitation"),
    path("<int:pk>/anggota/", meetings.members, name="members"),
    path("<int:pk>/kehadiran/", meetings.presence, name="presence"),
    path("<int:pk>/agenda/", meetings.agenda, name="agenda"),
    path("<int:pk>/catatan/", meetings.note, name="note"),
    path("<int:pk>/risalah/", meetings.minutes, name="minutes"),
    path("<int:pk>/langkah/<slug:name>", step_page(queries.meetings), name="meeting-step"),
]
