from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "policyguide.web"

    def ready(self) -> None:
        from policyguide.web import checks  # noqa: F401 - registers them
