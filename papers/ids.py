"""Identifiers and title keys: the ways in which two texts can name one work."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import unquote

_OLD_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int supr-con"
).split()
_ARXIV = re.compile(
    r"(?:(?:https?://)?(?:[\w-]+\.)*(?:(?:arxiv|ar5iv|alphaxiv)\.org/\w+|(?:huggingface|hf)\.co/papers)/|oai:arxiv\.org:)?"
    r"(?:arxiv[:.]\s*)?"
    rf"(?P<value>\d{{4}}\.\d{{4,5}}|(?:{'|'.join(_OLD_ARCHIVES)})(?:\.[a-z-]+)?/\d{{7}})(?:v(?P<version>\d{{1,3}}))?"
    r"(?:\.pdf)?/?(?:[?#]\S*)?(?:\s*\[[\w.-]+\]?)?",
    re.IGNORECASE | re.ASCII,
)
#: A bracket in angles belongs to it, as in the DOIs of the 1990s: `10.1002/(sici)…15/16<1661::aid-sim968>3.0.co;2-2`.
#: One that follows behind a comma or semicolon is another.
_DOI = re.compile(
    r"(?<![0-9])(?<![0-9]\.)10\.[0-9]{4,9}/"
    r"(?:(?![,;|]\S{0,40}?10\.[0-9]{4,9}/)[^\s\"<>]|<(?!/)[^\s\"<>]*>)+"
)
_DOI_OF_ARXIV = re.compile(r"10\.48550/arxiv\.(.+)")
#: What publishers put behind a DOI in the addresses of their pages.
_BEHIND_DOI = re.compile(r"(?:(?<=\d)v\d{1,2})?(?:[./](?:abstract|epub|full|e?pdf|html?|meta|xml))*/*$")
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
_SCHEMES = (
    ("openreview", re.compile(r"openreview\.net/\w+\?(?:\S*&)?id=([\w-]+)")),
    (
        "acl",
        re.compile(
            r"(?:aclanthology\.org|aclweb\.org/anthology)/(?:papers/\w/\w+/)?"
            r"([A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)(?!\w)"
        ),
    ),
    (
        "pmid",
        re.compile(r"(?:(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/|^pmid:?\s*)(\d{1,9})\b", re.I),
    ),
)
#: Longer texts are no identifiers, and no addresses of any.
_LONGEST = 500
_LONGEST_SLUG = 200
#: What may stand around an identifier in a sentence.
_AROUND = " \t\r\n\N{NO-BREAK SPACE}.,;:'\"()[]{}<>"

#: Small letters that Unicode does not take apart into those that people type for them.
UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ȷ": "j", "æ": "ae", "œ": "oe"}
)

#: Titles that many works share: alone they say nothing about which work it is.
_GENERIC = frozenset(
    (
        "abstract abstracts acknowledgements acknowledgments afterword announcement announcements "
        "annualreport authorreply bookreview bookreviews comment commentary comments conclusion "
        "contents correction corrections correspondence corrigendum corrigenda discussion editorial "
        "editorials editorsnote erratum errata foreword frontmatter guesteditorial index inbrief "
        "inmemoriam inthisissue introduction lettertotheeditor letters news obituary overview "
        "perspective preface reply response retraction retractionnotice review reviews summary "
        "tableofcontents untitled viewpoint"
    ).split()
)


class Identifier(NamedTuple):
    """One name of a work, in its canonical spelling: `("arxiv", "1706.03762")`, `("doi", "10.1000/xyz")`."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class ArxivId(NamedTuple):
    """An arXiv identifier without its version, and the version if one was given."""

    value: str
    version: int | None


