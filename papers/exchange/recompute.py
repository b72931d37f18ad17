"""What is derived from records, derived again: after a better reader of TeX, or a change of trust."""

from collections.abc import Callable

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from ..models import Digest, Edition, Entry, Paper
from .errands import run_errands
from .following import catch_up
from .keep import keep, sole_writer
from .totals import Totals
from .works import works_of

_AT_ONCE = 250


def recompute(progress: Callable[[int], object] = int) -> None:
    """Fills all papers from their entries again, a batch at a time."""
    last = 0
    while batch := list(Paper.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
        with sole_writer():
            works = works_of(batch)
            for work in works:
                for member in work.members:
                    member.derive()
            keep(works)
            Edition.objects.next()
        last = batch[-1]
        progress(len(batch))
    run_errands(None)
    catch_up(wholly=True)
    with sole_writer():
        _count()
        Edition.objects.next()


def _count() -> None:
    """Makes all kept totals what they should be: each digest's size the number of the papers it lists, and so on."""
    listed = Entry.objects.listed().filter(digest=OuterRef("pk")).order_by().values("digest").annotate(n=Count("pk"))
    Digest.objects.update(size=Coalesce(Subquery(listed.values("n"), output_field=IntegerField()), 0))
    Totals.amiss().save()
