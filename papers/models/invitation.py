"""Invitations: somebody may make an account, by a link that works once."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, MutableMapping
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone

from ..access import Role, may_invite
from .membership import Membership
from .team import Team
from .user import User

if TYPE_CHECKING:
    from .reading_list import ReadingList

DAYS = 7
_HELD = "invitation"
_MAILED = Signer(salt="papers.invitation.mailed", sep=".")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def make(
        self,
        by: User,
        *,
        email: str = "",
        teams: Iterable[Group] = (),
        days: int = DAYS,
        reading_list: "ReadingList | None" = None,
        role: Role = Role.NONE,
    ) -> "tuple[Invitation, str]":
        """A new one, and what stands in its link, which nobody can find out later."""
        token = secrets.token_urlsafe(32)
        until = timezone.now() + dt.timedelta(days=days)
        onto: dict[str, Any] = {"reading_list": reading_list, "role": role}
        invitation = self.create(token_hash=_hash(token), email=email, made_by=by, expires_at=until, **onto)
        invitation.teams.set(teams)
        return invitation, token

    def waiting(self) -> Self:
        return self._undecided().filter(expires_at__gt=timezone.now(), made_by__is_active=True)

    def accepted(self) -> Self:
        return self.filter(accepted_at__isnull=False)

    def expired(self) -> Self:
        return self._undecided().filter(expires_at__lte=timezone.now())

    def revoked(self) -> Self:
        """Taken back, or made by somebody who has left."""
        return self.filter(accepted_at__isnull=True).exclude(pk__in=self.waiting()).exclude(pk__in=self.expired())

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def of_link(self, token: str) -> "Invitation | None":
        """The one that still lets somebody in by this link."""
        return self._letting_in(_hash(token.split(".", maxsplit=1)[0]))

    def held_in(self, session: MutableMapping[str, Any]) -> "Invitation | None":
        """The one by whose link somebody came, while it still lets them in."""
        held = session.get(_HELD, {})
        invitation = self._letting_in(held.get("hash", ""))
        if invitation:
            invitation.came_by_mail = held["by_mail"]
        return invitation

    def with_token(self, token: str) -> Self:
        """The one with this link, whatever has become of it."""
        return self.filter(token_hash=_hash(token.split(".", maxsplit=1)[0]))

    def used_by(self, person: User) -> Self:
        """By which they came."""
        return self.filter(accepted_by=person)

    def to_lists(self) -> Self:
        return self.filter(reading_list__isnull=False).select_related("reading_list")

    def to_list(self, reading_list: "ReadingList", by: User) -> Self:
        """Those to a reading list that this person made: whom they wrote to is nobody else's business."""
        return self.filter(reading_list=reading_list, made_by=by)

    def forget(self, session: MutableMapping[str, Any]) -> None:
        """That somebody came by a link."""
        session.pop(_HELD, None)

    def _letting_in(self, token_hash: str) -> "Invitation | None":
        waiting = self.waiting().select_related("made_by", "reading_list", "reading_list__owner")
        found = waiting.filter(token_hash=token_hash).first()
        return found if found and found.may_let_in else None

    def _undecided(self) -> Self:
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)


class Invitation(models.Model):
    """A link that lets one person in. The link itself is known to nobody but whom it was given to: only its hash is
    kept."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(blank=True, help_text="Where it is sent; empty where the link is passed on by hand.")
    teams = models.ManyToManyField(Group, blank=True, related_name="+", help_text="Which they join by accepting.")
    reading_list = models.ForeignKey(
        "papers.ReadingList",
        models.CASCADE,
        null=True,
        related_name="invitations",
        editable=False,
        help_text="On which they become a member by accepting, if that is why they are invited.",
    )
    role = models.PositiveSmallIntegerField(choices=Role, default=Role.NONE, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)

    objects = InvitationQuerySet.as_manager()

    #: Whether who holds it came by the link that was mailed, which they can know only from that mailbox.
    came_by_mail = False

    def __str__(self) -> str:
        return f"Invitation of {self.made_at:%-d %B %Y}"

    @property
    def state(self) -> str:
        """What has become of it, by the name of the adjective that finds it."""
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "revoked"
        if self.expires_at <= timezone.now():
            return "expired"
        return "waiting" if self.made_by and self.made_by.is_active else "revoked"

    @property
    def told_address(self) -> str:
        """Where it was sent, for who holds it: to a list, only for who came from that mailbox."""
        return self.email if self.came_by_mail or not self.reading_list else ""

    @property
    def may_let_in(self) -> bool:
        """Whether who made it may still do so: onto a list, its owner."""
        if self.reading_list:
            return self.made_by == self.reading_list.owner and may_invite(self.reading_list.owner)
        return bool(self.made_by and self.made_by.has_perm("papers.add_invitation"))

    def hold_in(self, session: MutableMapping[str, Any], token: str) -> None:
        """Remembers that somebody came by its link."""
        try:
            by_mail = bool(_MAILED.unsign(token))
        except BadSignature:
            by_mail = False
        session[_HELD] = {"hash": self.token_hash, "by_mail": by_mail}

    def accept(self) -> bool:
        """Uses it up; False where somebody else has, or it was taken back. By one statement, so that of two people at
        once one is let in. Its list is held first, as whoever acts on one does."""
        if self.reading_list:
            type(self.reading_list).objects.hold(self.reading_list.key)
        now = timezone.now()
        mine = Invitation.objects.filter(
            pk=self.pk, accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now
        )
        return mine.update(accepted_at=now) == 1

    def admit(self, person: User, session: MutableMapping[str, Any]) -> None:
        """Says who came by it, and puts them into its teams, those that its maker may still give, and onto its list."""
        Invitation.objects.filter(pk=self.pk).update(accepted_by=person)
        person.groups.add(*Team.objects.given_by(self.made_by).filter(pk__in=self.teams.values("pk")))
        if self.reading_list:
            Membership.objects.let_in(self.reading_list, person, self.role, by=self.made_by)
        session.pop(_HELD, None)

    def revoke(self) -> bool:
        """Lets nobody in any more; False where it was settled already."""
        open_still = Invitation.objects.filter(pk=self.pk, accepted_at__isnull=True, revoked_at__isnull=True)
        return open_still.update(revoked_at=timezone.now()) == 1


def as_mailed(token: str) -> str:
    """What stands in the link of a mail. Who was shown the link, and not sent it, does not know this."""
    return _MAILED.sign(token)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
