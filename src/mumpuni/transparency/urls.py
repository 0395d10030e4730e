from django.urls import path

from mumpuni.transparency import views

app_name = "transparency"
urlpatterns = [
    path("", views.log, name="log"),
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("policy", views.policy, name="policy"),
    path("tile/<path:path>", views.tile, name="tile"),
]
