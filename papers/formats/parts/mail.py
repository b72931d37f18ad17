"""Mail taken apart: what stands above it, the texts in it, and what is attached."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import count
from typing import IO, Any, NamedTuple, cast

from ...text import storable
from .encoding import HEAD, encoding_of
from .unreadable_file import UnreadableFile

#: What one mail may hold: bytes, and parts.
LARGEST = 50_000_000
MOST_PARTS = 1_000

_FIELDS = re.compile(rb"(?:From [^\n]*\n)?((?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+)\r?\n")
_OF_MAIL = re.compile(
    rb"^(?:From|Received|Message-ID|MIME-Version|Return-Path|Delivered-To):", re.IGNORECASE | re.MULTILINE
)
_OF_LETTERS = re.compile(rb"^(?:Date|Subject|Message-ID|Content-Type):", re.IGNORECASE | re.MULTILINE)


class Mail(NamedTuple):
    """What stands above a mail."""

    sender: str = ""
    subject: str = ""
    date: dt.date | None = None
    """The day it was sent, where the sender was."""


class Attachment(NamedTuple):
    name: str
    content: bytes


def is_mail(head: bytes) -> bool:
    """Whether a file that begins so is one mail, with its headers."""
    fields = _FIELDS.match(head.lstrip(b"\xef\xbb\xbf\r\n"))
    return bool(fields and _OF_MAIL.search(fields[1]) and _OF_LETTERS.search(fields[1]))


def bodies(stream: IO[bytes]) -> tuple[Mail, list[str]]:
    """What stands above a mail, and its texts: what it says in plain text, and what it says in HTML. Raises
    UnreadableFile."""
    message = _parsed(stream)
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in _parts(message):
        if not _is_attached(part) and (kind := part.get_content_type()) in texts:
            texts[kind].append(_text(part))
    whole = [text for parts in texts.values() if (text := "\n\n".join(parts)).strip()]
    if not whole:
        raise UnreadableFile("a mail without text")
    return Mail(_header(message, "From"), _header(message, "Subject"), _day(message)), whole


def attachments(stream: IO[bytes]) -> Iterator[Attachment]:
    """The files, and the mails, that are attached to a mail. Raises UnreadableFile."""
    for part in _parts(_parsed(stream)):
        if part.get_content_type() == "message/rfc822":
            forwarded = cast(Message, part.get_payload(0))
            yield Attachment(f"{_header(forwarded, 'Subject') or 'mail'}.eml", forwarded.as_bytes())
        elif _is_attached(part):
            yield Attachment(part.get_filename() or "attachment", cast(bytes, part.get_payload(decode=True) or b""))


def _parsed(stream: IO[bytes]) -> Message:
    content = stream.read(LARGEST + 1).lstrip(b"\xef\xbb\xbf\r\n")
    if len(content) > LARGEST:
        raise UnreadableFile(f"a mail larger than {LARGEST // 1_000_000} MB")
    made = count(-1)  # the parser makes one more, to try whether it can

    def part(**options: Any) -> Message:
        if next(made) > MOST_PARTS:  # before they fill the memory
            raise UnreadableFile(f"a mail of more than {MOST_PARTS:,} parts")
        return Message(**options)

    try:
        message = message_from_bytes(content, part)
        list(_parts(message))
    except RecursionError:
        raise UnreadableFile("a mail with too many parts within one another") from None
    return message


def _parts(message: Message) -> Iterator[Message]:
    """The parts that have no further parts; of a mail within the mail nothing but itself."""
    if message.get_content_type() == "message/rfc822" and message.is_multipart():
        yield message
    elif message.is_multipart():
        for part in cast(list[Message], message.get_payload()):
            yield from _parts(part)
    else:
        yield message


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _text(part: Message) -> str:
    content = cast(bytes, part.get_payload(decode=True) or b"")
    try:
        return content.decode(part.get_content_charset() or "ascii")
    except (LookupError, ValueError):
        encoding = encoding_of(content[:HEAD], io.BytesIO(content[HEAD:])) if content else "ascii"
        return content.decode(encoding, errors="replace")


def _header(message: Message, name: str) -> str:
    value = str(message.get(name, ""))
    with suppress(HeaderParseError, LookupError, ValueError):  # then it is left as it stands
        value = str(make_header(decode_header(value)))
    return storable(" ".join(value.split()))


def _day(message: Message) -> dt.date | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
