"""The digests that a file turns out to hold, each found or made once."""

from dataclasses import replace
from itertools import batched
from operator import attrgetter
from typing import Any

from django.db.models import Q

from ..dates import DayOfYear
from ..formats.record import DigestRecord
from ..ids import slug
from ..models import DateBasis, Digest, DigestFile, Heading, Paper, Source
from .dating import GUESSES, Dated, Dating
from .joining import told_apart, unite
from .keep import keep
from .naming import hear
from .works import works_of


class Digests:
    """The digests of one file, whose source is what whoever ingests it says, else what is in it, else `name`. They are
    one digest, and what is in the file says nothing of it, if they are to be taken `as_one`."""

    def __init__(
        self, file: DigestFile, dating: Dating, *, source: str | None, name: str, as_one: bool = False
    ) -> None:
        self.file = file
        self._as_one = as_one
        self._dating = dating
        self._source = source
        self._name = name
        self._is_new = not file.headings.exists()
        self._known: dict[DigestRecord, Digest] = {}
        self._sources: dict[str, Source] = {}

    def __len__(self) -> int:
        return len({digest.pk for digest in self._known.values()})

    def of(self, record: DigestRecord) -> Digest:
        """The digest that the file describes so, made if it is new."""
        record = DigestRecord() if self._as_one else record
        if record not in self._known:
            self._known[record] = self._find_or_make(record)
        return self._known[record]

    def _find_or_make(self, record: DigestRecord) -> Digest:
        source = self._source_named(self._source or record.source or self._name)
        dated = self._dating.of(record.date)
        digest = Digest.objects.of_date(source, dated.date).first()
        is_first = self._is_new and dated.basis is DateBasis.CONTENT
        before = None if is_first else self._made_before(source, record, dated)
        if before and before != digest:
            if dated.basis.doubt >= DateBasis(before.date_basis).doubt:
                return before
            digest = _joined(before, digest) if digest else _redated(before, dated)
        day: dict[str, Any] = {"date": dated.date.first_day, "date_precision": dated.date.precision}
        title, spelled = record.title[:500], self._spelled(self._source or record.source or self._name)
        told: dict[str, Any] = {
            "basis": dated.basis,
            "title": title,
            "source_name": spelled if slug(spelled) == source.slug else "",
        }
        if digest is None:
            digest = Digest.objects.create(source=source, date_basis=dated.basis, title=title, **day)
            Heading.objects.create(file=self.file, digest=digest, **day, **told)
            return digest
        _agree(digest, dated, title)
        Heading.objects.get_or_create(file=self.file, digest=digest, **day, **told)
        return digest

    def _made_before(self, source: Source, record: DigestRecord, dated: Dated) -> Digest | None:
        """The digest that an earlier ingest of this very file made of this, if it was dated on another basis, or if a
        curator has dated or joined it since."""
        found = Heading.objects.filter(file=self.file, digest__source=source).select_related("digest").order_by("pk")
        day = Q(date=dated.date.first_day, date_precision=dated.date.precision, basis=dated.basis)
        if dated.basis not in GUESSES and (same := found.filter(day).first()):
            return same.digest
        if dated.basis is DateBasis.CONTENT:
            return None
        another = found.exclude(basis=DateBasis.CONTENT)
        if dated.basis not in GUESSES:
            another = another.exclude(digest__date_basis=dated.basis)
        if isinstance(record.date, DayOfYear):
            same_day = Q(date__month=record.date.month, date__day=record.date.day)
            another = another.filter(same_day | Q(basis=DateBasis.OPTION))
        first = another.first()
        return first.digest if first else None

    @staticmethod
    def _spelled(name: str) -> str:
        return " ".join(name.split())[:200]

    def _source_named(self, name: str) -> Source:
        """The source of this name; of two spellings the first in the alphabet stays, and so does what a curator calls
        it."""
        if name not in self._sources:
            spelled = self._spelled(name)
            source, _ = Source.objects.get_or_create(slug=slug(spelled) or "digest", defaults={"name": spelled})
            if slug(spelled) == source.slug:
                hear(source, spelled, *Heading.objects.filter(digest__source=source).called("source_name")[:1])
            self._sources[name] = source
        return self._sources[name]


def _agree(digest: Digest, dated: Dated, title: str) -> None:
    """A digest is named, maybe again: the surer basis of its date stays, and so does the first title."""
    surest = min(DateBasis(digest.date_basis), dated.basis, key=attrgetter("doubt"))
    if digest.date_basis != surest:
        digest.date_basis = surest
        digest.save(update_fields=["date_basis"])
    hear(digest, title, *digest.headings.called("title")[:1])


def _redated(digest: Digest, dated: Dated) -> Digest:
    """A digest whose date is now known on a surer basis, with its papers in their new places."""
    digest.date, digest.date_precision, digest.date_basis = dated.date.first_day, dated.date.precision, dated.basis
    digest.save(update_fields=["date", "date_precision", "date_basis"])
    _keep_papers_of(digest)
    return digest


def _joined(gone: Digest, digest: Digest) -> Digest:
    """A digest with the entries of one that turned out to be the same; what both say is of one paper."""
    apart = told_apart(gone, digest)
    unite(gone, digest)
    _keep_papers_of(digest)
    left = Paper.objects.filter(pk__in=apart, entries=None)
    for work in works_of(apart[paper.pk] for paper in left):
        keep([replace(work, merged=[paper for paper in left if apart[paper.pk] == work.paper.pk])])
    return digest


def _keep_papers_of(digest: Digest) -> None:
    for batch in batched(digest.entries.values_list("paper", flat=True).distinct(), 500):
        keep(works_of(batch))
    digest.filled_to = None
    digest.save(update_fields=["filled_to"])
