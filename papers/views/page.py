"""A page, or the one region of it that htmx asked for: the only file that knows htmx."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    regions: Sequence[str] = (),
    address: str = "",
    status: int = 200,
) -> HttpResponse:
    """Renders `template`; only its partial of that name where htmx asks for one of `regions`, told as `region`.

    `address` is the canonical one, which then goes into the address bar.
    """
    htmx = _htmx(request)
    region = htmx.target if htmx and not htmx.history_restore_request and htmx.target in regions else ""
    context = {**context, "region": region}
    response = render(request, f"{template}#{region}" if region else template, context, status=status)
    if region and address:
        response["HX-Push-Url"] = address
    patch_vary_headers(response, ["HX-Request", "HX-Target", "HX-History-Restore-Request"])
    return response


class Cursors(TypedDict):
    """Behind which row a page of rows begins, or before which it ends; empty where that is not asked."""

    after: str
    before: str


def cursors_of(request: HttpRequest) -> Cursors:
    return {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}


def asks_for_part(request: HttpRequest) -> bool:
    """Whether htmx will put what comes into the page that is there."""
    return bool(_htmx(request))


def asks_for(request: HttpRequest, region: str) -> bool:
    """Whether htmx will put what comes in the place of this region."""
    htmx = _htmx(request)
    return bool(htmx) and htmx.target == region


def away(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, and never into a region of this one."""
    return HttpResponseClientRedirect(address) if asks_for_part(request) else HttpResponseRedirect(address)


def stood_at(request: HttpRequest, default: str = "/") -> str:
    """The address of the page where the form stood that was sent, if that is a page of ours."""
    address = request.POST.get("next", "")
    return address if is_ours(request, address) else default


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address that somebody sent leads to this site."""
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


def _htmx(request: HttpRequest) -> HtmxDetails:
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return htmx
