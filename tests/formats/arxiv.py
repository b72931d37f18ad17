"""Papers as arXiv's mails and listings set them, for tests to put together."""

import io

from papers.formats import recognise
from papers.formats.document import Document
from papers.formats.record import Found, PaperRecord, Unreadable

RULE = "-" * 78
MARK = "\\\\"


def block(
    *fields: str,
    head: str = "arXiv:2303.00768",
    title: str = "A Trap of Ice",
    dated: str = "Date: Wed, 1 Mar 2023 19:00:03 GMT   (50kb,D)",
    abstract: str | None = None,
) -> str:
    """One paper between two lines of backslashes; with an abstract also that, and the address behind it."""
    lines = [MARK, head, dated, "", f"Title: {title}", *fields, MARK]
    return "\n".join(lines if abstract is None else [*lines, abstract, f"{MARK} ( https://arxiv.org/abs/x ,  50kb)"])


def joined(*blocks: str) -> str:
    return f"{RULE}\n" + f"\n{RULE}\n".join(blocks) + "\n"


def document(text: str | bytes) -> Document:
    content = text if isinstance(text, bytes) else text.encode()
    return Document("list.txt", lambda: io.BytesIO(content))


def items(name: str, text: str | bytes) -> list[Found | Unreadable]:
    """What a format reads, of a mail in the text that it recognises."""
    reader, body = recognise(document(text), name)
    return list(reader.read(body))


def found(name: str, text: str | bytes) -> list[Found]:
    """What a format finds where nothing is unreadable."""
    everything = items(name, text)
    assert all(isinstance(item, Found) for item in everything)
    return [item for item in everything if isinstance(item, Found)]


def record(name: str, text: str) -> PaperRecord:
    """Of a list of one paper."""
    [item] = found(name, text)
    return item.record


def recognised(text: str | bytes) -> str:
    return recognise(document(text))[0].name
