"""`ingest --watch`: files taken in as they come into a folder, until somebody ends it."""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import Error, close_old_connections

from ..exchange.follow_up import follow_up
from ..exchange.inbox import Inbox
from ..exchange.load import Options, Report, ingest
from ..exchange.paths import input_files

#: How soon somebody who ends it is heeded (seconds).
_NAP = 0.2


class Watch:
    """Looks into a folder every so many seconds. Raises OSError where that is no folder to move files in."""

    def __init__(
        self,
        folder: str,
        every: float,
        options: Options,
        *,
        tell: Callable[[Report], object],
        complain: Callable[[str], object],
    ) -> None:
        self._folder = folder
        self._inbox = Inbox(folder)
        self._every = every
        self._options = options
        self._tell = tell
        self._complain = complain
        self._complaint = ""
        self._is_behind = False
        self._is_ended = False

    def run(self) -> None:
        """Until Ctrl-C or SIGTERM, which let the file at hand be finished; a second one does not."""
        with self._ended_by_signals():
            while not self._is_ended:
                self._look()
                self._wait()

    def _look(self) -> None:
        close_old_connections()
        try:
            paths = self._inbox.still()
        except OSError as error:
            return self._say_once(f"{self._folder}: cannot be read: {error.strerror}; trying again")
        for path in paths:
            if self._is_ended or not self._take(path):
                return None
        return self._catch_up()

    def _take(self, path: str) -> bool:
        """Whether the file is settled; else it waits for the database."""
        reports = []
        for file in input_files([path]):
            report = ingest(file, self._options)
            if report.retry:
                self._say_once(f"{report.path}: {report.error}; trying again")
                return False
            reports.append(report)
            self._is_behind |= not report.error
        if not os.path.lexists(path):
            self._complain(f"{path}: went away before it was read")
            return True
        self._complaint = ""
        for report in reports:
            self._tell(report)
        try:
            self._inbox.put_away(path, reason=_reason(path, reports))
        except OSError as error:
            self._complain(f"{path}: cannot be moved and so stays where it is: {error.strerror}")
        return True

    def _catch_up(self) -> None:
        if self._is_behind:
            try:
                follow_up(wholly=True)
            except Error as error:
                return self._say_once(f"the database refused: {str(error).strip().partition('\n')[0]}; trying again")
            self._is_behind = False
        return None

    def _say_once(self, complaint: str) -> None:
        if complaint != self._complaint:
            self._complain(complaint)
        self._complaint = complaint

    def _wait(self) -> None:
        end = time.monotonic() + self._every
        while not self._is_ended and (left := end - time.monotonic()) > 0:
            time.sleep(min(_NAP, left))

    @contextmanager
    def _ended_by_signals(self) -> Iterator[None]:
        def end(number: int, frame: FrameType | None) -> None:
            self._is_ended = True
            signal.signal(number, before[number])

        ending: Iterable[int] = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, end) for number in ending}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _reason(path: str, reports: list[Report]) -> str:
    """What is wrong with a file, in one line: of one that holds several, with which of them."""
    broken = [report for report in reports if report.error]
    if len(reports) == 1:
        return " ".join(str(report.error) for report in broken)
    return "; ".join(f"{report.path.removeprefix(path).lstrip('/')}: {report.error}" for report in broken)
