"""Rules: questions whose papers bear a tag, those that are in the library as those that come."""

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef

from ..query import PaperQuery
from .paper import Paper
from .paper_tag import PaperTag
from .tag import Tag


class RuleQuerySet(models.QuerySet["Rule"]):
    def standing(self) -> Self:
        """Switched on."""
        return self.filter(is_on=True)

    def idle(self) -> Self:
        """Switched on, and no rule puts their tag on any paper."""
        put = PaperTag.objects.filter(tag=OuterRef("tag"), origin=PaperTag.Origin.RULE)
        return self.standing().exclude(Exists(put))


class Rule(models.Model):
    """A question and a tag. Which papers it tags is a function of the library and the rules, whatever came first, as
    no rule asks for tags."""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="rules")
    question = models.CharField(max_length=500, help_text="As it is typed into the search box.")
    is_on = models.BooleanField(default=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["tag__slug", "pk"]

    def __str__(self) -> str:
        return f"{PaperQuery.from_text(self.question)} are tagged {self.tag.meant}"

    def among(self, papers: Sequence[Paper]) -> list[int]:
        """The ids of those of a batch of papers that it finds."""
        found = PaperQuery.from_text(self.question).ask(Paper.objects.all())
        return list(found.at_places([paper.position for paper in papers]).values_list("pk", flat=True))


def unfit(query: PaperQuery) -> str:
    """Why a question cannot be a rule's; nothing where it can."""
    asked = {each.name for each in query.filters}
    if query.ignored:
        return f"Not understood: {', '.join(query.ignored)}."
    if not query.node:
        return "Write what its papers have in common, as you would into the search box."
    if "is" in asked:
        return "A rule is the same for all readers: leave out “is:”, which speaks of what one of them has read."
    if "list" in asked:
        return "A rule is the same for all readers: leave out “list:”, as not all of them see the same lists."
    if "tag" in asked:
        return "Rules put tags, so none can ask for them: leave out “tag:”, and say what its papers are about."
    return ""
