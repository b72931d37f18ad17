"""Tags on papers, and who put them there or took them away."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from ..access import Reader, may_curate_tags
from .paper import Paper
from .tag import Tag
from .user import User


class PaperTagQuerySet(models.QuerySet["PaperTag"]):
    def move(self, gone: Paper, kept: Paper) -> None:
        """Gives `kept` what people put on a paper that was merged into it, or took from it."""
        for origin in (PaperTag.Origin.PERSON, PaperTag.Origin.REMOVED):
            said = self.filter(paper=kept, origin=origin).values("tag")
            self.filter(paper=gone, origin=origin).exclude(tag__in=list(said.values_list("tag", flat=True))).update(
                paper=kept
            )

    def put_back(self, paper: Paper, ties: Sequence[Mapping[str, Any]]) -> None:
        """Puts on a paper what was remembered by its columns; who has left since is nobody, and what names no tag any
        more is left out."""
        there = set(User.objects.filter(pk__in=[tie["by_id"] for tie in ties]).values_list("pk", flat=True))
        tags = set(Tag.objects.filter(pk__in=[tie["tag_id"] for tie in ties]).values_list("pk", flat=True))
        rows = (
            {**tie, "by_id": tie["by_id"] if tie["by_id"] in there else None} for tie in ties if tie["tag_id"] in tags
        )
        self.bulk_create([PaperTag(paper=paper, **row) for row in rows], ignore_conflicts=True)

    def by_people(self) -> Self:
        return self.filter(origin__in=(PaperTag.Origin.PERSON, PaperTag.Origin.REMOVED))

    def of(self, tag: Tag) -> Self:
        """Of the tag, by whatever name."""
        return self.filter(Q(tag=tag) | Q(tag__alias_of=tag))

    def removable_by(self, reader: Reader) -> Self:
        """What the reader may take away: what they put there themselves; curators whatever there is."""
        if may_curate_tags(reader):
            return self
        return self.none() if isinstance(reader, AnonymousUser) else self.filter(origin="person", by=reader)

    def with_meaning(self) -> Any:
        """With `meant`: the id of the tag that is meant."""
        return self.annotate(meant=Coalesce(F("tag__alias_of"), F("tag")))

    def tags(self) -> list[Tag]:
        """What a paper with these bears, each tag once."""
        away = {tie.tag.meant_id for tie in self if tie.origin == PaperTag.Origin.REMOVED}
        borne = {tie.tag.meant_id: tie.tag.meant for tie in self}
        return sorted((tag for pk, tag in borne.items() if pk not in away), key=lambda tag: tag.slug)

    def shown_to(self, reader: Reader) -> list["Shown"]:
        """What is shown of it, and whether the reader may take it away."""
        own = {tie.tag.meant_id for tie in self if tie.by_id == reader.pk and tie.origin == PaperTag.Origin.PERSON}
        is_curator = may_curate_tags(reader)
        return [Shown(tag, is_curator or tag.pk in own) for tag in self.tags() if not tag.hidden]


class Shown(NamedTuple):
    """A tag on a paper's page."""

    tag: Tag
    is_removable: bool


class PaperTag(models.Model):
    """A tag that somebody put on a paper, by the name that they said. The paper bears the tag that is meant, and its
    token in the index, by which a tag's papers are found in date order."""

    class Origin(models.TextChoices):
        INGEST = "ingest"
        RULE = "rule"
        PERSON = "person"
        REMOVED = "removed"
        """A curator took it away, whoever says it."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="paper_tags", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="paper_tags", db_index=False)
    origin = models.CharField(max_length=7, choices=Origin, default=Origin.PERSON)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="paper_tags")

    objects = PaperTagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "tag", "origin"], name="tag_once_per_paper")]
        indexes = [
            models.Index(fields=["tag", "paper"], name="papers_by_tag"),
            models.Index(fields=["tag", "paper"], condition=Q(origin="rule"), name="papers_by_tag_of_rules"),
        ]

    def __str__(self) -> str:
        return f"{self.tag} on {self.paper}"
