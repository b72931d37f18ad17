"""Inviting: the links of an invitation, and the mail that brings one."""

import logging

from django.http import HttpRequest
from django.urls import reverse

from ..models import Invitation
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
    context = {"invitation": invitation, "link": link}
    try:
        AccountAdapter().deliver(f"account/email/{template}", invitation.email, context)
    except OSError as error:
        _log.error("The mail of an invitation was not sent: %s", error)
        return False
    return True
