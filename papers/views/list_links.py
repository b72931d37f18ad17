"""Share links of a reading list: made by its owner, looked over, and revoked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ..access import Role
from ..exchange.refusal import Refused
from ..models import ReadingList, ShareLink, User
from ..sharing import LinkForm
from .of_list import list_act, the_list
from .page import page
from .sign_in import reader_view

#: More would be looked over by nobody.
_MOST_OPEN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def share_links(request: HttpRequest, key: str) -> HttpResponseBase:
    """Those that there are; by POST another is made, and shown in the answer itself, so that it is kept nowhere."""
    if request.method == "POST":
        return _make(request, key)
    return _links(request, the_list(request, key, Role.OWNER), LinkForm())


@list_act(Role.OWNER)
def _make(request: HttpRequest, reading_list: ReadingList) -> HttpResponse:
    assert isinstance(request.user, User)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _links(request, reading_list, form)
    if reading_list.share_links.open().count() >= _MOST_OPEN:
        raise Refused(f"This list has {_MOST_OPEN} links that still work. Revoke some, and then make another.")
    link, token = ShareLink.objects.make(reading_list, request.user, form.cleaned_data["expires_on"])
    address = request.build_absolute_uri(reverse("shared", args=[token]))
    return _links(request, reading_list, LinkForm(), new=link, link=address)


def _links(request: HttpRequest, reading_list: ReadingList, form: LinkForm, **made: object) -> HttpResponse:
    links = reading_list.share_links.newest_first().select_related("made_by")
    return page(request, "lists/links.html", {"list": reading_list, "form": form, "links": links, **made})


@list_act(Role.OWNER, in_archive=True)
def share_link_revocation(request: HttpRequest, reading_list: ReadingList, number: int) -> HttpResponse:
    """It leads nowhere from then on."""
    if get_object_or_404(reading_list.share_links, pk=number).revoke():
        messages.success(request, "The link is revoked. Whoever opens it is told that there is no such page.")
    else:
        messages.info(request, "The link was revoked before.")
    return HttpResponseRedirect(reverse("share_links", args=[reading_list.key]))
