"""The door of a list's entry: whatever is done with one comes by here, is told with its undo, and the page follows."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..access import Role
from ..exchange.refusal import Refused
from ..list_forms import UndoForm
from ..models import ListEntry, ReadingList, User
from ..models.care import Turn
from .acts import known, titled
from .of_list import changing, the_list
from .page import asks_for, asks_for_part, away, page, stood_at
from .reading_list import shelf
from .sign_in import reader_view

type Deed = Callable[[HttpRequest, ListEntry], tuple[str, Turn]]
"""It says what it did, and what that changed, if anything."""
type Door = Callable[[HttpRequest, str, str], HttpResponseBase]


def entry_act(needed: Role) -> Callable[[Deed], Door]:
    """Something that is done with an entry of a list, by POST, by whoever has the role that it needs."""

    def of(deed: Deed) -> Door:
        @wraps(deed)
        def done(request: HttpRequest, /, key: str, paper: str) -> HttpResponse:
            try:
                with changing(request, key, needed) as reading_list:
                    entry = entry_on(request, reading_list, paper)
                    said, turn = deed(request, entry)
                messages.success(request, said, extra_tags=undo_of(request, entry, needed, turn))
            except Refused as refused:
                messages.error(request, str(refused), extra_tags=refused.way_on)
            return followed(request, key, paper)

        return require_POST(reader_view(done))

    return of


def entry_on(request: HttpRequest, reading_list: ReadingList, key: str, *, is_off: bool = False) -> ListEntry:
    """The entry of the paper with this key, wherever that was merged since; refused where it was taken off."""
    paper = known(request, key)
    entry = reading_list.entries.of_papers([paper]).first()
    if entry is None:
        raise Http404("There is no such paper on this list.")
    entry.reading_list, entry.paper = reading_list, paper
    if not (entry.is_present or is_off):
        who = f" by {entry.removed_by}" if entry.removed_by else ""
        again = reverse("paper_lists", args=[paper.key])
        raise Refused(f"{titled(paper)} was taken off this list{who} meanwhile.", way_on=again)
    return entry


def own_or_edited(request: HttpRequest, entry: ListEntry) -> User:
    """Whoever does it, if they suggested the paper, or edit the list."""
    assert isinstance(request.user, User)
    if not (entry.reading_list.mine.may_edit or entry.is_of(request.user)):
        raise PermissionDenied
    return request.user


def sent[F: forms.Form](form: F) -> F:
    """A form as it should be. Refused, in words, where it is not."""
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return form


def followed(request: HttpRequest, key: str, paper: str = "") -> HttpResponse:
    """After an act, done or refused: the papers of the list where they stand in the page, else only what is told; or,
    without htmx, the page where the form stood."""
    address = reverse("reading_list", args=[key])
    here = stood_at(request, address)
    if not asks_for_part(request):
        return away(request, f"{here}#row-{paper}" if paper else here)
    if not asks_for(request, "shelf"):
        return page(request, "components/toast.html", {"oob": True, "is_saved": True})
    request.path, request.GET = address, QueryDict(urlsplit(here).query)
    return shelf(request, the_list(request, key))


def undo_of(request: HttpRequest, entry: ListEntry, needed: Role, turn: Turn) -> str:
    """The address that takes an act back, and what is to be sent there; nothing where nothing changed."""
    assert isinstance(request.user, User)
    if not turn.now:
        return ""
    by_role = entry.reading_list.mine.may_edit and not entry.is_of(request.user)
    sealed = UndoForm.seal(entry, request.user, max(needed, Role.EDITOR if by_role else needed), turn)
    return f"{reverse('list_entry_restoration', args=[entry.reading_list.key, entry.paper.key])} {sealed}"
