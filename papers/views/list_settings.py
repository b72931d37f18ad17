"""What the owner of a reading list does with it as a whole: names it, puts it away, gives it away, deletes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ..access import Role
from ..exchange.refusal import Refused
from ..forms import ListSettingsForm
from ..models import ReadingList, User
from ..models.handing_over import hand_over
from ..sharing import HeirForm
from .of_list import list_act, the_list
from .page import page, stood_at
from .sign_in import reader_view


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def list_settings(request: HttpRequest, key: str) -> HttpResponseBase:
    """By POST its name, what it is for, who sees it and its order are changed."""
    if request.method == "POST":
        return _save(request, key)
    return _settings(request, the_list(request, key, Role.OWNER))


@list_act(Role.OWNER)
def _save(request: HttpRequest, reading_list: ReadingList) -> HttpResponse:
    assert isinstance(request.user, User)
    form = ListSettingsForm(request.POST, instance=the_list(request, reading_list.key), owner=request.user)
    if not form.saved():
        return _settings(request, reading_list, form)
    reading_list.next_edition()
    messages.success(request, "Saved.")
    return HttpResponseRedirect(reading_list.get_absolute_url())


def _settings(request: HttpRequest, reading_list: ReadingList, form: ListSettingsForm | None = None) -> HttpResponse:
    form = form or ListSettingsForm(instance=reading_list, owner=reading_list.owner)
    context = {"list": reading_list, "form": form, "heirs": HeirForm(reading_list=reading_list)}
    return page(request, "lists/settings.html", context)


@list_act(Role.OWNER)
def list_archive(request: HttpRequest, reading_list: ReadingList) -> HttpResponse:
    """Puts a finished list away."""
    reading_list.archive()
    undo = reverse("list_archive_removal", args=[reading_list.key])
    messages.success(request, f"“{reading_list}” is in the archive, where it can be read.", extra_tags=undo)
    return HttpResponseRedirect(stood_at(request, reading_list.get_absolute_url()))


@list_act(Role.OWNER, in_archive=True)
def list_archive_removal(request: HttpRequest, reading_list: ReadingList) -> HttpResponse:
    """Brings it back."""
    reading_list.archive(is_done=False)
    messages.success(request, f"“{reading_list}” is back from the archive.")
    return HttpResponseRedirect(stood_at(request, reading_list.get_absolute_url()))


@list_act(Role.OWNER, in_archive=True)
def list_owner(request: HttpRequest, reading_list: ReadingList) -> HttpResponse:
    """Gives it to one of its members; who had it is an editor from then on."""
    form = HeirForm(request.POST, reading_list=reading_list)
    if not form.is_valid():
        raise Refused("Choose one of its members, as it has them now. It is yours as before.")
    heir, name = form.cleaned_data["heir"], reading_list.name
    hand_over(reading_list, heir, stays=True)
    renamed = (
        "" if reading_list.name == name else f" It is called “{reading_list.name}” now, as they have one of its name."
    )
    messages.success(request, f"{heir} owns “{name}” from now on, and you edit it.{renamed}")
    return HttpResponseRedirect(reading_list.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def list_deletion(request: HttpRequest, key: str) -> HttpResponseBase:
    """Says what goes; by POST it is done."""
    if request.method == "POST":
        return _delete(request, key)
    reading_list = the_list(request, key, Role.OWNER)
    context = {
        "list": reading_list,
        "size": reading_list.entries.present().count(),
        "remarks": reading_list.remarks.count(),
        "others": reading_list.members().count() - 1,
        "links": reading_list.share_links.open().count(),
    }
    return page(request, "lists/deletion.html", context)


@list_act(Role.OWNER, in_archive=True)
def _delete(request: HttpRequest, reading_list: ReadingList) -> HttpResponse:
    assert isinstance(request.user, User)
    reading_list.delete()
    messages.success(request, f"“{reading_list}” is deleted.")
    return HttpResponseRedirect(reverse("lists"))


#: What waits for somebody to sign in again must not do by itself what cannot be taken back.
list_deletion.is_kept = list_owner.is_kept = False  # type: ignore[attr-defined]
