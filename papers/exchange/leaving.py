"""Leaving: what is somebody's alone goes with their account, and what they did for others stays, without their name."""

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction

from ..models import Invitation, User
from .refusal import Refused


def leave(person: User) -> None:
    """Deletes an account, all of it at once. What goes and what stays is said by `on_delete` of what leads to it; marks
    go by one statement, however many there are."""
    with transaction.atomic():
        superusers = User.objects.select_for_update().filter(is_superuser=True).order_by("pk")
        if person in list(superusers) and person.is_last_superuser:  # of two who leave at once, one sees the other gone
            raise Refused("Nobody else could make curators then. Make somebody a superuser first, at the desk.")
        sessions = UserSession.objects.filter(user=person).values("session_key")
        Session.objects.filter(session_key__in=sessions).delete()
        _forget_what_it_was_called(person)
        User.objects.filter(pk=person.pk).delete()


def _forget_what_it_was_called(person: User) -> None:
    """By rows that stay: that they were invited, and what was done to their account."""
    Invitation.objects.filter(accepted_by=person).update(email="")
    told = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    told.update(object_repr="somebody who left")
