"""Tags: the library's common vocabulary, in which one topic may go by many names."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from ..access import Reader, may_read_library
from ..ids import slug
from .categories import ARXIV_NAMES


class TagQuerySet(models.QuerySet["Tag"]):
    def visible_to(self, reader: Reader) -> Self:
        return self if may_read_library(reader) else self.none()

    def shown(self) -> Self:
        """Those that readers are offered. To be hidden is no secret: who asks for a hidden tag finds its papers."""
        return self.filter(hidden=False)

    def hidden(self) -> Self:
        return self.filter(hidden=True)

    def aliases(self) -> Self:
        """Mere other names of tags."""
        return self.filter(alias_of__isnull=False)

    def near(self, tags: Iterable[int]) -> Self:
        """These, by their ids, their other names, and what stands under them."""
        return self.filter(Q(pk__in=tags) | Q(alias_of__in=tags) | Q(parent__in=tags))

    def misplaced(self) -> Self:
        """Names of mere names, and what stands under a mere name or on a third floor: there are none of these."""
        return self.filter(
            Q(alias_of__alias_of__isnull=False)
            | Q(parent__alias_of__isnull=False)
            | Q(alias_of=None, parent__parent__isnull=False)
        )

    def unused(self) -> Self:
        """Tags in their own right that no paper bears."""
        return self.filter(alias_of__isnull=True, size=0)

    def most_used_first(self) -> Self:
        """Those that papers bear, which no mere alias is."""
        return self.filter(size__gt=0).order_by("-size", "-pk")

    def nested(self) -> Self:
        """Without those that stand under another one that is shown; with its own, the most used first, as `under`."""
        shown = Tag.objects.shown().most_used_first()
        inner = shown.filter(pk=OuterRef("parent"))
        return self.exclude(Exists(inner)).prefetch_related(Prefetch("children", shown, to_attr="under"))

    def grow(self, more: Mapping[int, int]) -> None:
        """Adds to the sizes of tags, by their ids, or takes from them."""
        for number, tags in groupby(sorted(more, key=more.__getitem__), key=more.__getitem__):
            self.filter(pk__in=list(tags)).update(size=F("size") + number)

    def called(self, name: str) -> "Tag | None":
        """The tag that goes by this name, however it is spelled."""
        return self.meant([slug(name)]).get(slug(name))

    def meant(self, slugs: Iterable[str]) -> dict[str, "Tag"]:
        """The tags that are meant by these slugs, be it by another name, as far as there are any."""
        wanted = {each: slug(ARXIV_NAMES.get(each, "")) for each in slugs}
        rows = self.select_related("alias_of").in_bulk({*wanted, *filter(None, wanted.values())}, field_name="slug")
        found = {each: rows.get(each) or rows.get(arxiv) for each, arxiv in wanted.items()}
        return {each: tag.meant for each, tag in found.items() if tag}

    def made_by_digests(self) -> Self:
        """Which nobody did anything with, and no paper bears."""
        untouched = self.filter(name=F("spelling"), description="", hidden=False, alias_of=None, parent=None, size=0)
        return untouched.filter(aliases=None, children=None, rules=None, paper_tags=None)

    def named_like(self, text: str) -> Self:
        """In whose names, or other names, a text stands, however it is spelled."""
        part = slug(text)
        return self._named(Q(slug__contains=part)) if part or not text else self.none()

    def beginning(self, text: str) -> Self:
        """In one of whose names a word, and what is behind it, begins with a text."""
        start = slug(text)
        return self._named(Q(slug__startswith=start) | Q(slug__contains=f"-{start}"))

    def _named(self, condition: Q) -> Self:
        return self.filter(condition | Q(pk__in=Tag.objects.aliases().filter(condition).values("alias_of")))


class Tag(models.Model):
    """A topic, or another name of one. Spellings that differ only in case and punctuation are one name."""

    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=200, unique=True, editable=False)
    spelling = models.CharField(
        max_length=200,
        blank=True,
        editable=False,
        help_text="Of the digests' spellings the first in the alphabet; it is the name until a curator gives another.",
    )
    alias_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="aliases", help_text="The tag whose name it is."
    )
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    description = models.TextField(blank=True)
    hidden = models.BooleanField(default=False, help_text="Papers keep it, and it is shown nowhere.")
    size = models.PositiveIntegerField(default=0, editable=False, help_text="How many papers bear it.")

    objects = TagQuerySet.as_manager()

    #: The tags that stand under it, where they were asked for.
    under: "list[Tag]"

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or slug(self.name)
        super().save(*args, **kwargs)

    @property
    def meant(self) -> "Tag":
        """The tag whose name this is. There are no aliases of aliases."""
        return self.alias_of or self

    @property
    def meant_id(self) -> int:
        return self.alias_of_id or self.pk
