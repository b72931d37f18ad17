"""Remarks: what people say to each other about a paper, in a reading list or to everybody."""

from typing import Self

from django.db import models
from django.db.models import Q

from ..access import Reader
from ..text import markdown_html
from .paper import Paper
from .reading_list import ReadingList
from .user import User


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, reader: Reader) -> Self:
        """Of papers to whoever is signed in, of a list to its members."""
        if not isinstance(reader, User):
            return self.none()
        return self.filter(
            Q(reading_list=None) | Q(reading_list__in=ReadingList.objects.of_member(reader).values("pk"))
        )


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

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reading_list__isnull=False) | Q(paper__isnull=False), name="remark_on_something"
            )
        ]
        indexes = [models.Index(fields=["reading_list", "written_at"], name="remarks_by_age")]

    def __str__(self) -> str:
        return f"{self.by or 'Somebody who has left'} on {self.paper or self.reading_list}"

    @property
    def html(self) -> str:
        return markdown_html(self.text)
