"""Addresses of the desk. All are for editors; strangers are told there is nothing."""

from django.urls import path

from policyguide.web.views.desk import (
    batches,
    captures,
    changes,
    editions,
    entries,
    firms,
    impact,
    log,
    notices,
    preview,
    queue,
)

urlpatterns = [
    path("", queue.show, name="desk"),
    path("log/", log.show, name="desk-log"),
    path("batches/", batches.index, name="desk-batches"),
    path("batches/<int:pk>/", batches.show, name="desk-batch"),
    path("batches/<int:pk>/memos.zip", batches.archive, name="desk-batch-archive"),
    path("notices/", notices.show, name="desk-notices"),
    path("firms/", firms.index, name="desk-firms"),
    path("firms/<slug:slug>/", firms.visit, name="desk-visit"),
    # sources/ and captures/
    path("sources/", captures.sources, name="desk-sources"),
    path("sources/new/", captures.add_source, name="desk-add-source"),
    path("sources/<str:code>/capture/", captures.capture, name="desk-capture-source"),
    path("sources/<str:code>/unchanged/", captures.unchanged, name="desk-unchanged"),
    path("captures/<str:source>/<str:slug>/", captures.show, name="desk-captured"),
    path("rechecks/<int:pk>/", captures.settle, name="desk-settle"),
    path(
        "editions/<int:number>/withdraw/",
        editions.withdraw,
        name="desk-withdraw-edition",
    ),
    # changes/
    path("changes/new/", changes.add, name="desk-open"),
    path("changes/<int:pk>/", changes.show, name="desk-change"),
    path("changes/<int:pk>/details/", changes.describe, name="desk-describe"),
    path(
        "changes/<int:pk>/base/", changes.bring_up_to_date, name="desk-bring-up-to-date"
    ),
    path("changes/<int:pk>/preview/", preview.show, name="desk-preview"),
    path("changes/<int:pk>/impact/", impact.show, name="desk-impact"),
    # changes/<change>/entries/ and changes/<change>/new/
    path("changes/<int:pk>/new/<slug:kind>/", entries.add, name="desk-add"),
    path(
        "changes/<int:pk>/new/<slug:kind>/quotations/",
        entries.quote_for_new,
        name="desk-quote-for-new",
    ),
    path("changes/<int:pk>/entries/<str:code>/", entries.edit, name="desk-entry"),
    path(
        "changes/<int:pk>/entries/<str:code>/quotations/",
        entries.quote,
        name="desk-quote",
    ),
    path(
        "changes/<int:pk>/entries/<str:code>/remove/",
        entries.remove,
        name="desk-remove",
    ),
]
