"""When a digest is of: its date, and on what basis we say so."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..dates import DayOfYear, PartialDate, find_date
from ..models import DateBasis

#: The bases that depend on when and from where a file was read, not on what is in it.
GUESSES = (DateBasis.FILE_TIME, DateBasis.TODAY)


class Dated(NamedTuple):
    """A digest's date, and what it was taken from."""

    date: PartialDate
    basis: DateBasis


@dataclass(frozen=True, kw_only=True)
class Dating:
    """What may date the digests of one file, beside what is written in it."""

    today: dt.date
    option: dt.date | None = None
    """What the person who ingests says."""
    mail_date: dt.date | None = None
    file_name: str = ""
    newest_month: tuple[int, int] | None = None
    """Of the arXiv ids in the file."""
    file_time: dt.date | None = None

    def of(self, written: PartialDate | DayOfYear | None) -> Dated:
        """The date of a digest of which the file says `written`; a year left out is the latest the basis allows."""
        if isinstance(written, PartialDate):
            return Dated(written, DateBasis.CONTENT)
        for date, basis in self._bases():
            if written is None and basis is not DateBasis.IDENTIFIERS:
                return Dated(date, basis)
            if written and basis is DateBasis.OPTION:
                return Dated(date, basis)
            if written and (day := written.latest_until(date.last_day)):
                return Dated(PartialDate.of(day), basis)
        return self._read

    def _bases(self) -> Iterator[Dated]:
        """The surest first."""
        if self.option:
            yield Dated(PartialDate.of(self.option), DateBasis.OPTION)
        if self.mail_date:
            yield Dated(PartialDate.of(self.mail_date), DateBasis.MAIL)
        in_name = find_date(self.file_name)
        if isinstance(in_name, PartialDate):
            yield Dated(in_name, DateBasis.FILE_NAME)
        if self.newest_month:
            yield Dated(PartialDate(*self.newest_month), DateBasis.IDENTIFIERS)
        if isinstance(in_name, DayOfYear) and (day := in_name.latest_until(self._read.date.last_day)):
            yield self._read._replace(date=PartialDate.of(day))
        yield self._read

    @property
    def _read(self) -> Dated:
        """When the file was made, as far as its time tells, else today."""
        if self.file_time:
            return Dated(PartialDate.of(self.file_time), DateBasis.FILE_TIME)
        return Dated(PartialDate.of(self.today), DateBasis.TODAY)
