"""What readers paste: taken in as a file is, into a digest of its day that says nothing against any other."""

import datetime as dt
import io
from contextlib import suppress

from django.utils import timezone

from ..models import Ingest, Source, User
from ..models.digest import site_day
from .files import InputFile
from .follow_up import follow_up
from .load import Options, ingest
from .refusal import Refused
from .undo import undo

#: How often somebody may paste within an hour.
MOST_AN_HOUR = 60
_NAME = "Pasted"
#: Less than what any digest has, so that where two differ about a paper what was pasted does not count.
_TRUST = 10


def paste(text: str, *, by: User) -> Ingest:
    """Takes in what somebody pasted. Raises Refused, saying what is wrong with it."""
    mine = Ingest.objects.pasted_by(by)
    if mine.since(timezone.now() - dt.timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise Refused(f"You have pasted {MOST_AN_HOUR} times within an hour; wait a little.")
    Source.objects.get_or_create(slug=Source.PASTED, defaults={"name": _NAME, "trust": _TRUST})
    content = text.encode()
    file = InputFile(f"pasted by {by.username}", lambda: io.BytesIO(content))
    day = site_day()
    report = ingest(file, Options(date=day, source=_NAME, as_one=True, by=by, way=Ingest.Way.PASTE))
    if report.retry:
        raise Refused("The library is busy, and nothing was taken in. Try again in a moment.")
    if report.ingest is None:
        raise Refused(
            f"It is {(report.error or '').partition(';')[0]}."
        )  # how the command is told more says nothing here
    follow_up()
    return mine.get(pk=report.ingest)


def take_back(pasted: Ingest) -> str:
    """Takes out again what somebody pasted, however often they did on that day; says what was done."""
    assert pasted.started_by
    said = "It was taken back already."
    for each in Ingest.objects.pasted_by(pasted.started_by).reading_like(pasted):
        with suppress(Refused):  # it was undone this moment
            said = f"{undo(each, by=pasted.started_by).said.rpartition(': ')[2].capitalize()}."
    return said
