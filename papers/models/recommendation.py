"""Recommendations: who says of a paper that it is worth reading."""

from typing import Self

from django.db import models
from django.db.models import Q

from ..access import Reader
from .paper import Paper
from .reading_list import ReadingList
from .user import User


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, reader: Reader) -> Self:
        """Said to everybody, to whoever is signed in; said in a list, to its members."""
        if not isinstance(reader, User):
            return self.none()
        return self.filter(
            Q(reading_list=None) | Q(reading_list__in=ReadingList.objects.of_member(reader).values("pk"))
        )


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
