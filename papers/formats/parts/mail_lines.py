"""The lines of a mail as they were sent, where its text was saved as another mail quotes it or a server stores it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from email.utils import parsedate
from quopri import decodestring

from ...dates import PartialDate, find_date
from ..document import LONGEST_LINE, Document, Line

#: What stands before a line that is not blank.
_MARK = re.compile(r"^(?:[>|] ?)*(?=[ \t]*\S)", re.MULTILINE)
#: All that `=` stands for in quoted-printable, where the head is cut off within one too.
_ESCAPE = re.compile(r"=(?:[0-9A-F]{2}|[ \t]*$|[0-9A-F]\Z)", re.MULTILINE)
#: What few other texts have: an escaped `=`, a line that is broken for the mail's sake.
_SURE_ESCAPE = re.compile(r"=(?:3D|[ \t]*$)", re.MULTILINE)


def mail_lines(document: Document) -> Iterator[Line]:
    """The lines of a document without quotation marks before them, and without the escapes of quoted-printable."""
    return _as_sent(document.lines(), document.head)


def mail_head(document: Document) -> str:
    """The document's head as `mail_lines` give it."""
    lines = (Line(number, text, True) for number, text in enumerate(document.head.split("\n"), 1))
    return "\n".join(line.text for line in _as_sent(lines, document.head))


def mail_day(text: str) -> PartialDate | None:
    """The day of a date as mails write it, with or without a time: `Fri,  3 Mar 23 01:36:02 GMT   (50kb)`."""
    text = text[:100].partition("(")[0]
    try:
        date = parsedate(text) or parsedate(f"{text} 00:00")
    except (ValueError, IndexError, TypeError):
        date = None
    if date:
        return PartialDate.parse("{}-{}-{}".format(*date[:3]))
    written = find_date(text)
    return written if isinstance(written, PartialDate) else None


def _as_sent(lines: Iterable[Line], head: str) -> Iterator[Line]:
    mark = _mark(head)
    if mark:
        lines = (line._replace(text=_without(mark, line.text)) for line in lines)
        head = "\n".join(_without(mark, text) for text in head.split("\n"))
    return _decoded(lines) if _is_quoted_printable(head) else iter(lines)


def _mark(head: str) -> str:
    """What stands before most lines to quote them: `> `; nothing in a text of its own."""
    return next((mark for mark, _ in Counter(_MARK.findall(head)).most_common(1)), "")


def _without(mark: str, text: str) -> str:
    return text.removeprefix(mark) if text.startswith(mark) else text.removeprefix(mark.rstrip())


def _is_quoted_printable(head: str) -> bool:
    return bool(_SURE_ESCAPE.search(head)) and len(_ESCAPE.findall(head)) == head.count("=")


def _decoded(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines that were broken put together again, each with the number of its first."""
    begun: list[Line] = []
    length = 0
    for line in lines:
        text = line.text.rstrip()
        begun.append(line._replace(text=text.removesuffix("=")))
        length += len(text)
        if not text.endswith("=") or length > LONGEST_LINE:
            yield _joined(begun)
            begun, length = [], 0
    if begun:
        yield _joined(begun)


def _joined(lines: Sequence[Line]) -> Line:
    text = _unescaped("".join(line.text for line in lines))
    return Line(lines[0].number, text, all(line.whole for line in lines))


def _unescaped(text: str) -> str:
    content = decodestring(text.encode())
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
