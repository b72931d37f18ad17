"""What readers did, as it is done: with one paper, or with many at once."""

import datetime as dt
import time
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from django.db import models, transaction
from django.db.models.functions import Substr
from django.utils import timezone

from ..language import Filter, State
from ..query import PaperQuery
from .mark import Mark
from .paper import Paper
from .papers import PaperQuerySet
from .reader_state import ReaderState
from .user import User

if TYPE_CHECKING:
    from .marking import Marking

_KEPT_FOR = dt.timedelta(days=30)
#: What is asked where nothing is left out that could be marked as read.
_EVERYTHING = (None, Filter("is", State.UNREAD))
#: How the question begins of a marking of one paper; its key follows.
_OF_ONE = urlencode({"q": "id:"})


class MarkingQuerySet(models.QuerySet["Marking"]):
    @transaction.atomic
    def mark(self, reader: User, paper: Paper, **marks: Any) -> "Marking | None":
        """Sets these marks on one paper, or the one that took it in meanwhile, and leaves the others; None where that
        changes nothing. Raises Paper.DoesNotExist where it is no longer there."""
        self._prepare(reader)
        paper = Paper.objects.visible_to(reader).held(paper.key)
        state = ReaderState.objects.of_paper(reader, paper)
        before = state.marks
        if not (changed := state.set(**marks)):
            return None
        mark = next((name for name in marks if name in changed), next(iter(marks)))
        question = f"{_OF_ONE}{paper.key}"
        marking = self.create(
            reader=reader, mark=Mark.that_sets(mark, marks[mark]), question=question, before=before, count=1
        )
        state.marking, marking.paper = marking, paper
        state.save()
        reader.next_edition()
        return marking

    def reading_of_one(self) -> Self:
        """By which somebody marked one paper, that with its `paper_key`, as read, as far as they did not take it
        back."""
        standing = self.filter(mark=Mark.READ, before__isnull=False, is_taken_back=False)
        return standing.filter(reader__is_active=True).annotate(paper_key=Substr("question", len(_OF_ONE) + 1))

    def make(self, reader: User, mark: Mark, query: PaperQuery) -> "Marking | None":
        """Marks all that the question finds; None where that changes nothing. One at a time: see `sole_writer`.

        Whoever marks everything as read is caught up from then on, so that only the exceptions get rows.
        """
        self._prepare(reader)
        marking = self.create(reader=reader, mark=mark, question=query.urlencode())
        if mark is Mark.READ and query.node in _EVERYTHING:
            marking.catch_up()
        return marking.put_on(query.ask(Paper.objects.visible_to(reader), reader))

    def make_among(self, reader: User, mark: Mark, papers: PaperQuerySet) -> "Marking | None":
        """The same with papers that no question found: those of a page or of a digest."""
        self._prepare(reader)
        return self.create(reader=reader, mark=mark).put_on(papers)

    def waiting(self) -> Self:
        """Those that are taken back, but whose states do not all say so yet."""
        return self.filter(is_taken_back=True, is_settled=False)

    def unsettled(self, reader: User | None = None) -> list[int]:
        """Their numbers: of one reader, or of all."""
        of = {"reader": reader} if reader else {}
        return list(self.waiting().filter(**of).values_list("pk", flat=True))

    def settle(self, seconds: float, reader: User | None = None) -> bool:
        """Lets states say what was taken back, for about so long; whether all do. Pages look as before."""
        end = time.monotonic() + seconds
        for marking in self.filter(pk__in=self.unsettled(reader)).select_related("reader"):
            while not marking.settle():
                if time.monotonic() > end:
                    return False
        return True

    def _prepare(self, reader: User) -> None:
        """Of one reader, one act after the other, whatever device it comes from. Old ones are forgotten, and what was
        taken back settles a little."""
        reader.lock()
        old = self.filter(reader=reader, made_at__lt=timezone.now() - _KEPT_FOR)
        old.exclude(is_taken_back=True, is_settled=False).delete()
        if reader.unsettled:
            self.get(pk=reader.unsettled[0]).settle()
            del reader.unsettled
