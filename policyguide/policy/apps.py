from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "policyguide.policy"
    verbose_name = "What the terms say"
