"""What the paragraphs about a paper say: those with a label, a line of authors, and the rest, which is the note."""

import re
from collections.abc import Iterable, Iterator

from ...dates import PartialDate, dated
from ..record import Link, PaperRecord, identified, names
from .bibliography import keywords
from .links import described, links

#: What the text behind a label is.
_LABELS = {
    "original": "original title|english title|原文标题|英文标题|原标题|原文標題|英文標題".split("|"),
    "authors": ("author", "authors", "by", "作者"),
    "tags": (
        *"tag tags topic topics keywords category categories subject subjects 标签 关键词 標籤 關鍵詞".split(),
        "main category",
    ),
    "abstract": ("abstract", "摘要", "论文摘要", "論文摘要"),
    "published": ("published", "publish date", "published date", "submitted", "date"),
    "of the program": ("updated", "comments"),
    "link": (
        *(
            "link",
            "links",
            "url",
            "pdf",
            "pdf link",
            "paper",
            "arxiv",
            "arxiv link",
            "arxiv id",
            "code",
            "github",
            "project",
        ),
        *("论文链接", "原文链接", "链接", "論文連結"),
    ),
}
_MEANING = {label: meaning for meaning, labels in _LABELS.items() for label in labels}
#: By these a list is known as a program's, which copies abstracts and has nothing to say of its own.
_OF_PROGRAMS = {"published", "submitted", "updated", "subjects", "categories", "arxiv link", "pdf link"}
_LABEL = (
    rf"(?:\\(?:textbf|emph)\{{\s*)?(?:[^\w\s\\{{}}]{{1,3}}\s)?(?P<label>{'|'.join(sorted(_MEANING, reverse=True))})"
    r"\s*(?:[:：]\s*\}|\}\s*[:：]|[:：]|\}(?=\s*(?:\n|$)))"
)
_LABELLED = re.compile(rf"{_LABEL}\s*(?P<text>.*)", re.IGNORECASE | re.DOTALL)
_BEFORE_LABEL = re.compile(rf"\n[ \t]{{0,20}}(?={_LABEL.replace('?P<label>', '?:')})", re.IGNORECASE)
#: The code of a subject behind its name: `Machine Learning (cs.LG)`.
_CODE = re.compile(r"\(([a-z-]{2,10}(?:\.[A-Za-z-]{2,10})?)\)")
_LONGEST_NAME = 6
_IN_ITALICS = re.compile(r"\\emph\{([^{}]*)\}")
_IS_LINK = re.compile(r"\W*(?:\\href|https?:|arxiv:|\d{4}\.\d{4,5})", re.IGNORECASE)
_AUTHORS_AND_YEAR = re.compile(r"([^()!?]*[^()!?\s])\s*\((\d{4})\)\.?")
_PARTICLES = set("al and da das de del den der di do dos du el et la le ten ter van von zu".split())


def said(paragraphs: Iterable[str]) -> PaperRecord:
    """What the paragraphs say of the paper, of which each may have labels on several of its lines. A title is there
    only where they say what it was before it was translated."""
    of: dict[str, list[str]] = {}
    rest: list[str] = []
    authors: tuple[str, ...] = ()
    published = None
    is_of_program = False
    for label, text in _parts(paragraphs):
        is_of_program |= label in _OF_PROGRAMS
        meaning = _MEANING.get(label, "")
        if meaning == "link" and not _IS_LINK.match(text):
            rest.append(f"{label.capitalize()}: {text}")
        elif meaning:
            of.setdefault(meaning, []).append(text)
        elif not authors and not rest and (line := _AUTHORS_AND_YEAR.fullmatch(text)) and are_names(line[1]):
            authors, published = names(line[1]), PartialDate.parse(line[2])
        else:
            rest.append(text)
    if is_of_program and len(rest) > 1 and not of.get("authors") and _lists_people(rest[0]):
        authors = names(rest.pop(0))
    if rest and of.get("abstract") and not (authors or of.get("authors")):
        authors = _people(rest[0])
        rest = rest[bool(authors) :]
    if is_of_program and len(rest) == 1 and not of.get("abstract"):
        of["abstract"] = [rest.pop()]
    if not is_of_program:
        rest += of.get("of the program", [])
    abstract, original = "\n\n".join(of.get("abstract", ())), " ".join(" ".join(of.get("original", ())).split())
    if original and abstract:  # the abstract is a translation too, which is the editor's
        rest.insert(0, abstract)
    return PaperRecord(
        title=original,
        abstract="" if original else abstract,
        note="\n\n".join(rest),
        authors=names(", ".join(of.get("authors", ()))) or authors,
        published=next(filter(None, map(dated, of.get("published", ()))), published),
        tags=tuple(dict.fromkeys(tag for text in of.get("tags", ()) for tag in _CODE.findall(text) or keywords(text))),
        links=tuple(dict.fromkeys(_pages(of.get("link", ())))),
    )


def is_translated(paragraphs: Iterable[str]) -> bool:
    """Whether they say which title it was translated from."""
    return any(_MEANING.get(label) == "original" for label, _ in _parts(paragraphs))


def is_label(text: str) -> bool:
    return text.strip(" :").casefold() in _MEANING


def _parts(paragraphs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The parts of the paragraphs, each with its label; a label that stands alone is that of what follows."""
    label = ""
    for paragraph in paragraphs:
        for part in _BEFORE_LABEL.split(paragraph):
            match = _LABELLED.fullmatch(part)
            label = match["label"].lower() if match else label
            if text := (match["text"] if match else part).strip():
                yield label, text
            if text or _MEANING.get(label) == "link":
                label = ""


def _pages(texts: Iterable[str]) -> Iterator[Link]:
    for text in texts:
        for link in links(text):
            if not identified(link.url)["identifiers"]:
                yield described(link)


def _people(text: str) -> tuple[str, ...]:
    """Those whom a paragraph above an abstract names, if it does nothing else."""
    marked = _IN_ITALICS.fullmatch(text)
    people = names(marked[1] if marked else text)
    is_list = len(people) > 1 and any(" " in name for name in people)
    is_one = bool(marked) and len(people) == 1 and 1 < len(people[0].split()) <= _LONGEST_NAME
    may_be = (is_list or is_one) and are_names(marked[1] if marked else text)
    return people if may_be and not any(char.isdigit() or char in ":\\" for char in "".join(people)) else ()


def _lists_people(text: str) -> bool:
    """Whether a paragraph where a program puts the authors has them: names, or at least no sentence."""
    return are_names(text) or ("," in text and all(len(name.split()) <= _LONGEST_NAME for name in names(text)))


def are_names(text: str) -> bool:
    """Whether `text` may be people: no word in small letters, but such as `van`, and not a book of them."""
    return len(text) <= 5_000 and all(not word[0].islower() or word in _PARTICLES for word in text.split())
