"""Inviting: the links of an invitation, the mail that brings one, and the mail that tells of an offer."""

import logging
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.core.context import request_context
from django.http import HttpRequest
from django.urls import reverse

from ..models import Invitation, Membership
from ..models.invitation import as_mailed
from .adapter import AccountAdapter

_log = logging.getLogger(__name__)


def links(request: HttpRequest, token: str) -> tuple[str, str]:
    """The one that is shown, and the one that is mailed, which proves whose mailbox it is."""
    shown, mailed = (reverse("invitation", args=[each]) for each in (token, as_mailed(token)))
    return request.build_absolute_uri(shown), request.build_absolute_uri(mailed)


def send(invitation: Invitation, link: str) -> bool:
    """Whether the mail went out; where it did not, the link is passed on by hand."""
    template = "list_invitation" if invitation.reading_list else "invitation"
    return _deliver(template, invitation.email, {"invitation": invitation, "link": link})


def tell(request: HttpRequest, offer: Membership) -> None:
    """Writes to whom a list is offered, unless they want no such mails, where they have an address that is confirmed.
    Whoever offers it does not learn of either, and nobody is written to without end."""
    if not (offer.person and offer.person.offers_by_mail):
        return
    addresses = EmailAddress.objects.filter(user=offer.person, verified=True).order_by("-primary", "pk")
    address = addresses.first()
    if address and ratelimit.consume(request, action="invite", user=request.user):
        with request_context(request):
            pages = {name: request.build_absolute_uri(reverse(name)) for name in ("lists", "account")}
            _deliver("list_offer", address.email, {"offer": offer, **pages})


def _deliver(template: str, address: str, context: dict[str, Any]) -> bool:
    try:
        AccountAdapter().deliver(f"account/email/{template}", address, context)
    except OSError as error:
        _log.error("A mail was not sent, %s: %s", template, error)
        return False
    return True
