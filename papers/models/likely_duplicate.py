"""Likely duplicates: pairs of papers that may be one, until somebody says."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import F, Q

from .change import Change
from .paper import Paper


class LikelyDuplicateQuerySet(models.QuerySet["LikelyDuplicate"]):
    def undecided(self) -> Self:
        """Of which nobody said that they are two."""
        return self.filter(Q(apart=None) | Q(apart__taken_back_at__isnull=False))

    def kept_apart(self) -> Self:
        return self.filter(apart__isnull=False, apart__taken_back_at=None)

    def of(self, papers: Iterable[Paper | int]) -> Self:
        """That any of these papers is in."""
        either = list(papers)
        return self.filter(Q(first__in=either) | Q(second__in=either))

    def between(self, paper: Paper, other: Paper) -> Self:
        return self.filter(first=min(paper.pk, other.pk), second=max(paper.pk, other.pk))

    def best_first(self) -> Self:
        return self.select_related("first", "second").order_by("-score", "-pk")

    def behind(self, pair: "LikelyDuplicate") -> Self:
        """Those that come later when the best comes first."""
        no_better = self.filter(score__lte=pair.score)  # said by itself, so that the index is entered there
        return no_better.filter(Q(score__lt=pair.score) | Q(pk__lt=pair.pk)).best_first()


class LikelyDuplicate(models.Model):
    """Two papers that `exchange.duplicates` found to be like each other; gone when they no longer are."""

    class Kind(models.TextChoices):
        """What the titles have in common."""

        TITLE = "title", "same title"
        SPELLING = "spelling", "another spelling"
        SHORT = "short", "short name and full title"
        LONGER = "longer", "title goes on"
        ABSTRACT = "abstract", "same abstract"

    first = models.ForeignKey(Paper, models.CASCADE, related_name="+", help_text="The one with the lower id.")
    second = models.ForeignKey(Paper, models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(help_text="How likely, from 0 to 100.")
    kind = models.CharField(max_length=8, choices=Kind)
    evidence = models.CharField(max_length=200, help_text="In words.")
    apart = models.ForeignKey(
        Change, models.SET_NULL, null=True, blank=True, related_name="+", help_text="What kept them apart."
    )

    objects = LikelyDuplicateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]
        indexes = [models.Index(fields=["-score", "-id"], name="pairs_best_first")]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
