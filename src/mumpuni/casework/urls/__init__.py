"""Addresses of tasks."""

from django.urls import path

from mumpuni.casework import queries
from mumpuni.casework.views import tasks
from mumpuni.web.steps import bulk_page

app_name = "casework"
urlpatterns = [
    path("", tasks.inbox, name="inbox"),
    path("bagi/", tasks.divide, name="divide"),
    path("langkah", bulk_page(queries.tasks), name="task-steps"),
    path("<int:pk>/", tasks.task, name="task"),
    path("<int:pk>/petugas/", tasks.assign, name="assign"),
]
