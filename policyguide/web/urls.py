"""Addresses, a list for each kind of page."""

from django.urls import path

from policyguide.web.views import guidance, health

urlpatterns = [
    path("", guidance.public, name="home"),
    path("healthz", health.alive, name="healthz"),
    # /firms/
    path("firms/<slug:slug>/", guidance.firm, name="firm"),
]
