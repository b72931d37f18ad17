"""The links in a text: their addresses, what stands behind them, and the work that they name."""

import re
from collections.abc import Iterable

from ...ids import Identifier
from ..record import Identified, Link, identified

#: An address ends before a bracket that does not open in it.
_URL = re.compile(r"https?://[^\s<>()\[\]{}\"|`]+(?:\([^\s<>()\[\]{}\"|`]*\)[^\s<>()\[\]{}\"|`]*)*")
_LONGEST_LABEL = 500


def links(text: str) -> list[Link]:
    """The addresses in a piece of Markdown, bare or behind words, each once, with those words."""
    found: dict[str, Link] = {}
    for match in _URL.finditer(text):
        url = match[0].rstrip(".,;:!*'")
        label = _label(text, match.start())
        if label is not None and (url not in found or not found[url].what):
            found[url] = Link(label, url)
    return list(found.values())


def described(link: Link) -> Link:
    """The link with one word for what stands behind it, as its words or its address tell."""
    words = f"{link.what} {link.url}".lower()
    if "github.com" in words or "code" in words:
        return Link("code", link.url)
    if "tweet" in words or re.search(r"//(?:www\.)?(?:twitter|x)\.com/", words):
        return Link("post", link.url)
    return Link("project" if "project" in words else "page", link.url)


def sorted_out(found: Iterable[Link], ids: Iterable[str] = ()) -> tuple[Identified, tuple[Link, ...]]:
    """The one work that these links and ids name, by the first identifier of each scheme, and those that name none."""
    names: dict[str, Identifier] = {}
    version = None
    others: list[Link] = []
    for link in (*found, *(Link("", text) for text in ids)):
        identified_by = identified(link.url)
        for identifier in identified_by["identifiers"]:
            if names.setdefault(identifier.scheme, identifier) == identifier and identifier.scheme == "arxiv":
                version = version or identified_by["arxiv_version"]
        if not identified_by["identifiers"] and _URL.match(link.url):
            others.append(described(link))
    fields = Identified(identifiers=tuple(names.values()), arxiv_version=version)
    return fields, tuple(dict.fromkeys(others))


def _label(text: str, at: int) -> str | None:
    """The words of the link whose address begins there, empty where there are none; None for a picture's."""
    before = text[max(0, at - _LONGEST_LABEL) : at].rstrip(" <")
    if not before.endswith("](") or before.endswith(")]("):  # bare, or behind a picture
        return ""
    start = before.rfind("[")
    if before[max(0, start - 1) : start] == "!":
        return None
    return before[start + 1 : -2].strip(" *_`[]") if start >= 0 else ""
