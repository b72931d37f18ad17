"""What arXiv says of a paper in the same words in all of its formats: its authors, its categories, the code it has."""

import re
from collections.abc import Iterable

from ..record import Link, names
from .brackets import without_brackets
from .markup import html_tree, text_of

_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[A-Za-z]+)*)?")
_URL = re.compile(r"https?://[^\s<>{}\"]+")
_CODE_HOSTS = re.compile(r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/\w")


def authors(text: str) -> tuple[str, ...]:
    """The names in a list of authors, each of which may be linked or have its affiliations in brackets behind it."""
    linked = html_tree(text) if "</a>" in text else None
    if linked is not None:
        return tuple(name for link in linked.iter("a") if any(map(str.isalnum, name := text_of(link))))
    return names(without_brackets(text))


def categories(texts: Iterable[str]) -> tuple[str, ...]:
    """The categories of arXiv among what a paper is filed under; not those of the ACM or of mathematicians."""
    return tuple(dict.fromkeys(filter(_CATEGORY.fullmatch, map(str.strip, texts))))


def code_links(comment: str) -> tuple[Link, ...]:
    """Where authors say that their code is."""
    urls = (url.rstrip(".,;:)]'") for url in _URL.findall(comment))
    return tuple(dict.fromkeys(Link("code", url) for url in urls if _CODE_HOSTS.match(url)))
