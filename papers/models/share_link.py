"""Share links: whoever has one reads a list's papers, until it is revoked or its day has come."""

import datetime as dt
import hashlib
import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .reading_list import ReadingList
from .user import User


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def make(self, reading_list: ReadingList, by: User, expires_on: dt.date | None = None) -> "tuple[ShareLink, str]":
        """A new one, and what stands in it, which nobody can find out later."""
        token = secrets.token_urlsafe(24)
        link = self.create(reading_list=reading_list, token_hash=_hash(token), made_by=by, expires_on=expires_on)
        return link, token

    def open(self) -> Self:
        """That still lead to their lists; on the day of their end they do for the last time."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=timezone.localdate()), revoked_at=None)

    def of_token(self, token: str) -> "ShareLink | None":
        """The open one in which this stands; looked up at every request."""
        return self.open().select_related("reading_list").filter(token_hash=_hash(token)).first()


class ShareLink(models.Model):
    """By which anybody reads what stands on a list, and nothing of those who read it. Only its hash is kept."""

    reading_list = models.ForeignKey(ReadingList, models.CASCADE, related_name="share_links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(null=True, help_text="The last day on which it leads there.")
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True, help_text="When it was last used; noted hourly at most.")

    objects = ShareLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Link to {self.reading_list} of {self.made_at:%-d %B %Y}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
