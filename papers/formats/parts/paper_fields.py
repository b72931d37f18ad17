"""What programs call the fields of a paper, in tables and in JSON, and a record of what stands in them.

Names are compared without case, spaces and marks: `Author(s)`, `authors` and `AUTHORS` are one. Of several names for
one field the first that has a value is believed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import batched, chain
from typing import Any

from ...dates import PartialDate, dated
from ..record import Identified, Link, PaperRecord, identified, names, person
from .lost_digits import with_lost_digits

_NAMES = {
    "title": "title articletitle primarytitle documenttitle papertitle itemtitle titles displayname ti t1 标题 题名",
    "other_titles": "titlezh titlecn titleja titleko chinesetitle originaltitle translatedtitle",
    "abstract": "abstract abstractnote abstracttext paperabstract abstracts summary summaries ab 摘要",
    "note": "note notes summary tldr aisummary ai description editorsnote relevance",
    "snippet": "snippet",
    "authors": (
        "authorfullnames authorsfullnames authors author authornames authorname paperauthors creators creator "
        "firstauthors af au 作者"
    ),
    "published": (
        "published publishedat publishedon publishedtime publicationdate publisheddate datepublished dateofpublication "
        "coverdate date pubdate publicationyear publishedyear pubyear year py updatetime 日期 年份"
    ),
    "venue": (
        "venue journal journalref journalreference journalbook journaltitle publicationtitle sourcetitle "
        "containertitle booktitle conferencename conference so"
    ),
}
#: Fields that are all believed.
_TAGS = (
    "tags keywords keyword authorkeywords categories category primarycategory arxivcategories subjects topics "
    "manualtags automatictags fieldsofstudy terms de 关键词"
).split()
_ARXIV = "arxivid arxiv eprint".split()
_PMIDS = "pmid pubmedid medlinepmid pubmed pm".split()
_OTHER_IDS = (
    "doi dois itemdoi articledoi di id paperid entryid externalids identifiers extra url urls link links abs absurl "
    "abslink abstracturl arxivurl paperurl paperlink articleurl doilink pdf pdfurl pdflink openurllink fulltextlink "
    "externalurl 链接"
).split()
_LINKS = {
    "code": "github githuburl githubrepo code codeurl codelink codelinks repo repository".split(),
    "project": "projectpage projecturl project website homepage".split(),
    "page": "url link links paperurl paperlink articleurl".split(),
    "post": "tweet tweeturl tweetlink".split(),
}
_PREFERENCES = {field: spellings.split() for field, spellings in _NAMES.items()}
_KNOWN = {*chain(*_PREFERENCES.values(), *_LINKS.values()), *_TAGS, *_ARXIV, *_PMIDS, *_OTHER_IDS}
#: Under which an object carries its text, where a text is expected.
_TEXTS = "name fullname displayname text value term tag label title url href literal rawauthorname author".split()

#: Fields with texts, and what stands there instead where a program keeps the texts in files of their own.
_PROSE = {*_PREFERENCES["abstract"], *_PREFERENCES["note"]}
_PATH = re.compile(r"[\w.+-]{0,100}(?:/[\w.+-]{1,100}){1,20}\.(?:md|txt|html|json|pdf)")
_QUOTED = re.compile(r"'([^'\\]*(?:\\.[^'\\]*)*)'|\"([^\"\\]*(?:\\.[^\"\\]*)*)\"")
_OF_AUTHOR_ID = re.compile(r"\s*\(\d+\)")
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z-]+)?")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[ -]?){1,4}")
_LONGEST_NAME = 100


@lru_cache(maxsize=4_096)
def folded(name: str) -> str:
    """A name of a field as it is compared."""
    return "".join(filter(str.isalnum, name[:_LONGEST_NAME].casefold()))


def is_known(name: str) -> bool:
    """Whether a field of that name is read."""
    return folded(name) in _KNOWN


def has_title(values: Mapping[str, Any]) -> bool:
    """Whether there is a field for the title, whatever is in it."""
    return any(folded(name) in _PREFERENCES["title"] for name in values)


def record_of(values: Mapping[str, Any]) -> PaperRecord:
    """The paper of which these are the fields."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        is_path = isinstance(value, str) and _PATH.fullmatch(value)
        if value and (key := folded(name)) in _KNOWN and not (is_path and key in _PROSE):
            fields.setdefault(key, value)
    abstract = _first(fields, "abstract")
    notes = filter(None, map(_text, _values(fields, _PREFERENCES["note"])))
    return PaperRecord(
        title=_first(fields, "title"),
        other_titles=tuple(filter(None, map(_text, _values(fields, _PREFERENCES["other_titles"])))),
        abstract=abstract,
        note=next((note for note in notes if note != abstract and any(map(str.isalpha, note))), ""),
        snippet=_first(fields, "snippet"),
        authors=_authors(fields),
        published=_published(fields),
        venue=_first(fields, "venue"),
        tags=tuple(dict.fromkeys(tag for value in _values(fields, _TAGS) for tag in _tags(value))),
        links=tuple(_links(fields)),
        **_identified(fields),
    )


