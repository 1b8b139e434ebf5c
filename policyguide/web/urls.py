"""Addresses, a list for each kind of page."""

from django.urls import path

from policyguide.web.views import guidance, health, policy, profile, styleguide

urlpatterns = [
    path("", guidance.public, name="home"),
    path("healthz", health.alive, name="healthz"),
    path("styleguide/", styleguide.components, name="styleguide"),
    # /firms/
    path("firms/<slug:slug>/", guidance.firm, name="firm"),
    path("firms/<slug:slug>/profile/", profile.edit, name="profile"),
    # /policy/
    path("policy/", policy.clauses, name="clauses"),
    path("policy/editions/", policy.editions, name="editions"),
    path("policy/editions/<int:number>/", policy.edition, name="edition"),
    path("policy/sources/<str:code>/", policy.source, name="source"),
    path("policy/<str:code>/", policy.clause, name="clause"),
]
