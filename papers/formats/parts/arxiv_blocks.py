r"""The blocks of arXiv's mails and listings: rules between them, and in each a paper between lines of `\\`.

    \\
    arXiv:2303.00001
    Date: Wed, 1 Mar 2023 19:00:03 GMT   (50kb,D)

    Title: A title that is too long
      for one line
    Authors: Ada Author and Ben Bystander
    Categories: astro-ph.EP
    \\
      Its abstract, in a mail.
    \\ ( https://arxiv.org/abs/2303.00001 ,  50kb)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ...dates import PartialDate
from ..document import Document, Line
from .mail_lines import mail_day, mail_lines

#: How long a block may be (characters).
LONGEST_BLOCK = 1_000_000
#: How a paper begins, or a listing's day.
OPENING = re.compile(r"^\\{1,2}\s*\n(?:arXiv\s*:|Paper\b[^\n:]*:|/\*)", re.MULTILINE)
RULE = re.compile(r"-{20,}|(?:%+-+){6,}%*")
DIVIDER = re.compile(r"\\{1,2}|\\\\\s+\(.*")
HEAD = re.compile(
    r"(?:Paper(?:\s*\(\*cross-listing\*\))?\s*:\s*(?:arXiv:\s*)?|arXiv\s*:\s*)(?P<id>\S+)(?:\s*\(\*cross-listing\*\))?"
)

_TITLE = re.compile(r"^title\s*:", re.IGNORECASE | re.MULTILINE)
_DAY = re.compile(r"^/\*\s*([^*\n]{1,40}?)\s*\*/\s*$", re.MULTILINE)


class Block(NamedTuple):
    """What stands between two rules."""

    line: int
    text: str
    whole: bool
    """Whether it is all of it: what is too long is cut off."""

    @property
    def day(self) -> PartialDate | None:
        """The day that the papers below were announced, where it says only that."""
        day = _DAY.search(self.text[:200])
        return mail_day(day[1]) if day else None

    @property
    def is_paper(self) -> bool:
        """Whether it is a paper or should be one, and not something that the sender has to say."""
        if self.text.startswith("\\"):
            return not self.day
        return bool(HEAD.fullmatch(self.text.partition("\n")[0].strip()) or _TITLE.search(self.text))

    @property
    def is_crosslisted(self) -> bool:
        """Whether its paper belongs to another archive or category."""
        return "(*cross-listing*)" in self.text[:200]


def blocks(document: Document) -> Iterator[Block]:
    r"""The blocks of a document; where a rule was lost, a head behind a line of `\\` begins one too."""
    begun = _Begun()
    for line in mail_lines(document):
        text = line.text.strip()
        if RULE.fullmatch(text):
            yield from begun.blocks()
            begun = _Begun()
        elif HEAD.fullmatch(text) and begun.is_divided:
            divider = begun.lines.pop()
            yield from begun.blocks()
            begun = _Begun([divider])
            begun.add(line)
        else:
            begun.add(line)
    yield from begun.blocks()


@dataclass
class _Begun:
    """The lines of a block whose end is not found yet."""

    lines: list[Line] = field(default_factory=list)
    length: int = 0

    @property
    def is_divided(self) -> bool:
        r"""Whether it ends with a line of `\\`, and has more than that."""
        return len(self.lines) > 1 and bool(DIVIDER.fullmatch(self.lines[-1].text.strip()))

    def add(self, line: Line) -> None:
        if self.lines or line.text.strip():
            self.length += len(line.text) + 1
            if self.length <= LONGEST_BLOCK or not self.lines:
                self.lines.append(line)

    def blocks(self) -> Iterator[Block]:
        if self.lines:
            text = "\n".join(line.text for line in self.lines).strip()
            yield Block(self.lines[0].number, text, self.length <= LONGEST_BLOCK)
