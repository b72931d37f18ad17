"""Archives, mailboxes and mails opened up: each file in them is a file of its own.

Nothing is written to disk by the name that an archive gives it, and nothing of an archive is taken in before all the
names in it were looked at.
"""

import datetime as dt
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import PurePosixPath
from typing import IO

from ..formats import recognise
from ..formats.document import Document, UnreadableFile
from ..formats.parts.encoding import HEAD, is_office
from ..formats.parts.mail import LARGEST, attachments, is_mail
from ..formats.parts.packed import RATIO, UNPACKED
from ..text import storable
from .files import InputFile, spooled

#: How deep files may lie in one another: in a mail, in a mailbox, in an archive.
DEEPEST = 4
MOST_MEMBERS = 10_000

_ZIPPED = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_SEPARATOR = re.compile(rb"From .*\d:\d\d")
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError)


def members(file: InputFile, depth: int = 0) -> Iterator[InputFile]:
    """The files in a file, however packed; of one that holds no others itself. Each is to be read before the next is
    asked for. What is wrong with a file is said when it is opened."""
    try:
        held = _held(file)
        if held is None:
            yield file
        elif depth == DEEPEST:
            yield _refused(file, "files packed in one another too often: unpack them first")
        else:
            for member in held:
                yield from [member] if member is file else members(member, depth + 1)
    except UnreadableFile as error:
        yield _refused(file, str(error))
    except OSError as error:
        yield _refused(file, f"cannot be read: {error.strerror or error}")
    except _BROKEN as error:
        yield _refused(file, f"a damaged archive ({storable(str(error)).partition('\n')[0]})")


def _held(file: InputFile) -> Iterator[InputFile] | None:
    """What is in it, itself with its text where it is a mail; None where it holds nothing but itself."""
    with Document(file.name, file.open).open() as stream:
        head = stream.read(HEAD)
    if head.startswith((_ZIPPED, _EMPTY_ZIP)) and not is_office(head):
        return _in_zip(file)
    if head[257:262] == b"ustar":
        return _in_tar(file)
    if is_mail(head):
        return _in_mailbox(file) if head.startswith(b"From ") else _in_mail(file)
    return None


def _in_zip(file: InputFile) -> Iterator[InputFile]:
    with file.open() as stream, zipfile.ZipFile(stream) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        _check_names([info.filename for info in archive.infolist()])
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableFile("an archive with a password: unpack it first")
        if sum(info.file_size for info in infos) > max(UNPACKED, RATIO * file.identity[1]):
            raise UnreadableFile(f"an archive that unpacks to more than {RATIO} times its size")
        for info in infos:
            if _is_wanted(info.filename):
                with archive.open(info) as member:
                    yield _member(file, info.filename, member, _day(*info.date_time[:3]))


def _in_tar(file: InputFile) -> Iterator[InputFile]:
    """Goes through it twice: once for the names."""
    with _tar(file) as archive:
        infos = list(islice(archive, MOST_MEMBERS + 1))
    _check_names([info.name for info in infos])
    if any(info.issparse() for info in infos):  # a few bytes say how many there should be
        raise UnreadableFile("an archive with files that have holes in them: unpack it first")
    any_found = False
    with _tar(file) as archive:
        for info in archive:
            if info.isreg() and _is_wanted(info.name) and (member := archive.extractfile(info)):
                any_found = True
                yield _member(file, info.name, member, _day_of(info.mtime))
    if not any_found:  # but links, which are not followed
        raise UnreadableFile("an archive without files")


def _in_mailbox(file: InputFile) -> Iterator[InputFile]:
    """The mails of a mailbox; of one with a single mail what is in that."""
    with Document(file.name, file.open).open() as stream:
        mails = enumerate(_mails(stream), 1)
        first, second = next(mails), next(mails, None)
        if second is None:
            yield from _in_mail(file)
            return
        for number, content in chain([first, second], mails):
            yield InputFile(f"{file.path}/mail {number}.eml", partial(io.BytesIO, content), file.time)


def _mails(stream: IO[bytes]) -> Iterator[bytes]:
    """Each mail of a mailbox; of one that is larger than a mail may be only so much that it shows."""
    mail = bytearray()
    is_blank = True
    while line := stream.readline(HEAD):
        if is_blank and mail and _SEPARATOR.match(line):
            yield bytes(mail)
            mail = bytearray()
        if len(mail) <= LARGEST:
            mail += line
        is_blank = not line.strip()
    yield bytes(mail)


def _in_mail(file: InputFile) -> Iterator[InputFile]:
    """The files attached to a mail that can be read, and the mail itself unless it only brings them."""
    with Document(file.name, file.open).open() as stream:
        attached = [_member(file, each.name, io.BytesIO(each.content), file.time) for each in attachments(stream)]
    readable = [member for member in attached if _is_readable(member)]
    if not readable or _is_known(file):
        yield file
    yield from readable


def _is_readable(file: InputFile) -> bool:
    """Whether a format knows it, or it holds files that may be known."""
    try:
        return _held(file) is not None or _is_known(file)
    except (UnreadableFile, OSError, *_BROKEN):
        return False


def _is_known(file: InputFile) -> bool:
    try:
        return bool(recognise(Document(file.name, file.open)))
    except UnreadableFile:
        return False


@contextmanager
def _tar(file: InputFile) -> Iterator[tarfile.TarFile]:
    with Document(file.name, file.open).open() as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        yield archive


def _member(file: InputFile, name: str, content: IO[bytes], day: dt.date | None) -> InputFile:
    return InputFile(f"{file.path}/{_on_one_line(name)}", spooled(content), day)


def _on_one_line(name: str) -> str:
    return " ".join(storable(name).split())


def _refused(file: InputFile, reason: str) -> InputFile:
    def opened() -> IO[bytes]:
        raise UnreadableFile(reason)

    return InputFile(file.path, opened, file.time)


def _check_names(names: Collection[str]) -> None:
    """Raises UnreadableFile for an archive that wants to write somewhere, or that holds too much, or nothing."""
    if len(names) > MOST_MEMBERS:
        raise UnreadableFile(f"an archive of more than {MOST_MEMBERS:,} files: unpack it, and ingest the folder")
    for name in names:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or name[1:2] == ":":
            raise UnreadableFile(
                f"an archive with a name that leads out of it ({_on_one_line(name)[:100]}): not to be trusted"
            )
    if not any(map(_is_wanted, names)):
        raise UnreadableFile("an archive without files")


def _is_wanted(name: str) -> bool:
    """Whether people put it there: hidden files and those that a Mac adds are not taken in."""
    return not any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year > 1980 else None  # the day that stands where none was known
    except ValueError:
        return None


def _day_of(seconds: float) -> dt.date | None:
    try:
        return dt.datetime.fromtimestamp(max(0, seconds), dt.UTC).date()
    except (OSError, OverflowError, ValueError):
        return None
