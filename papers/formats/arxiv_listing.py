r"""arXiv's listings since 1992, without abstracts: those of a month, and those of the past week with a heading a day.

Each day that papers were announced (`/* Fri, 3 Mar 2023 */`) is a digest; else the month is in which arXiv gave their
ids. The archive or category is the one that all papers are in, but for those that are cross-listed from another.
"""

from .document import Document, UnreadableFile
from .parts.arxiv_blocks import OPENING, blocks
from .parts.arxiv_paper import read_block, shared
from .parts.mail_lines import mail_head
from .record import Reading

TITLE = "arXiv listing"


def recognise(document: Document) -> int:
    return 90 if OPENING.search(mail_head(document)) else 0


def read(document: Document) -> Reading:
    digest = shared(document)
    place = document.first_place - 1
    has_papers = False
    for block in blocks(document):
        if block.is_paper:
            has_papers = True
            place += 1
            yield read_block(block, place, digest)
        elif block.day:
            digest = digest._replace(source=digest.source or "arXiv", date=block.day)
            place = 0
    if not (has_papers or recognise(document)):
        raise UnreadableFile(r"no listing of arXiv: there is no paper between lines of \\ in it")
