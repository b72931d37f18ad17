"""Recommendations: who says of a paper that it is worth reading."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from .paper import Paper
from .reading_list import ReadingList
from .user import User


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def voices(self, papers: Iterable[Paper], reading_list: ReadingList | None = None) -> dict[int, list[User]]:
        """Who says so of each of these papers, in a list or to all, the first to say it first; by the papers'
        numbers."""
        said = self.filter(reading_list=reading_list, paper__in=papers).select_related("by").order_by("said_at", "pk")
        voices: dict[int, list[User]] = defaultdict(list)
        for each in said:
            voices[each.paper_id].append(each.by)
        return voices

    def say(self, paper: Paper, by: User, reading_list: ReadingList | None = None) -> bool:
        """Whether they had not said so before."""
        return self.get_or_create(paper=paper, by=by, reading_list=reading_list)[1]

    def take_back(self, paper: Paper, by: User, reading_list: ReadingList | None = None) -> None:
        self.filter(paper=paper, by=by, reading_list=reading_list).delete()


class Recommendation(models.Model):
    """“Worth reading”, said once by each: in a list to its members, or without one to all who are signed in."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="recommendations", db_index=False)
    reading_list = models.ForeignKey(ReadingList, models.CASCADE, null=True, related_name="recommendations")
    by = models.ForeignKey(User, models.CASCADE, related_name="recommendations")
    said_at = models.DateTimeField(auto_now_add=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "reading_list", "by"], name="recommended_once_per_list"),
            models.UniqueConstraint(
                fields=["paper", "by"], condition=Q(reading_list=None), name="recommended_once_to_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.paper} is worth reading"
