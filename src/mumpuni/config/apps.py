from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "mumpuni.config"
    label = "config"
