"""Markings: whatever a reader does with papers, with one or with many at once. Each can be taken back."""

from django.db import models, transaction
from django.db.models import Q
from django.utils.functional import cached_property

from ..language import Filter
from ..query import PaperQuery
from .digest import Digest
from .mark import Mark
from .markings import MarkingQuerySet
from .paper import Paper
from .papers import PaperQuerySet
from .reader_state import ReaderState
from .reader_states import ReaderStateQuerySet
from .upsert import upsert
from .user import User

#: So many states are settled in one transaction, so that other writers wait for a moment only.
BATCH = 4_000


class Marking(models.Model):
    """One act: a mark on a paper, on a few, or on all that a question found.

    The states that it was the last to change remember it. What they were before stands in the states themselves; that
    of the only one, with its note and rating, here.
    """

    reader = models.ForeignKey(User, models.CASCADE, related_name="markings", db_index=False)
    mark = models.CharField(max_length=9, choices=Mark)
    question = models.TextField(blank=True, help_text="As an address carries it; that of no question is empty.")
    made_at = models.DateTimeField(auto_now_add=True)
    count = models.PositiveIntegerField(default=0, help_text="How many states it changed.")
    caught_up_from = models.DateField(null=True, blank=True)
    caught_up_to = models.DateField(null=True, blank=True, help_text="Where it moved its reader's day of that name.")
    before = models.JSONField(
        null=True, editable=False, help_text="What the one state said before, where it marked one paper."
    )
    is_taken_back = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False, help_text="Whether, taken back, its states say so themselves.")

    objects = MarkingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["reader", "made_at"], name="markings_by_age"),
            models.Index(
                fields=["reader"], condition=Q(is_taken_back=True, is_settled=False), name="markings_unsettled"
            ),
        ]

    def __str__(self) -> str:
        return f"{PaperQuery.from_text(self.question)} marked as {self.get_mark_display()}"

    @cached_property
    def paper(self) -> Paper | None:
        """The one that it marked, wherever that was merged since; None where it marked many."""
        node = PaperQuery.from_text(self.question).node
        return Paper.objects.at(node.value) if self.before is not None and isinstance(node, Filter) else None

    def catch_up(self) -> None:
        """Moves the day up to which its reader is caught up to that of the newest digest, if that is later."""
        newest, reader = Digest.objects.newest_day(), self.reader
        if newest and (reader.caught_up_to is None or reader.caught_up_to < newest):
            self.caught_up_from, self.caught_up_to = reader.caught_up_to, newest
            reader.caught_up_to = newest
            reader.save(update_fields=["caught_up_to"])

    def put_on(self, papers: PaperQuerySet) -> "Marking | None":
        """Marks what of the papers it changes; None, and forgotten, where that is nothing."""
        mark = Mark(self.mark)
        self.count = upsert(self, mark, papers.filter(mark.changes(papers, self.reader)))
        if not self.count and not self.caught_up_to:
            self.delete()
            return None
        self.save()
        self.reader.next_edition()
        return self

    @transaction.atomic
    def take_back(self) -> bool:
        """Gives back what nobody changed since, and says whether that is all. To do it again changes nothing.

        However many papers it marked, this takes no longer than a page: where their states are many, they are read as
        they were before until they are settled.
        """
        self.reader.lock()
        self.refresh_from_db(fields=["is_taken_back"])
        if self.is_taken_back:
            return True
        is_all = self._is_whole()
        if self.caught_up_to:
            caught_up = User.objects.filter(pk=self.reader_id, caught_up_to=self.caught_up_to)
            is_all &= caught_up.update(caught_up_to=self.caught_up_from) == 1
        self.is_taken_back = True
        if self.before is not None:
            self._states().put_back(self.before)
            self.is_settled = True
        elif self.count <= BATCH:
            self._settle_some()
        self.save(update_fields=["is_taken_back", "is_settled"])
        self.reader.next_edition()
        return is_all

    @transaction.atomic
    def settle(self) -> bool:
        """Gives back the next states, now that it is taken back; whether none is left."""
        self.reader.lock()
        self._settle_some()
        self.save(update_fields=["is_settled"])
        return self.is_settled

    def _is_whole(self) -> bool:
        """Whether nobody changed its states since. Very many are counted only if their reader did anything since."""
        if self.count > BATCH and not self.reader.markings.filter(pk__gt=self.pk).exists():
            return True
        return self._states().count() == self.count

    def _settle_some(self) -> None:
        """None that somebody else holds is waited for, as they may wait for one of these."""
        some = self._states().select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH]
        count = ReaderState.objects.filter(pk__in=list(some)).give_back()
        self.is_settled = count < BATCH and not self._states().exists()

    def _states(self) -> ReaderStateQuerySet:
        """Those that it was the last to change."""
        mine = ReaderState.objects.filter(reader=self.reader, marking=self)
        if self.before is not None:
            return mine.filter(paper=self.paper)
        return mine.that_got(*Mark(self.mark).change)
