"""Addresses, a list for each kind of page."""

from django.urls import include, path

from policyguide.web.views import (
    between,
    data_protection,
    feed,
    firms,
    guidance,
    health,
    invitations,
    letterhead,
    memo_status,
    memos,
    notes,
    notices,
    people,
    policy,
    posting,
    profile,
    recalls,
    styleguide,
    tasks,
)

urlpatterns = [
    path("", guidance.public, name="home"),
    path("before-you-post/", posting.before_you_post, name="before_you_post"),
    path("healthz", health.alive, name="healthz"),
    path("data-protection/", data_protection.kept, name="data_protection"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("styleguide/", styleguide.components, name="styleguide"),
    path("desk/", include("policyguide.web.desk_urls")),
    # /firms/
    path("firms/", firms.index, name="firms"),
    path("firms/<slug:slug>/", guidance.firm, name="firm"),
    path("firms/<slug:slug>/editions/", between.show, name="firm_editions"),
    path("firms/<slug:slug>/profile/", profile.edit, name="profile"),
    path("firms/<slug:slug>/letterhead/", letterhead.edit, name="letterhead"),
    path(
        "firms/<slug:slug>/letterhead.css", letterhead.accent, name="letterhead_accent"
    ),
    path("firms/<slug:slug>/notes/", notes.index, name="notes"),
    path("firms/<slug:slug>/notes/<str:kind>.eml", notes.draft, name="note_draft"),
    # /firms/…/tasks/
    path("firms/<slug:slug>/tasks/", tasks.index, name="tasks"),
    path("firms/<slug:slug>/tasks.csv", tasks.table, name="tasks_csv"),
    path("firms/<slug:slug>/tasks/<str:action>/", tasks.edit, name="task"),
    path("firms/<slug:slug>/tasks/<str:action>/tick/", tasks.tick, name="tick"),
    path("firms/<slug:slug>/calendar/", tasks.calendar, name="calendar"),
    path("due/<str:secret>.ics", tasks.due_dates, name="due_dates"),
    # /firms/…/people/
    path("firms/<slug:slug>/people/", people.index, name="people"),
    path("firms/<slug:slug>/people/<int:pk>/", people.member, name="member"),
    path(
        "firms/<slug:slug>/people/invitations/<int:pk>/",
        people.withdraw,
        name="invitation_withdraw",
    ),
    path("invitations/<str:secret>/", invitations.accept, name="invitation"),
    # /firms/…/memos/
    path("firms/<slug:slug>/memos/", memos.index, name="memos"),
    path("firms/<slug:slug>/memos/all.zip", memos.archive, name="memos_archive"),
    path("firms/<slug:slug>/memos/<int:number>/", memos.show, name="memo"),
    path("firms/<slug:slug>/memos/<int:number>.pdf", memos.pdf, name="memo_pdf"),
    path("firms/<slug:slug>/memos/<int:number>.docx", memos.docx, name="memo_docx"),
    path(
        "firms/<slug:slug>/memos/compare/<int:one>/<int:other>/",
        memos.changes,
        name="memo_changes",
    ),
    path(
        "firms/<slug:slug>/memos/compare/<int:one>/<int:other>.docx",
        memos.changes_docx,
        name="memo_changes_docx",
    ),
    path(
        "firms/<slug:slug>/memos/<int:number>/correction/",
        recalls.correction,
        name="memo_correction",
    ),
    path("m/<str:code>/", memo_status.status, name="memo_status"),
    # /notices/
    path("notices/", notices.show, name="notices"),
    path("notices/stop/<str:token>/", notices.stop, name="notices-stop"),
    # /policy/
    path("policy/", policy.clauses, name="clauses"),
    path("policy/feed/", feed.editions, name="feed"),
    path("policy/editions/", policy.editions, name="editions"),
    path("policy/editions/<int:number>/", policy.edition, name="edition"),
    path("policy/sources/<str:code>/", policy.source, name="source"),
    path("policy/quotations/<str:code>/", policy.quotation, name="quotation"),
    path("policy/search/", policy.search, name="search"),
    path("policy/<str:code>/", policy.clause, name="clause"),
]
