"""What files say above digests, forgotten when their ingests are undone."""

from collections.abc import Iterable
from operator import attrgetter

from ..models import DateBasis, Digest, Heading, Ingest, Source
from .naming import hear


def headed_by(run: Ingest) -> tuple[list[Digest], list[Source]]:
    """The digests that an ingest's file is about, and who sends them."""
    digests = list(Digest.objects.filter(headings__file=run.file).select_related("source").distinct())
    return digests, list(dict.fromkeys(digest.source for digest in digests))


def forget(run: Ingest, digests: Iterable[Digest], sources: Iterable[Source]) -> None:
    """Leaves these digests and sources called and dated by what is left, unless the file is still in the library by
    another ingest."""
    if run.file.ingests.standing().exclude(pk=run.pk).exists():
        return
    Heading.objects.filter(file=run.file).without_entries().delete()
    for digest in Digest.objects.filter(pk__in=[digest.pk for digest in digests]):
        hear(digest, *digest.headings.called("title"))
        bases = digest.headings.filter(date=digest.date, date_precision=digest.date_precision)
        surest = min((DateBasis(basis) for basis in bases.called("basis")), key=attrgetter("doubt"), default=None)
        if surest and digest.date_basis not in (DateBasis.CURATOR, surest):
            digest.date_basis = surest
            digest.save(update_fields=["date_basis"])
    for source in sources:
        if names := Heading.objects.filter(digest__source=source).called("source_name"):
            hear(source, *names)
