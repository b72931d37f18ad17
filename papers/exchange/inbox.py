"""A folder into which files come to be taken in: which of them lie still, and where they go then."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

DONE = "done"
FAILED = "failed"
#: What browsers and copying programs call a file that is not all there yet.
_UNFINISHED = (".part", ".tmp", ".crdownload")

#: A file's size, and when it was last written.
type _Look = tuple[int, int]


class Inbox:
    """The folders in it are looked into too, but for hidden ones and its own two, which it makes. Raises OSError."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._own = [str(self._folder / name) for name in (DONE, FAILED)]
        self._seen: dict[str, _Look] = {}
        self._stuck: dict[str, _Look] = {}
        os.scandir(folder).close()
        for own in self._own:
            os.makedirs(own, exist_ok=True)

    def still(self) -> list[str]:
        """The files that are as they were when this was asked last. Raises OSError."""
        before, self._seen = self._seen, dict(self._looks())
        self._stuck = {path: look for path, look in self._stuck.items() if self._seen.get(path) == look}
        return sorted(path for path, look in self._seen.items() if before.get(path) == look and path not in self._stuck)

    def put_away(self, path: str, reason: str = "") -> None:
        """Moves a file to those that are done, or with the reason beside it to those that failed. Raises OSError: it
        is left then, and not found still again until it is another."""
        self._stuck[path] = self._seen[path]
        own, endings = (FAILED, ("", ".txt")) if reason else (DONE, ("",))
        wanted = self._folder / own / Path(path).relative_to(self._folder)
        os.makedirs(wanted.parent, exist_ok=True)
        place = _free(wanted, endings)
        os.rename(path, place)
        if reason:
            Path(f"{place}.txt").write_text(f"{reason}\n", encoding="utf-8", errors="replace")

    def _looks(self) -> Iterator[tuple[str, _Look]]:
        os.scandir(self._folder).close()  # which says what is wrong with it, where os.walk finds nothing
        for root, folders, names in os.walk(self._folder):
            folders[:] = [
                name for name in folders if not name.startswith(".") and os.path.join(root, name) not in self._own
            ]
            for name in names:
                if name.startswith(".") or name.lower().endswith(_UNFINISHED):
                    continue
                path = os.path.join(root, name)
                with suppress(OSError):  # gone meanwhile
                    found = os.lstat(path)  # whoever may write here may not read all that a link leads to
                    if stat.S_ISREG(found.st_mode):
                        yield path, (found.st_size, found.st_mtime_ns)


def _free(place: Path, endings: tuple[str, ...]) -> Path:
    """The place, with a number where there is something already."""
    numbered = (place.with_name(f"{place.stem}-{number}{place.suffix}") for number in count(2))
    return next(
        each for each in chain([place], numbered) if not any(os.path.lexists(f"{each}{ending}") for ending in endings)
    )
