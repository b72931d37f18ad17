"""The digests that a file turns out to hold, each found or made once."""

from itertools import batched

from django.db.models import Q

from ..dates import DayOfYear
from ..formats.record import DigestRecord
from ..ids import slug
from ..models import DateBasis, Digest, DigestFile, Entry, Source
from .dating import GUESSES, Dated, Dating
from .keep import keep
from .works import works_of

_SUREST_FIRST = list(DateBasis)


class Digests:
    """The digests of one file, whose source is what whoever ingests it says, else what is in it, else `name`."""

    def __init__(self, file: DigestFile, dating: Dating, *, source: str | None, name: str) -> None:
        self.file = file
        self._dating = dating
        self._source = source
        self._name = name
        self._known: dict[DigestRecord, Digest] = {}
        self._sources: dict[str, Source] = {}

    def __len__(self) -> int:
        return len({digest.pk for digest in self._known.values()})

    def of(self, record: DigestRecord) -> Digest:
        """The digest that the file describes so, made if it is new."""
        if record not in self._known:
            self._known[record] = self._find_or_make(record)
        return self._known[record]

    def _find_or_make(self, record: DigestRecord) -> Digest:
        source = self._source_named(self._source or record.source or self._name)
        dated = self._dating.of(record.date)
        day = {"date": dated.date.first_day, "date_precision": dated.date.precision}
        title = record.title[:500]
        digest = Digest.objects.filter(source=source, **day).first()
        before = self._made_before(source, record, dated)
        if before and before != digest:
            if _SUREST_FIRST.index(dated.basis) >= _SUREST_FIRST.index(DateBasis(before.date_basis)):
                return before
            digest = _joined(before, digest) if digest else _redated(before, dated)
        if digest is None:
            return Digest.objects.create(source=source, date_basis=dated.basis, title=title, **day)
        return _agreed(digest, dated, title)

    def _made_before(self, source: Source, record: DigestRecord, dated: Dated) -> Digest | None:
        """The digest that an earlier ingest of this very file made, had it to date it on another basis."""
        if dated.basis is DateBasis.CONTENT:
            return None
        made = Digest.objects.filter(
            source=source, pk__in=Entry.objects.filter(ingest__file=self.file).values("digest")
        )
        another = made.exclude(date_basis=DateBasis.CONTENT)
        if dated.basis not in GUESSES:
            another = another.exclude(date_basis=dated.basis)
        if isinstance(record.date, DayOfYear):
            same_day = Q(date__month=record.date.month, date__day=record.date.day)
            another = another.filter(same_day | Q(date_basis__in=(DateBasis.CURATOR, DateBasis.OPTION)))
        return another.first()

    def _source_named(self, name: str) -> Source:
        """The source of this name; of two spellings the first in the alphabet stays, and so does what a curator calls
        it."""
        if name not in self._sources:
            spelled = " ".join(name.split())[:200]
            source, _ = Source.objects.get_or_create(slug=slug(spelled) or "digest", defaults={"name": spelled})
            if spelled < source.name and slug(source.name) == source.slug:
                source.name = spelled
                source.save(update_fields=["name"])
            self._sources[name] = source
        return self._sources[name]


def _agreed(digest: Digest, dated: Dated, title: str) -> Digest:
    """A digest that is named again: the surer basis of its date and the first title in the alphabet stay."""
    surest = min(DateBasis(digest.date_basis), dated.basis, key=_SUREST_FIRST.index)
    titles = sorted(filter(None, (digest.title, title)))
    if (digest.date_basis, digest.title) != (surest, "".join(titles[:1])):
        digest.date_basis, digest.title = surest, "".join(titles[:1])
        digest.save(update_fields=["date_basis", "title"])
    return digest


def _redated(digest: Digest, dated: Dated) -> Digest:
    """A digest whose date is now known on a surer basis, with its papers in their new places."""
    digest.date, digest.date_precision, digest.date_basis = dated.date.first_day, dated.date.precision, dated.basis
    digest.save(update_fields=["date", "date_precision", "date_basis"])
    _keep_papers_of(digest)
    return digest


def _joined(gone: Digest, digest: Digest) -> Digest:
    """A digest with the entries of one that turned out to be the same."""
    gone.entries.filter(fingerprint__in=digest.entries.values("fingerprint")).delete()
    gone.entries.update(digest=digest, repeat=True)  # not counted until they are listed
    gone.delete()
    _keep_papers_of(digest)
    return digest


def _keep_papers_of(digest: Digest) -> None:
    for batch in batched(digest.entries.values_list("paper", flat=True).distinct(), 500):
        keep(works_of(batch))
