"""List entries: a paper on a reading list, and who suggested it."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from ..text import line_html
from .care import CaredFor, Turn
from .list_entries import ListEntryQuerySet
from .paper import Paper
from .reading_list import ReadingList
from .user import User

if TYPE_CHECKING:
    from .coverage import Coverage


class ListEntry(CaredFor):
    """A paper on a list, once; what was taken off is kept with its remarks, should it come back."""

    reading_list = models.ForeignKey(ReadingList, models.CASCADE, related_name="entries", db_index=False)
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="list_entries")
    place = models.BigIntegerField(help_text="In the order by hand.")
    suggested_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    suggested_at = models.DateTimeField()
    reason = models.TextField(blank=True, help_text="Why they did; Markdown.")

    objects = ListEntryQuerySet.as_manager()

    #: Who has read it, where a view has attached that for somebody who may know.
    coverage: "Coverage | None" = None
    #: How many remarks stand on it, and who says that it is worth reading, where a view has attached that for somebody
    #: who may know.
    remarks: int | None = None
    voices: Sequence[User] = ()
    #: Which it is of its list, where a view has counted.
    number: int | None = None
    #: Whether whoever looks at it can put it elsewhere, where it stands in the page.
    is_movable = False

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading_list", "paper"], name="paper_once_per_list")]
        indexes = [
            models.Index(fields=["reading_list", "place"], name="list_entries_in_order"),
            models.Index(fields=["reading_list", "suggested_at"], name="list_entries_by_age"),
            *(
                models.Index(
                    fields=["reading_list", f"{done}_at"],
                    condition=Q(**{f"{done}_at__isnull": False}),
                    name=f"list_entries_{done}_by_age",
                )
                for done in ("claimed", "set_aside")
            ),
            models.Index(
                fields=["claimed_by", "due_on"], condition=Q(claimed_by__isnull=False), name="list_entries_claimed"
            ),
        ]
        verbose_name_plural = "list entries"

    def __str__(self) -> str:
        return f"{self.paper} on {self.reading_list}"

    @property
    def stand(self) -> tuple[int, int]:
        """Where it stands by hand, before all that is greater."""
        return self.place, self.pk

    @property
    def reason_html(self) -> str:
        return line_html(self.reason)

    def is_of(self, reader: User) -> bool:
        """Whether it is there because they suggested it."""
        return self.suggested_by_id == reader.pk

    def suggest(self, by: User, reason: str, place: int, at: dt.datetime) -> None:
        """Puts it on the list at a place, unsaved, as what this person suggests now."""
        self.begin_anew()
        self.suggested_by, self.suggested_at, self.reason, self.place = by, at, reason, place

    def give_back(self, turn: Turn) -> bool:
        """False, too, where whoever had claimed it sees the list no longer."""
        claimant = turn.was.get("claimed_by_id")
        if claimant and not self.reading_list.people().filter(pk=claimant).exists():
            return False
        return super().give_back(turn)

    def _save(self, columns: dict[str, Any]) -> None:
        super()._save(columns)
        if columns:
            self.reading_list.next_edition()
