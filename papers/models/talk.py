"""Talk: what is said in one place, as threads of one level, and what somebody may do there."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse

from ..access import may_curate
from .paper import Paper
from .reading_list import ReadingList
from .remark import Remark, RemarkQuerySet
from .user import User

#: So many of those who can be mentioned are named below the box.
_NAMED = 6


@dataclass(frozen=True)
class Thread:
    """A remark, and what was answered to it."""

    opening: Remark
    answers: list[Remark]


@dataclass(frozen=True)
class Talk:
    """On an entry of a list, on the list itself, or, without a list, on a paper for all who are signed in; as somebody
    takes part in it."""

    reader: User
    reading_list: ReadingList | None = None
    paper: Paper | None = None

    @property
    def address(self) -> str:
        """Where remarks are sent to; below it, each has its own."""
        if self.reading_list:
            return reverse("list_remarks", args=[self.reading_list.key])
        return reverse("paper_remarks", args=[self.about])

    @property
    def page(self) -> str:
        """Where they are read."""
        return Remark(reading_list=self.reading_list, paper=self.paper).page

    @property
    def about(self) -> str:
        return self.paper.key if self.paper else ""

    @property
    def is_open(self) -> bool:
        """Whether anything is said any more."""
        return self.reading_list is None or self.reading_list.is_standing

    @property
    def may_hide(self) -> bool:
        """What others said."""
        return self.reading_list.mine.may_edit if self.reading_list else may_curate(self.reader)

    @property
    def remarks(self) -> RemarkQuerySet:
        return Remark.objects.in_place(self.reading_list, self.paper)

    @property
    def people(self) -> QuerySet[User]:
        """Who may read it, and so can be mentioned."""
        return self.reading_list.people() if self.reading_list else User.objects.filter(is_active=True)

    @cached_property
    def mentionable(self) -> list[User]:
        """A few of them beside the reader; of a paper, which is for all, none."""
        others = self.people.exclude(pk=self.reader.pk) if self.reading_list else User.objects.none()
        return list(others.order_by("name", "username")[:_NAMED])

    @cached_property
    def threads(self) -> list[Thread]:
        """In the order of their openings. Of what is hidden, only who may bring it back gets the words; what others
        said since the reader's last visit is new."""
        since = self.reader.visited_before
        remarks = list(self.remarks.in_full())
        answers: dict[int | None, list[Remark]] = defaultdict(list)
        for remark in remarks:
            if remark.hidden_at and not self.may_hide:
                remark.text = ""
            remark.is_new = bool(since and remark.written_at > since and remark.by_id != self.reader.pk)
            answers[remark.answers_id].append(remark)
        return [Thread(opening, answers[opening.pk]) for opening in answers[None]]

    @property
    def count(self) -> int:
        """How many stand."""
        said = [remark for thread in self.threads for remark in (thread.opening, *thread.answers)]
        return sum(not (remark.removed_at or remark.hidden_at) for remark in said)

    def say(self, text: str, answers: Remark | None) -> Remark:
        """What answers an answer stands under the same opening. What they have just said is not said again, as by a
        double click."""
        self.reader.lock()
        opening = answers.answers if answers and answers.answers else answers
        said = {"by": self.reader, "text": text, "answers": opening}
        if again := self.remarks.standing().of_late(**said):
            return again
        remark = Remark.objects.create(reading_list=self.reading_list, paper=self.paper, **said)
        self._told(remark)
        return remark

    def change(self, remark: Remark, text: str) -> None:
        remark.change(text)
        self._told(remark)

    def remove(self, remark: Remark) -> None:
        remark.remove()
        self._looks_otherwise()

    def hide(self, remark: Remark, by: User | None) -> None:
        remark.hide(by)
        self._looks_otherwise()

    def _told(self, remark: Remark) -> None:
        remark.mention(self.people)
        self._looks_otherwise()

    def _looks_otherwise(self) -> None:
        if self.reading_list:
            self.reading_list.next_edition()