def arxiv_id(text: str) -> ArxivId | None:
    """The arXiv id that `text` is, in any spelling: bare, `arXiv:…v2`, an abs or pdf address; else None."""
    match = _ARXIV.fullmatch(text[:_LONGEST].strip(_AROUND))
    if not match:
        return None
    value = match["value"].lower()
    archive, _, number = value.rpartition("/")
    if archive:  # math.AG/0601001 and math/0601001 are one paper
        value = f"{archive.split('.')[0]}/{number}"
    first, last = ((1991, 1), (2007, 3)) if archive else ((2007, 4), (2090, 12))
    year, month = arxiv_month(value)
    if not first <= (year, month) <= last or not 1 <= month <= 12:
        return None
    return ArxivId(value, int(match["version"] or 0) or None)


def arxiv_month(value: str) -> tuple[int, int]:
    """The (year, month) in which an arXiv id was given out, by its digits."""
    archive, _, number = value.rpartition("/")
    year, month = int(number[:2]), int(number[2:4])
    return year + (1900 if archive and year >= 91 else 2000), month


def dois(text: str) -> Iterator[str]:
    """The DOIs in `text` (bare, `doi:…`, or in the address of a resolver or a publisher), in lower case."""
    text = text.strip()
    is_address = text[:4].lower() == "http"
    for part in re.split("[?#&]", text) if is_address else [text]:
        for match in _DOI.finditer(_unquoted(part).lower() if len(part) <= _LONGEST else ""):
            value = _BEHIND_DOI.sub("", match[0]) if is_address else match[0]
            if _DOI.fullmatch(value := _without_glue(value)):
                yield value


def identifiers(text: str) -> Iterator[tuple[Identifier, int | None]]:
    """What an id, a DOI or a URL names: identifiers, each with the version it mentions (arXiv only)."""
    found = list(dois(text))
    for value in found:
        of_arxiv = _DOI_OF_ARXIV.fullmatch(value)
        if of_arxiv and (arxiv := arxiv_id(of_arxiv[1])):
            yield Identifier("arxiv", arxiv.value), arxiv.version
        else:
            yield Identifier("doi", value), None
    if found:
        return
    if (arxiv := arxiv_id(unquote(text[:_LONGEST]))) is not None:
        yield Identifier("arxiv", arxiv.value), arxiv.version
        return
    for scheme, pattern in _SCHEMES:
        if match := pattern.search(text[:_LONGEST]):
            yield Identifier(scheme, match[1]), None
            return


def fold(text: str) -> str:
    """Letters and digits only, without accents or case: what is left when spelling no longer matters."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(filter(str.isalnum, decomposed.translate(UNDECOMPOSED)))


def title_key(title: str) -> str:
    """The folded title by which two records may be the same work; empty where a title says nothing."""
    return fold(title)


def is_generic(key: str) -> bool:
    """Whether a title key is too common or too short to tell works apart without an author."""
    return len(key) < 8 or is_rubric(key)


def is_rubric(key: str) -> bool:
    """Whether a title key is what a journal calls many of its pieces."""
    return key in _GENERIC


def key_hash(key: str) -> int:
    """A title key as a signed 64-bit number, small enough to index by the million."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True)


@lru_cache(maxsize=16_384)
def slug(text: str) -> str:
    """A name as an address carries it: lower case, hyphens for spaces; `cs.CV` stays `cs.cv`, `C++` stays `c++`."""
    letters = re.sub(r"[^\w\s.+#/-]", "", unicodedata.normalize("NFKC", text.casefold()).casefold())
    return re.sub(r"[\s_/-]+", "-", letters)[:_LONGEST_SLUG].strip(".-")


def _unquoted(text: str) -> str:
    """`text` without percent escapes, nor any that were escaped in turn."""
    while (unquoted := unquote(text)) != text:
        text = unquoted
    return text


def _without_glue(value: str) -> str:
    """A DOI without the punctuation of the sentence that it stood in: a bracket belongs to it if it opens there."""
    while not (value[-1].isalnum() or value[-1] in "#-_"):
        if value[-1] in _BRACKETS and value.count(value[-1]) <= value.count(_BRACKETS[value[-1]]):
            break
        value = value[:-1]
    return value
