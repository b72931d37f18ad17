"""Papers: each work once."""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from ..dates import PartialDate, Precision
from .papers import PaperQuerySet

if TYPE_CHECKING:
    from .digest import Digest
    from .reader_state import ReaderState

#: As which a version counts that nobody told.
FIRST_VERSION = 1
#: What a curator may set, as one says it.
_CURATED = {"title": "title", "authors": "authors", "abstract": "abstract", "published": "date", "venue": "venue"}
_KEY_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_key() -> str:
    """A fresh public key: opaque, short enough to read aloud, with no letter that looks like another."""
    return "".join(_KEY_LETTERS[byte % len(_KEY_LETTERS)] for byte in secrets.token_bytes(12))


class Paper(models.Model):
    """One work. Its fields are what `exchange.resolve` makes of the records of its entries; nothing else sets them."""

    class AbstractKind(models.TextChoices):
        """What stands in the place of the abstract, the poorest first."""

        NONE = "", "none"
        SNIPPET = "snippet", "a snippet of the abstract"
        NOTE = "note", "a digest's note"
        ABSTRACT = "abstract", "the abstract"

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    position = models.BigIntegerField(unique=True, editable=False, help_text="Its place in date order.")
    title = models.TextField(help_text="Clean text: accents are letters, maths stays TeX.")
    title_html = models.TextField(editable=False)
    other_titles = models.JSONField(default=list, blank=True)
    abstract_kind = models.CharField(max_length=8, choices=AbstractKind, default=AbstractKind.NONE, blank=True)
    author_lines = models.TextField(
        blank=True, db_column="authors", help_text="Names in order, each between two ends of line."
    )
    published = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=5, blank=True)
    named_on = models.DateField(help_text="The day of the first digest that named it.")
    hidden = models.BooleanField(default=False, help_text="Whether readers see nothing of it.")
    arxiv_version = models.PositiveSmallIntegerField(null=True, blank=True)
    venue = models.TextField(blank=True)
    facets = models.TextField(
        blank=True, editable=False, help_text="What the index knows it by beside its words: see `search.token`."
    )
    links = models.JSONField(default=list, blank=True)
    curated = models.JSONField(default=dict, blank=True, help_text="The fields that a curator set, by name.")
    is_compared = models.BooleanField(
        default=False, editable=False, help_text="Whether its likely duplicates are those of what it says now."
    )
    # Last, because a row is read up to the last column that is asked for.
    abstract = models.TextField(blank=True)
    abstract_html = models.TextField(blank=True, editable=False)

    objects = PaperQuerySet.as_manager()

    #: The reader's own state, where a view has attached it.
    mine: "ReaderState | None" = None
    #: What of its row is rendered already, where a view has attached it.
    parts: Any = None
    acts = ""
    earlier = ""
    listed = ""

    class Meta:
        indexes = [
            models.Index(fields=["named_on"], name="papers_by_first_digest"),
            models.Index(fields=["position"], condition=Q(abstract_kind=""), name="papers_without_abstract"),
            models.Index(fields=["position"], condition=Q(is_compared=False), name="papers_to_compare"),
            models.Index(fields=["hidden", "position"], condition=Q(hidden=True), name="hidden_papers"),
            # Counted without their rows, and passed by without them where the day of the first digest decides.
            models.Index(fields=["position", "hidden", "named_on"], name="papers_in_date_order"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("paper", args=[self.key])

    @property
    def authors(self) -> list[str]:
        return self.author_lines.split("\n")[1:-1]

    @property
    def version(self) -> int:
        return self.arxiv_version or FIRST_VERSION

    @property
    def corrected(self) -> list[str]:
        """What of it a curator set."""
        return [said for name, said in _CURATED.items() if name in self.curated]

    @property
    def digests(self) -> "list[Digest]":
        """Those that named it, each once."""
        return list(dict.fromkeys(entry.digest for entry in self.entries.all()))

    @property
    def links_out(self) -> list[tuple[str, str]]:
        """What else stands on the web about it: what it is, and its address."""
        return [(what, url) for what, url in self.links if url.startswith(("http://", "https://"))]

    @property
    def published_on(self) -> PartialDate | None:
        precision: Precision = self.published_precision  # type: ignore[assignment]
        return PartialDate.of(self.published, precision) if self.published else None

    @property
    def date(self) -> PartialDate:
        """The date to show: its own, else that of the first digest that named it."""
        return self.published_on or PartialDate.of(self.named_on)
