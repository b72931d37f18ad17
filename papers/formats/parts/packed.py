"""Gzip, read without letting it fill the machine."""

import gzip
import zlib
from collections.abc import Callable
from typing import IO, Any

from .unreadable_file import UnreadableFile

#: What a packed file may unpack to: more than this only if it is no more than so many times what was packed (bytes).
UNPACKED = 100_000_000
RATIO = 200


def is_gzip(head: bytes) -> bool:
    return head.startswith(b"\x1f\x8b")


class Unzipped(gzip.GzipFile):
    """What is in a gzip file. Raises UnreadableFile where it is damaged, or was made to fill the machine."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__(fileobj=packed, mode="rb")
        self._packed = packed

    def close(self) -> None:
        super().close()
        self._packed.close()

    def read(self, size: int | None = -1) -> bytes:
        return self._checked(super().read, size)

    def read1(self, size: int = -1) -> bytes:
        return self._checked(super().read1, size)

    def _checked(self, read: Callable[[Any], bytes], size: int | None) -> bytes:
        try:
            unpacked = read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UnreadableFile(f"a damaged gzip file ({error})") from None
        if self.tell() > max(UNPACKED, RATIO * self._packed.tell()):
            raise UnreadableFile(f"a gzip file that unpacks to more than {RATIO} times its size")
        return unpacked
