"""Entries: a digest named a paper, at a place in its order, with these words."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from ..formats.record import PaperRecord
from ..language import State
from .digest import Digest
from .ingest import Ingest
from .keyset import behind, cursor_of
from .paper import Paper
from .papers import FEW
from .quarantined import Quarantined
from .reader_state import ReaderState
from .user import User


class EntryQuerySet(models.QuerySet["Entry"]):
    def listed(self) -> Self:
        """Each paper of a digest once, and none that is hidden."""
        return self.filter(listed=True)

    def found_by(self, ingest: Ingest) -> Self:
        """Which an ingest made, or found where another had made them."""
        return self.filter(Q(ingest=ingest) | Q(sightings__ingest=ingest)).distinct()

    def in_file(self, file: int) -> Self:
        """Which any ingest found in the file of this id."""
        return self.filter(Q(ingest__file=file) | Q(sightings__ingest__file=file))

    def tagged(self, tag: models.Model) -> Self:
        """Of papers of which some digest says the tag, by this very name."""
        return self.filter(paper__paper_tags__tag=tag, paper__paper_tags__origin="ingest")

    def of_papers(self, papers: Collection[int]) -> Self:
        """Of these papers, by their ids."""
        return self.filter(paper__in=papers)

    def papers_beyond(self, paper: int, most: int) -> list[int]:
        """The next of the papers of one digest's entries, by their ids; listed or not, they stand in one index."""
        beyond = self.filter(paper__gt=paper).order_by("paper").values_list("paper", flat=True).distinct()
        listed, others = (beyond.filter(listed=listed)[:most] for listed in (True, False))
        return sorted({*listed, *others})[:most]

    def left_for(self, reader: User) -> Self:
        """Whose papers are new to the reader."""
        return self.filter(Paper.objects.all().looking(State.UNREAD, reader, "paper__"))

    def count_left_for(self, reader: User, digests: Collection[int]) -> dict[int, int]:
        """How many are left to the reader of each of these digests, by their ids."""
        left = self.listed().left_for(reader).filter(digest__in=digests).order_by()
        return dict(left.values_list("digest").annotate(Count("pk")))

    def kept_for(self, reader: User) -> Self:
        """Whose papers the reader has marked unread: those that are left of a digest that they are caught up with."""
        return self.filter(Exists(ReaderState.objects.in_state(reader, State.UNREAD).filter(paper=OuterRef("paper"))))

    def digests_kept_for(self, reader: User) -> Q:
        """What is true of the digests with such entries."""
        few = list(ReaderState.objects.in_state(reader, State.UNREAD).values_list("paper", flat=True)[: FEW + 1])
        if len(few) > FEW:  # of which one is soon met in any digest
            return Q(Exists(self.kept_for(reader).filter(digest=OuterRef("pk"))))
        return Q(pk__in=self.filter(paper__in=few).values("digest"))

    def newest_first(self) -> Self:
        """By the days of their digests, which come with them."""
        return self.select_related("digest__source").order_by("-digest__date", "-id")

    def of_key(self, key: str) -> Self:
        """Of the paper with this key, whatever was given for one."""
        return self.filter(paper__key=key) if key.isalnum() else self.none()

    def start_of_page(self, entry: "Entry", size: int) -> str:
        """The cursor of the page with an entry, where pages are of so many of one digest's; counted in the index."""
        earlier = behind(self.order_by("-place", "-id"), (entry.place, entry.pk)).only("place")
        far = earlier.count() % size
        rows = list(earlier[: far + 1])
        return cursor_of((rows[far].place, rows[far].pk)) if len(rows) > far else ""

    def in_order(self) -> Self:
        """As the digest has them, with their papers."""
        return self.select_related("paper").defer("record").order_by("place", "id")


class Entry(models.Model):
    """Ties a paper to a digest. Its record is what was found in the file, and stays as it is for ever."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="entries", db_index=False)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="entries")
    ingest = models.ForeignKey(Ingest, models.PROTECT, related_name="entries")
    place = models.PositiveIntegerField(help_text="In the digest's order.")
    listed = models.BooleanField(
        default=True, help_text="Whether readers see it: the first of its digest's for a paper that is not hidden."
    )
    record = models.TextField(editable=False, help_text="The PaperRecord as found, as JSON.")
    fingerprint = models.BinaryField(max_length=16, editable=False)
    title_key = models.BigIntegerField(editable=False, help_text="A hash of the folded title.")
    is_loose = models.BooleanField(editable=False, help_text="Has no arXiv id, so that its title may tie it to a work.")
    evidence = models.CharField(
        max_length=200, blank=True, help_text="Why it is of the same work as the paper's others."
    )
    note_html = models.TextField(blank=True, editable=False)
    mended_from = models.ForeignKey(
        Quarantined,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entries",
        db_index=False,
        help_text="What could not be read, until somebody mended it.",
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "fingerprint"], name="record_once_per_digest")]
        indexes = [
            models.Index(fields=["digest", "place", "id"], name="entries_in_order"),
            models.Index(fields=["digest", "listed", "paper"], name="papers_of_digest"),
            models.Index(fields=["title_key", "is_loose"], name="entries_by_title"),
            models.Index(fields=["mended_from"], condition=Q(mended_from__isnull=False), name="entries_mended"),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.digest}, number {self.place}"

    @property
    def address(self) -> str:
        """Where it stands, on the page of its digest."""
        return f"{self.digest.get_absolute_url()}?at={self.paper.key}#row-{self.paper.key}"

    @property
    def found(self) -> PaperRecord:
        return PaperRecord.from_json(self.record)
