from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("policyguide.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "policyguide.web.views.errors.bad_request"
handler403 = "policyguide.web.views.errors.forbidden"
handler404 = "policyguide.web.views.errors.not_found"
handler429 = "policyguide.web.views.errors.too_many_requests"  # allauth's own name
handler500 = "policyguide.web.views.errors.server_error"
