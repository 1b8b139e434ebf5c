from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "policyguide.firms"
    verbose_name = "Firms and people"
