"""Leaving: what is somebody's alone goes with their account, what they shared is handed over, and what they did for
others stays, without their name."""

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from ..models import Edition, Invitation, ListEntry, ReadingList, User
from ..models.handing_over import hand_over, heir_of
from ..models.parting import concerning
from .keep import sole_writer
from .refusal import Refused


def heirs(person: User) -> list[tuple[ReadingList, User | None]]:
    """Their reading lists, each with who has it after them: nobody, where it is theirs alone."""
    return [(each, heir_of(each)) for each in person.reading_lists.select_related("owner").order_by("name")]


def leave(person: User) -> None:
    """Deletes an account, all of it at once. What goes and what stays is said by `on_delete` of what leads to it; marks
    go by one statement, however many there are."""
    with sole_writer():  # as what is done with papers takes along what people said of them
        list(concerning(person).held().values_list("pk"))  # first, as whoever acts on one does
        superusers = User.objects.select_for_update(no_key=True).filter(is_superuser=True).order_by("pk")
        if person in list(superusers) and person.is_last_superuser:  # of two who leave at once, one sees the other gone
            raise Refused("Nobody else could make curators then. Make somebody a superuser first, at the desk.")
        sessions = UserSession.objects.filter(user=person).values("session_key")
        Session.objects.filter(session_key__in=sessions).delete()
        _forget_what_it_was_called(person)
        User.objects.select_for_update(no_key=True).filter(pk=person.pk).first()  # nobody gives them a list meanwhile
        _hand_over_lists(person)
        User.objects.filter(pk=person.pk).delete()
        Edition.objects.next()


def hand_on(person: User) -> int:
    """Hands over what somebody shared who cannot, as they were shut out; how many lists. They edit these, should they
    be let in again, and keep what is theirs alone."""
    with sole_writer():
        list(concerning(person).held().values_list("pk"))
        shared = [(each, heir) for each, heir in heirs(person) if heir]
        for reading_list, heir in shared:
            hand_over(reading_list, heir, stays=True)
    return len(shared)


def _hand_over_lists(person: User) -> None:
    """What is shared, to who reads it; what is theirs alone goes, with the lists of others only their place there."""
    ListEntry.objects.filter(claimed_by=person).update(claimed_by=None, claimed_at=None, assigned_by=None)
    ReadingList.objects.filter(pk__in=person.memberships.values("reading_list")).next_edition()
    for reading_list, heir in heirs(person):
        if heir:
            hand_over(reading_list, heir, stays=False)
        else:
            reading_list.delete()


def _forget_what_it_was_called(person: User) -> None:
    """By rows that stay: that they were invited, and what was done to their account."""
    Invitation.objects.filter(accepted_by=person).update(email="")
    told = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    told.update(object_repr="somebody who left")
