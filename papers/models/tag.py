"""Tags: the library's common vocabulary, and why a paper has one."""

from collections.abc import Mapping
from itertools import groupby
from typing import Self

from django.db import models
from django.db.models import F, Q

from ..access import Reader, may_read_library
from ..ids import slug
from .paper import Paper


class TagQuerySet(models.QuerySet["Tag"]):
    def visible_to(self, reader: Reader) -> Self:
        return self if may_read_library(reader) else self.none()

    def most_used_first(self) -> Self:
        """Those that papers bear."""
        return self.filter(size__gt=0).order_by("-size", "-pk")

    def grow(self, more: Mapping[int, int]) -> None:
        """Adds to the sizes of tags, by their ids, or takes from them."""
        for number, tags in groupby(sorted(more, key=more.__getitem__), key=more.__getitem__):
            self.filter(pk__in=list(tags)).update(size=F("size") + number)

    def named_like(self, text: str) -> Self:
        """In whose names a text stands, however it is spelled."""
        part = slug(text)
        return self.filter(slug__contains=part) if part or not text else self.none()

    def beginning(self, text: str) -> Self:
        """In whose names a word, and what is behind it, begins with a text."""
        start = slug(text)
        return self.filter(Q(slug__startswith=start) | Q(slug__contains=f"-{start}"))


class Tag(models.Model):
    """A topic. Spellings that differ only in case and punctuation are one tag."""

    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=200, unique=True, editable=False)
    description = models.TextField(blank=True)
    size = models.PositiveIntegerField(default=0, editable=False, help_text="How many papers bear it.")

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        self.slug = self.slug or slug(self.name)
        super().save(*args, **kwargs)


class PaperTagQuerySet(models.QuerySet["PaperTag"]):
    def by_people(self) -> Self:
        """And by rules: those that no ingest takes back."""
        return self.exclude(origin=PaperTag.Origin.INGEST)

    def move(self, gone: Paper, kept: Paper) -> None:
        """Gives `kept` the tags that people and rules put on a paper that was merged into it."""
        ties = self.filter(paper=gone).exclude(origin=PaperTag.Origin.INGEST)
        said = set(self.filter(paper=kept).exclude(origin=PaperTag.Origin.INGEST).values_list("tag", flat=True))
        moving = {tie.tag_id: tie.pk for tie in ties if tie.tag_id not in said}
        self.filter(paper=kept, tag__in=moving).delete()
        self.filter(pk__in=moving.values()).update(paper=kept)


class PaperTag(models.Model):
    """A tag on a paper, and who put it there. A tag's papers are found by its token in the index, in date order."""

    class Origin(models.TextChoices):
        INGEST = "ingest"
        RULE = "rule"
        PERSON = "person"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="paper_tags", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="paper_tags")
    origin = models.CharField(max_length=6, choices=Origin, default=Origin.PERSON)

    objects = PaperTagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "tag"], name="tag_once_per_paper")]

    def __str__(self) -> str:
        return f"{self.tag} on {self.paper}"