def _values(fields: Mapping[str, Any], spellings: Iterable[str]) -> list[Any]:
    """What stands in the fields of these names that are there."""
    return [fields[name] for name in spellings if name in fields]


def _first(fields: Mapping[str, Any], field: str) -> str:
    return next(filter(None, map(_text, _values(fields, _PREFERENCES[field]))), "")


def _text(value: Any) -> str:
    """What a value says: a list's texts on lines of their own, an object's as paragraphs under their names."""
    match value:
        case str():
            return value.strip()
        case bool() | None:
            return ""
        case int() | float():
            return str(value)
        case list():
            return "\n".join(filter(None, map(_label, value)))
        case dict() if isinstance(value.get("text"), str):
            return str(value["text"]).strip()
        case dict():
            said = ((name, text) for name, text in value.items() if isinstance(text, str) and text.strip())
            return "\n\n".join(f"{name}: {text.strip()}" if len(value) > 1 else text.strip() for name, text in said)
        case _:
            return ""


def _label(value: Any) -> str:
    """The one text that stands for a value: of an object its name."""
    if not isinstance(value, dict):
        return _text(value) if not isinstance(value, list) else " ".join(filter(None, map(_label, value)))
    fields = {folded(str(name)): text for name, text in value.items()}
    named = next((_label(fields[name]) for name in _TEXTS if isinstance(fields.get(name), str | dict)), "")
    if named:
        return named
    parts = (fields.get("given") or fields.get("firstname") or fields.get("first"), fields.get("family"))
    return " ".join(map(_text, (*parts, fields.get("lastname") or fields.get("last")))).strip()


def _parts(value: Any) -> list[str]:
    """The items of a list, whether it is one, or one written down as a text."""
    if isinstance(value, list):
        return [text for each in value if (text := " ".join(_label(each).split()))]
    text = _label(value)
    if text.startswith("[") and text.endswith("]"):
        quoted = [" ".join((one or other).split()) for one, other in _QUOTED.findall(text)]
        return [part for part in quoted if part] or _parts(text[1:-1])
    return [text] if text else []


def _authors(fields: Mapping[str, Any]) -> tuple[str, ...]:
    for value in _values(fields, _PREFERENCES["authors"]):
        parts = _parts(value)
        if len(parts) == 1:
            parts = _people(_OF_AUTHOR_ID.sub("", parts[0]))
        if parts:
            return tuple(map(person, parts))
    return ()


def _people(text: str) -> list[str]:
    """The names in a cell, of which some put the family before a comma."""
    if ";" in text or "|" in text:
        return list(names(text.replace("|", ";")))
    surname, comma, rest = text.partition(", ")
    if comma and " " not in surname and "," not in rest and " and " not in rest:
        return [text]
    parts = list(names(text))
    if len(parts) > 2 and len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        return [", ".join(pair) for pair in batched(parts, 2, strict=True)]
    return parts


def _tags(value: Any) -> Iterator[str]:
    parts = _parts(value)
    if len(parts) > 1 or not parts:
        yield from parts
        return
    [text] = parts
    if all(_CATEGORY.fullmatch(word) and ("." in word or "-" in word) for word in text.split()):
        yield from text.split()  # categories of arXiv
    else:
        separator = next((each for each in ";|\n" if each in text), ",")
        yield from filter(None, (part.strip() for part in text.split(separator)))


def _published(fields: Mapping[str, Any]) -> PartialDate | None:
    dates = map(_date, map(_text, _values(fields, _PREFERENCES["published"])))
    return next(filter(None, dates), None)


def _date(text: str) -> PartialDate | None:
    return dated(text.removesuffix(".0").rstrip("/ "))


def _identified(fields: Mapping[str, Any]) -> Identified:
    found = [*_named_ids(fields), *_texts(_values(fields, _OTHER_IDS))]
    for name in ("externalids", "identifiers"):
        if isinstance(fields.get(name), dict):
            found += _named_ids({folded(str(scheme)): value for scheme, value in fields[name].items()})
    return identified(*found)


def _named_ids(fields: Mapping[str, Any]) -> Iterator[str]:
    """The ids in fields that say what they are ids of."""
    yield from (with_lost_digits(text) for text in _texts(_values(fields, _ARXIV)))
    yield from (f"pmid:{text.removesuffix('.0')}" for text in _texts(_values(fields, _PMIDS)))


def _texts(values: Iterable[Any]) -> Iterator[str]:
    """The texts in values, in their lists and in their objects."""
    for value in values:
        if isinstance(value, dict | list):
            yield from _texts(value.values() if isinstance(value, dict) else value)
        elif text := _text(value):
            yield from text.split() if text.count("http") > 1 else text.split("\n")


def _links(fields: Mapping[str, Any]) -> Iterator[Link]:
    """The pages about it that do not identify it."""
    seen = set()
    for what, spellings in _LINKS.items():
        for text in _texts(_values(fields, spellings)):
            if text.startswith(("http://", "https://")) and text not in seen and not any(map(str.isspace, text)):
                seen.add(text)
                if not identified(text)["identifiers"]:
                    yield Link(what, text)
