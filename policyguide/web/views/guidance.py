from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("soon")


def firm(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("soon")
