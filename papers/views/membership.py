"""One's own membership: an offer accepted or declined, a team's list taken part in, a list left."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..access import Role
from ..models import Membership, ReadingList, User
from .of_list import the_list
from .page import stood_at
from .sign_in import reader_view


@require_POST
@reader_view
@transaction.atomic
def membership(request: HttpRequest, key: str) -> HttpResponse:
    """Accepts what was offered, or, of who has it by a team, takes part: nobody else can do this for them, as others
    see from then on what they have read."""
    assert isinstance(request.user, User)
    ReadingList.objects.hold(key)
    offer = Membership.objects.offered_to(request.user).of_key(key).first()
    reading_list = offer.reading_list if offer else the_list(request, key, Role.VIEWER)
    if Membership.objects.take_part(reading_list, request.user):
        messages.success(request, f"You take part in “{reading_list}”. Its members see what of it you have read.")
    else:
        messages.info(request, "You take part in this list already.")
    return HttpResponseRedirect(reading_list.get_absolute_url())


@require_POST
@reader_view
@transaction.atomic
def membership_removal(request: HttpRequest, key: str) -> HttpResponse:
    """Declines, leaves, or takes part no longer."""
    assert isinstance(request.user, User)
    ReadingList.objects.hold(key)
    if offer := Membership.objects.offered_to(request.user).of_key(key).first():
        offer.take_off()
        messages.success(request, f"Declined. {offer.reading_list.owner} can offer it again.")
        return HttpResponseRedirect(stood_at(request, reverse("lists")))
    return _left(request, the_list(request, key, Role.VIEWER), request.user)


def _left(request: HttpRequest, reading_list: ReadingList, reader: User) -> HttpResponse:
    own = reading_list.memberships.of_person(reader).first()
    if reading_list.mine.may_own:
        messages.error(request, "You own this list. Give it to one of its members first; then you can leave it.")
        return HttpResponseRedirect(reverse("list_settings", args=[reading_list.key]))
    if own:
        own.take_off()
    if ReadingList.objects.of_member(reader).contains(reading_list):
        said = "You take part no longer. You see the list as long as you are in a team that has it."
        messages.success(request, said)
        return HttpResponseRedirect(reading_list.get_absolute_url())
    messages.success(request, f"You have left “{reading_list}”.")
    return HttpResponseRedirect(reverse("lists"))
