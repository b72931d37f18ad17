"""Share links: whoever has one reads a list's papers, until it is revoked or its day has come."""

import datetime as dt
import hashlib
import secrets
from contextlib import suppress
from typing import Self

from django.db import OperationalError, models
from django.db.models import Q
from django.utils import timezone

from .reading_list import ReadingList
from .user import User
from .visit import without_waiting

_NOTED_EVERY = dt.timedelta(hours=1)


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def make(self, reading_list: ReadingList, by: User, expires_on: dt.date | None = None) -> "tuple[ShareLink, str]":
        """A new one, and what stands in it, which nobody can find out later."""
        token = secrets.token_urlsafe(24)
        link = self.create(reading_list=reading_list, token_hash=_hash(token), made_by=by, expires_on=expires_on)
        return link, token

    def open(self) -> Self:
        """That still lead to their lists; on the day of their end they do for the last time. While the owner is shut
        out, who alone could revoke them, none does."""
        not_over = Q(expires_on=None) | Q(expires_on__gte=timezone.localdate())
        return self.filter(not_over, revoked_at=None, reading_list__owner__is_active=True)

    def newest_first(self) -> Self:
        return self.order_by("-pk")

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

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    def revoke(self) -> bool:
        """Leads nowhere any more; False where it was revoked before."""
        return ShareLink.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now()) == 1

    def note_use(self) -> None:
        """Once an hour at most, and never waited for: the next who comes by it does it, too."""
        now = timezone.now()
        if self.used_at and now - self.used_at < _NOTED_EVERY:
            return
        with suppress(OperationalError), without_waiting():
            ShareLink.objects.filter(pk=self.pk).update(used_at=now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
