from django.apps import AppConfig


class MemosConfig(AppConfig):
    name = "policyguide.memos"
    verbose_name = "Memos of record"
