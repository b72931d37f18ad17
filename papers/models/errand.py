"""Errands: papers that have still to follow what was done to a tag or a rule."""

from django.db import models

from ..query import PaperQuery
from .paper import Paper
from .paper_tag import PaperTag
from .tag import Tag


class Errand(models.Model):
    """The papers on which a tag was put, or those that answer a question: they are gone through in order, and `beyond`
    says how far. New papers need no errand, as they are tagged by what holds when they come."""

    tag = models.ForeignKey(Tag, models.CASCADE, null=True, related_name="+")
    origin = models.CharField(max_length=7, blank=True, help_text="Who put the tag there, if that matters.")
    question = models.CharField(max_length=500, blank=True)
    beyond = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"Papers tagged {self.tag}" if self.tag else str(PaperQuery.from_text(self.question)).capitalize()

    def next(self, most: int) -> list[Paper]:
        """The papers that come next, which are then behind it."""
        papers = self._next_tagged(most) if self.tag_id else self._next_found(most)
        if papers:
            self.beyond = papers[-1].pk if self.tag_id else papers[-1].position
        return papers

    def _next_tagged(self, most: int) -> list[Paper]:
        ties = PaperTag.objects.filter(tag=self.tag_id, paper__gt=self.beyond or 0)
        if self.origin:
            ties = ties.filter(origin=self.origin)
        ids = ties.order_by("paper").values_list("paper", flat=True).distinct()[:most]
        return list(Paper.objects.filter(pk__in=list(ids)).order_by("pk"))

    def _next_found(self, most: int) -> list[Paper]:
        found = PaperQuery.from_text(self.question).ask(Paper.objects.all())
        return list((found if self.beyond is None else found.before(self.beyond))[:most])
