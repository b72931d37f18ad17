"""Markings: what a reader did at once with all that a question found, each of which can be taken back."""

import datetime as dt

from django.core.exceptions import EmptyResultSet
from django.db import connections, models, router
from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..language import Filter, State
from ..query import PaperQuery
from .digest import Digest
from .mark import Mark
from .paper import FIRST_VERSION, Paper
from .papers import PaperQuerySet
from .reader_state import ReaderState, Status
from .user import User

_KEPT_FOR = dt.timedelta(days=30)
_UNMARKED: dict[str, str | bool | int] = {
    "status": Status.UNMARKED.value,
    "starred": False,
    "dismissed": False,
    "version": FIRST_VERSION,
}
#: What is asked where nothing is left out that could be marked as read.
_EVERYTHING = (None, Filter("is", State.UNREAD))


class MarkingQuerySet(models.QuerySet["Marking"]):
    def make(self, reader: User, mark: Mark, query: PaperQuery) -> "Marking | None":
        """Marks all that the question finds; None where that changes nothing. One at a time: see `sole_writer`.

        Whoever marks everything as read is caught up from then on, so that only the exceptions get rows.
        """
        self.filter(reader=reader, made_at__lt=timezone.now() - _KEPT_FOR).delete()
        reader.refresh_from_db(fields=["caught_up_to"])
        marking = self.create(reader=reader, mark=mark, question=query.urlencode())
        if mark is Mark.READ and query.node in _EVERYTHING:
            marking.catch_up()
        papers = query.ask(Paper.objects.visible_to(reader), reader)
        marking.count = _upsert(marking, papers.filter(mark.changes(papers, reader)))
        if not marking.count and not marking.caught_up_to:
            marking.delete()
            return None
        marking.save()
        reader.next_edition()
        return marking


class Marking(models.Model):
    """One mark on all that a question found. The states it changed remember it, and what they were before."""

    reader = models.ForeignKey(User, models.CASCADE, related_name="markings")
    mark = models.CharField(max_length=9, choices=Mark)
    question = models.TextField(blank=True, help_text="As an address carries it.")
    made_at = models.DateTimeField(auto_now_add=True)
    count = models.PositiveIntegerField(default=0, help_text="How many states it changed.")
    caught_up_from = models.DateField(null=True, blank=True)
    caught_up_to = models.DateField(null=True, blank=True, help_text="Where it moved its reader's day of that name.")
    before = models.JSONField(
        null=True, editable=False, help_text="What the one state was before, where it marked one paper."
    )
    is_taken_back = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False, help_text="Whether, taken back, its states say so themselves.")

    objects = MarkingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{PaperQuery.from_text(self.question)} marked as {self.get_mark_display()}"

    def catch_up(self) -> None:
        """Moves the day up to which its reader is caught up to that of the newest digest, if that is later."""
        newest, reader = Digest.objects.newest_day(), self.reader
        if newest and (reader.caught_up_to is None or reader.caught_up_to < newest):
            self.caught_up_from, self.caught_up_to = reader.caught_up_to, newest
            reader.caught_up_to = newest
            reader.save(update_fields=["caught_up_to"])

    def take_back(self) -> bool:
        """Gives back what nobody changed since, and says whether that is all. To do it again changes nothing."""
        if self.is_taken_back:
            return True
        changed = ReaderState.objects.filter(reader=self.reader, marking=self)
        were_unmarked = changed.filter(**{f"{name}_before": value for name, value in _UNMARKED.items()})
        before = {name: F(f"{name}_before") for name in _UNMARKED}
        count = were_unmarked.delete()[0] + changed.update(**before, marking=None, changed_at=timezone.now())
        is_all = count == self.count
        if self.caught_up_to:
            caught_up = User.objects.filter(pk=self.reader_id, caught_up_to=self.caught_up_to)
            is_all &= caught_up.update(caught_up_to=self.caught_up_from) == 1
        self.is_taken_back = True
        self.save(update_fields=["is_taken_back"])
        self.reader.next_edition()
        return is_all


def _upsert(marking: Marking, papers: PaperQuerySet) -> int:
    """Sets the mark on all the papers by one statement; returns on how many."""
    mark = Mark(marking.mark)
    column, value = mark.change
    seen = {"version": Coalesce("arxiv_version", FIRST_VERSION)} if mark.is_of_who_has_seen else {}
    values: dict[str, Combinable] = {
        "reader_id": Value(marking.reader_id),
        "paper_id": F("pk"),
        "marking_id": Value(marking.pk),
        "changed_at": Value(timezone.now()),
        **{name: Value(each) for name, each in (_UNMARKED | {column: value}).items()},
        **seen,
        **{f"{name}_before": Value(each) for name, each in _UNMARKED.items()},
    }
    table = ReaderState._meta.db_table
    connection = connections[router.db_for_write(ReaderState)]
    rows = papers.order_by().values_list(*values.values())
    try:
        select, parameters = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return 0
    given = [f"{name} = excluded.{name}" for name in (column, *seen, "marking_id", "changed_at")]
    before = [f"{name}_before = {table}.{name}" for name in _UNMARKED]
    with connection.cursor() as cursor:
        cursor.execute(  # without a WHERE, SQLite would take ON CONFLICT for the beginning of a join
            f"INSERT INTO {table} ({', '.join(values)}) SELECT * FROM ({select}) AS found WHERE true "
            f"ON CONFLICT (reader_id, paper_id) DO UPDATE SET {', '.join(given + before)}",
            parameters,
        )
        return int(cursor.rowcount)
