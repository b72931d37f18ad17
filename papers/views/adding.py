"""Adding: papers are put on a list, from wherever they were found, or from what somebody has copied."""

from collections.abc import Sequence
from typing import NamedTuple

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ..access import Role
from ..exchange.looking_up import look_up
from ..exchange.pasting import paste as take_in
from ..exchange.refusal import Refused
from ..forms import PasteForm
from ..list_forms import MOST_AT_ONCE, PutOnForm, ReasonForm
from ..models import ListEntry, Paper, Quarantined, ReadingList, User
from ..models.list_entries import ListIsFull
from .acts import titled
from .entry_acts import followed, sent
from .of_list import changing, standing, the_list
from .page import away, page
from .sign_in import reader_view

#: So much of what is not known is told.
_MOST_TOLD = 50


class Found(NamedTuple):
    """What came of what somebody pasted."""

    papers: list[Paper]
    unknown: list[str]
    """Ids that the library does not know."""
    unread: int = 0
    """How many pieces could not be read."""

    @property
    def is_all(self) -> bool:
        return bool(self.papers) and not (self.unknown or self.unread)


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def list_papers(request: HttpRequest, key: str) -> HttpResponse:
    """Puts on a list what somebody pasted: what they named by ids is looked up, what else it is is taken in."""
    assert isinstance(request.user, User)
    reading_list = the_list(request, key, Role.CONTRIBUTOR)
    data = request.POST if request.method == "POST" else None
    form, why, found = PasteForm(data), ReasonForm(data), None
    if form.is_valid() and why.is_valid():
        try:
            standing(reading_list)
            found = _found(form.cleaned_data["text"], request.user)
            with changing(request, key, Role.CONTRIBUTOR) as reading_list:
                put_on(request, reading_list, found.papers, why.cleaned_data["reason"])
            if found.is_all:
                return away(request, reading_list.get_absolute_url())
        except Refused as refused:
            form.add_error("text", str(refused))
    context = {"list": reading_list, "form": form, "why": why, "found": found}
    return page(request, "lists/adding.html", context)


@require_POST
@reader_view
def list_papers_removal(request: HttpRequest, key: str) -> HttpResponse:
    """Takes off again what one put on a list in one act, but for what somebody took up since."""
    assert isinstance(request.user, User)
    try:
        with changing(request, key, Role.CONTRIBUTOR) as reading_list:
            at = sent(PutOnForm(request.POST)).cleaned_data["undo"]
            entries = reading_list.entries.present().of_act(request.user, at)
            left = entries.count() - entries.untouched().take_off(request.user)
            reading_list.next_edition()
        messages.info(
            request, "Taken off again, except for what somebody took up since." if left else "Taken off again."
        )
    except Refused as refused:
        messages.error(request, str(refused))
    return followed(request, key)


def put_on(request: HttpRequest, reading_list: ReadingList, papers: Sequence[Paper], reason: str) -> None:
    """Puts papers on a list that is being changed, and tells it with its undo."""
    assert isinstance(request.user, User)
    there = Paper.objects.visible_to(request.user).among(paper.pk for paper in papers).to_stay().in_bulk()
    if papers and not there:
        raise Refused("Nothing was put there: it is no longer in the library.")
    papers = [there[paper.pk] for paper in papers if paper.pk in there]
    if not papers:
        return
    try:
        new = ListEntry.objects.add(reading_list, papers, by=request.user, reason=reason)
    except ListIsFull as full:
        raise Refused(str(full)) from full
    _tell(request, reading_list, papers, new)


def _tell(request: HttpRequest, reading_list: ReadingList, papers: Sequence[Paper], new: Sequence[ListEntry]) -> None:
    """Which of the papers came onto the list, and which stood there already."""
    what = titled(papers[0]) if len(papers) == 1 else "1 paper" if len(new) == 1 else f"{intcomma(len(new))} papers"
    if not new:
        messages.info(request, f"{'All of them are' if len(papers) > 1 else f'{what} is'} on “{reading_list}” already.")
        return
    held = len(papers) - len(new)
    rest = f" {intcomma(held)} {'was' if held == 1 else 'were'} there already." if held else ""
    undo = f"{reverse('list_papers_removal', args=[reading_list.key])} {new[0].suggested_at.isoformat()}"
    messages.success(request, f"Put {what} on “{reading_list}”.{rest}", extra_tags=undo)


def _found(text: str, reader: User) -> Found:
    """Raises Refused where it cannot be taken in."""
    if looked_up := look_up(text, reader):
        more = ["and more, which were not looked up"] if looked_up.has_more else []
        return Found(looked_up.papers, [*looked_up.unknown[:_MOST_TOLD], *more])
    run = take_in(text, by=reader)
    papers = list(Paper.objects.visible_to(reader).of_file(run.file_id)[: MOST_AT_ONCE + 1])
    if len(papers) > MOST_AT_ONCE:
        raise Refused(f"There are more than {MOST_AT_ONCE} papers in it, which is more than is put on a list at once.")
    return Found(papers, [], Quarantined.objects.of_file(run.file_id).waiting().count())
