from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "mumpuni.config"
    label = "config"

    def ready(self) -> None:
        """Tell the kernel what follows what, and the log what is compared with it."""
        from mumpuni.certificates.actions import (  # noqa: PLC0415 - needs loaded models
            check_certificates,
        )
        from mumpuni.config.reactions import REACTIONS  # noqa: PLC0415
        from mumpuni.kernel import workflow  # noqa: PLC0415
        from mumpuni.transparency import checks  # noqa: PLC0415

        workflow.REACTIONS.update(REACTIONS)
        checks.FURTHER["certificates"] = check_certificates
