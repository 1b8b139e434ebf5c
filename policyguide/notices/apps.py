from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "policyguide.notices"
    verbose_name = "Notices"
