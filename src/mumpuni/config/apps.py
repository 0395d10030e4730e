from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "mumpuni.config"
    label = "config"

    def ready(self) -> None:
        """Tell what packages below leave to those above: reactions, votes, standings, checks."""
        from mumpuni.casework.queries import STANDINGS  # noqa: PLC0415 - needs loaded models
        from mumpuni.certificates.actions import (  # noqa: PLC0415 - needs loaded models
            check_certificates,
        )
        from mumpuni.config.documents import TOLD  # noqa: PLC0415
        from mumpuni.config.reactions import REACTIONS  # noqa: PLC0415
        from mumpuni.config.votes import EXCLUDING, VOTES  # noqa: PLC0415
        from mumpuni.kernel import workflow  # noqa: PLC0415
        from mumpuni.oversight.views import beside as oversight  # noqa: PLC0415
        from mumpuni.plenary import models as plenary  # noqa: PLC0415
        from mumpuni.plenary.rules import GROUNDS  # noqa: PLC0415
        from mumpuni.surveillance.views import beside as surveillance  # noqa: PLC0415
        from mumpuni.transparency import checks  # noqa: PLC0415
        from mumpuni.web.beside import BESIDE  # noqa: PLC0415

        workflow.REACTIONS.update(REACTIONS)
        plenary.QUESTIONS.update({(one.kind, one.name): one for one in VOTES})
        BESIDE["licensing.licence"] = (surveillance.of_licence, oversight.of_licence)
        BESIDE["licensing.licenceapplication"] = (surveillance.of_application,)
        GROUNDS.extend(EXCLUDING)
        STANDINGS.update(TOLD)
        checks.FURTHER["certificates"] = check_certificates
