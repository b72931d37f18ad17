r"""arXiv's daily mail: new papers and cross-lists with their abstracts, then replaced ones without.

Its digest is named by its subject (`astro-ph.EP daily Subj-class mailing`), else by the address to unsubscribe at; what
was pasted without any header, by what its papers have in common. Several mails may stand in one file.
"""

import re

from ..dates import PartialDate
from .document import Document, UnreadableFile
from .parts.arxiv_blocks import OPENING, blocks
from .parts.arxiv_paper import read_block, shared
from .parts.mail import Mail
from .parts.mail_lines import mail_day, mail_head
from .record import DigestRecord, Reading

TITLE = "arXiv mail"

_MARK = re.compile(
    r"^\\\\ +\( *(?:https?:|[a-z-]+/\d)|^(?:replaced with revised version|(?:figures|part) added) "
    r"|^Send any comments regarding submissions directly to submitter|^To unsubscribe, e-mail To: \S+@(?:arxiv|xxx)"
    r"|^ ?received from .* to ",
    re.IGNORECASE | re.MULTILINE,
)
_FURNITURE = re.compile(r"^Send any comments regarding submissions directly to submitter", re.MULTILINE)
_FIELD = re.compile(r"^(subject|date) *:(.*)$", re.IGNORECASE | re.MULTILINE)
_NAMES = (
    re.compile(r"(?<![\w.-])(?!(?:arxiv|your|my|our|the)\b)([a-z][a-z-]+(?:\.[a-z-]+)?) +daily\b", re.IGNORECASE),
    re.compile(r"\bmail only to ([a-z][a-z-]+)", re.IGNORECASE),
    re.compile(r"^To unsubscribe, e-mail To: ([a-z-]+)@", re.IGNORECASE | re.MULTILINE),
)
_UNTIL = re.compile(r"^ *received from [^\n]{1,60}? +to +([^\n]{1,60})", re.MULTILINE)
_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr)\s*:", re.IGNORECASE)
#: How much of what stands above a mail's papers is looked at (characters).
_MOST_ABOVE = 10_000


def recognise(document: Document) -> int:
    head = mail_head(document)
    if OPENING.search(head) and _MARK.search(head):
        return 95
    return 80 if _FURNITURE.search(head) else 0


def read(document: Document) -> Reading:
    common = shared(document)._replace(date=None)
    digest = _digest("", document.mail).completed(common)
    above = ""
    place = document.first_place - 1
    for block in blocks(document):
        if not block.is_paper:
            above = f"{above}\n{block.text}"[-_MOST_ABOVE:]
            continue
        if _digest(above, None) != DigestRecord():  # the head of this mail, or of another behind it
            digest = _digest(above, document.mail).completed(common)
            place = place if place < document.first_place else 0
        above = ""
        place += 1
        yield read_block(block, place, digest)
    if place < document.first_place and not recognise(document):
        raise UnreadableFile(r"no mail of arXiv: there is no paper between lines of \\ in it")


def _digest(above: str, mail: Mail | None) -> DigestRecord:
    """The digest, as what stands above its papers and what stands above the mail say it."""
    mail = mail or Mail()
    inner = {name.lower(): value.strip() for name, value in _FIELD.findall(above)}
    said = (inner.get("subject", ""), mail.subject, mail.sender, above)
    name = next((match[1] for pattern in _NAMES for text in said if (match := pattern.search(text))), "")
    return DigestRecord(f"arXiv {name}" if name else "", _date(inner.get("date", ""), above, mail))


def _date(inner: str, above: str, mail: Mail) -> PartialDate | None:
    """The day that the mail was sent; else the one until which papers were received. A forwarded one has a day of its
    own."""
    sent = PartialDate.of(mail.date) if mail.date else None
    until = _UNTIL.search(above)
    received = mail_day(until[1]) if until else None
    is_forwarded = bool(_FORWARDED.match(mail.subject))
    return mail_day(inner) or (received or sent if is_forwarded else sent or received)
