"""Remarks: what people say to each other about a paper, in a reading list or to everybody."""

import datetime as dt
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from ..access import Reader
from ..text import markdown_html, mentioned
from .paper import Paper
from .reading_list import ReadingList
from .user import User

#: So many characters of a remark are enough to know what it is about.
_BEGINNING = 500
_OF_LATE = dt.timedelta(minutes=1)


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, reader: Reader) -> Self:
        """Of papers to whoever is signed in, of a list to its members."""
        if not isinstance(reader, User):
            return self.none()
        shown = Q(paper=None) | Q(paper__hidden=False)
        return self.filter(
            shown, Q(reading_list=None) | Q(reading_list__in=ReadingList.objects.of_member(reader).values("pk"))
        )

    def in_place(self, reading_list: ReadingList | None, paper: Paper | None) -> Self:
        """Said there and nowhere else: on an entry of a list, on the list itself, or on a paper to all."""
        return self.filter(reading_list=reading_list, paper=paper)

    def to_all(self) -> Self:
        """In no list."""
        return self.filter(reading_list=None)

    def in_lists(self, lists: "models.QuerySet[ReadingList]") -> Self:
        return self.filter(reading_list__in=lists.values("pk"))

    def standing(self) -> Self:
        """Whose words are there to be read: neither removed nor hidden."""
        return self.filter(removed_at__isnull=True, hidden_at__isnull=True)

    def apart_from(self, reader: User) -> Self:
        """Of others, also of those who have left."""
        return self.exclude(by=reader)

    def mentioning(self, reader: User) -> Self:
        return self.filter(mentions=reader)

    def of_late(self, **said: Any) -> "Remark | None":
        """One that says just this, and was not written long ago."""
        return self.filter(**said, written_at__gt=timezone.now() - _OF_LATE).first()

    def in_full(self) -> Self:
        """With who wrote them, who hid them, and whom they mention; as they were written."""
        people = self.select_related("by", "hidden_by").prefetch_related("mentions")
        return people.order_by("written_at", "pk")

    def count_on(self, reading_list: ReadingList, papers: Iterable[Paper]) -> dict[int, int]:
        """How many stand on each of these papers in the list, by the papers' numbers."""
        standing = self.standing().filter(reading_list=reading_list, paper__in=papers)
        return dict(standing.order_by().values_list("paper").annotate(Count("pk")))


class Remark(models.Model):
    """Somebody's words: on an entry of a list, on the list itself, or, without a list, on a paper for all who are
    signed in. An answer stands under the remark that opened the thread."""

    reading_list = models.ForeignKey(ReadingList, models.CASCADE, null=True, related_name="remarks", db_index=False)
    paper = models.ForeignKey(Paper, models.CASCADE, null=True, related_name="remarks")
    answers = models.ForeignKey("self", models.CASCADE, null=True, related_name="answered_by")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="remarks")
    text = models.TextField(help_text="Markdown; formulas between dollar signs.")
    written_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True, help_text="Its words are gone then, and its place stays.")
    hidden_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    hidden_at = models.DateTimeField(null=True, help_text="When an editor of the list hid it.")
    mentions = models.ManyToManyField(User, blank=True, related_name="mentioned_in")

    objects = RemarkQuerySet.as_manager()

    #: Whether it was said since the last visit of whom it is shown to.
    is_new = False

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reading_list__isnull=False) | Q(paper__isnull=False), name="remark_on_something"
            )
        ]
        indexes = [
            models.Index(fields=["reading_list", "written_at"], name="remarks_by_age"),
            models.Index(fields=["written_at"], condition=Q(reading_list=None), name="remarks_to_all_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.by or 'Somebody who has left'} on {self.paper or self.reading_list}"

    def get_absolute_url(self) -> str:
        return f"{self.page}#remark-{self.pk}"

    @property
    def page(self) -> str:
        """The address of what it is said on."""
        if self.paper and self.reading_list:
            return reverse("list_entry", args=[self.reading_list.key, self.paper.key])
        about = self.paper or self.reading_list
        return about.get_absolute_url() if about else "/"

    @property
    def html(self) -> str:
        """With the names of those whom it mentions."""
        return self._html(self.text)

    @property
    def beginning_html(self) -> str:
        return self._html(Truncator(self.text).chars(_BEGINNING))

    def _html(self, text: str) -> str:
        return markdown_html(text, {person.username.lower(): str(person) for person in self.mentions.all()})

    @property
    def stamp(self) -> str:
        """Another one whenever it says something else."""
        return blake2b(self.text.encode(), digest_size=8).hexdigest()

    def mention(self, people: "models.QuerySet[User]") -> None:
        """Keeps whom of these it speaks to."""
        self.mentions.set(people.filter(username__in=mentioned(self.text)))

    def change(self, text: str) -> None:
        self.text, self.edited_at = text, timezone.now()
        self.save(update_fields=["text", "edited_at"])

    def remove(self) -> None:
        """For good: nothing of what it said is kept."""
        self.text, self.removed_at = "", timezone.now()
        self.save(update_fields=["text", "removed_at"])
        self.mentions.clear()

    def hide(self, by: User | None) -> None:
        """Lets only those read it who may bring it back; by nobody, brings it back."""
        self.hidden_by, self.hidden_at = by, timezone.now() if by else None
        self.save(update_fields=["hidden_by", "hidden_at"])
