"""What is said where a request makes no sense. Django's own views say the rest, with our templates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own knows no request, and so would greet everybody as a stranger."""
    return render(request, "400.html", status=400)
