"""Changes told: as rows of a history, and to who has just made one, each with a button that undoes it."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ..access import may_take_back
from ..exchange.refusal import Refused
from ..models import Change, Digest
from .bounded import counted, said
from .things import Thing, things_at

#: So many of the things that a change was done to are named in its row.
FEW = 3
_MOST = 100


class Row(NamedTuple):
    """A change, and the first of what it was done to."""

    change: Change
    things: list[Thing]
    has_more: bool
    may_undo: bool


def rows(changes: Iterable[Change], request: HttpRequest, few: int = FEW) -> list[Row]:
    """Changes that come with one more subject than is told."""
    subjects = {change: [subject.name for subject in change.first_subjects] for change in changes}
    things = things_at((name for names in subjects.values() for name in names[:few]), request)
    return [
        Row(
            change,
            [things[name] for name in names[:few]],
            has_more=len(names) > few,
            may_undo=may_take_back(request.user, change.kind),
        )
        for change, names in subjects.items()
    ]


def do(request: HttpRequest, act: Callable[[], Change | None]) -> Change | None:
    """Does something to the library, and tells what was done or why it was not."""
    try:
        change = act()
    except Refused as refused:
        messages.error(request, str(refused))
        return None
    if change is None:
        messages.info(request, "All of it is so already; nothing was changed.")
    else:
        tell(request, f"{change.said}.", change)
    tell_what_is_left(request)
    return change


def tell(request: HttpRequest, what: str, change: Change | None) -> None:
    """Tells what was done, with a button that undoes it."""
    undo = reverse("admin:papers_change_undo", args=[change.pk]) if change else ""
    messages.success(request, what, extra_tags=undo)


def tell_what_is_left(request: HttpRequest) -> None:
    """Says how many digests have papers that do not follow yet, with a button that goes on with them."""
    if number := counted(Digest.objects.behind()):
        what = f"Papers of {said(number)} digest{'s' * (number > 1)} have yet to follow what was changed."
        messages.warning(request, what, extra_tags=reverse("admin:papers_digest_following"))


class ToldAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """For what is changed only by operations that write themselves down: their changes are its history."""

    object_history_template = "admin/papers/history.html"

    def log_addition(self, *args: Any) -> None:  # type: ignore[override]
        """Django's own log would tell the same once more, without a way back."""

    def log_change(self, *args: Any) -> None:  # type: ignore[override]
        """Nor is it told of changes."""

    def log_deletions(self, *args: Any) -> None:  # type: ignore[override]
        """Nor of what went."""

    def message_user(
        self, request: HttpRequest, message: Any, level: Any = messages.INFO, *args: Any, **kwargs: Any
    ) -> None:
        """Nor does it praise what `do` has told, or what was not done at all."""
        if level != messages.SUCCESS:
            super().message_user(request, message, level, *args, **kwargs)
        elif not len(messages.get_messages(request)):
            messages.info(request, "Nothing was changed.")

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        thing = self.get_object(request, unquote(object_id))
        changes = Change.objects.about(thing).newest_first().with_subjects(FEW + 1)[:_MOST] if thing else ()
        told = {"title": f"History: {thing}", "rows": rows(changes, request)}
        return super().history_view(request, object_id, {**told, **(extra_context or {})})
