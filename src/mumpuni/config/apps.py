from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "mumpuni.config"
    label = "config"

    def ready(self) -> None:
        """Tell the kernel what follows what."""
        from mumpuni.config.reactions import REACTIONS  # noqa: PLC0415 - needs loaded models
        from mumpuni.kernel import workflow  # noqa: PLC0415

        workflow.REACTIONS.update(REACTIONS)
