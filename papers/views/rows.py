"""Papers made ready to stand in a list. What looks the same to every reader is rendered once an edition, and what
differs by nothing but a paper's key once a page: most of a page of papers is rows."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from ..dates import earlier
from ..models import Digest, Paper, Tag
from ..models.on_lists import standings
from ..models.paper import new_key
from ..search import Kind, borne
from . import rendered
from .edition import edition

#: The key of no paper. It stands for that of each in what is rendered for all of them.
_KEY = new_key()
_FIRST_AUTHORS = 3
#: So many lists are named in a row; the paper's page names all.
_MOST_LISTS = 3
_LINKS_KEPT = 1_000


class Parts(NamedTuple):
    """Pieces of a paper's row, as HTML."""

    authors: str
    named: str
    tags: str


class _Link(NamedTuple):
    """A link from a row, and where it stands among others."""

    order: Any
    html: str
    address: str = ""
    name: str = ""


def dress(request: HttpRequest, papers: Sequence[Paper], *, digest: Digest | None = None, **context: Any) -> None:
    """Gives each paper the `parts` of its row, as `acts` the marks that the reader can put on it there, and, in a
    digest, as `earlier` which other named it before; and, but on a list, as `listed` which of the reader's it is on."""
    by_id = {paper.pk: paper for paper in papers}
    number = edition(request)
    parts = rendered.kept("paper", number, by_id, lambda new: _parts(number, [by_id[pk] for pk in new]))
    acts: dict[tuple[bool, ...], str] = {}
    for paper in papers:
        paper.parts = parts[paper.pk]
        if mine := paper.mine:
            state = (mine.dismissed, mine.is_read, mine.starred, mine.is_revised)
            if state not in acts:
                here = {"mine": mine, "key": _KEY, "at": "row", "digest": digest, **context}
                acts[state] = render_to_string("components/acts.html", here, request)
            paper.acts = acts[state].replace(_KEY, paper.key)
    if digest:
        _tell_earlier(number, papers, digest)
    if "list" not in context:
        _tell_lists(request, papers)


def _tell_lists(request: HttpRequest, papers: Sequence[Paper]) -> None:
    """On which of the reader's lists papers stand: nobody else's business, and so never kept."""
    found = standings(papers, request.user)
    known = [paper for paper in papers if paper.pk in found]
    address = reverse("paper", args=[_KEY])
    contexts = [
        {
            "address": address.replace(_KEY, paper.key),
            "lists": [_link(each.list.key, each.list.name, each.is_aside) for each in found[paper.pk][:_MOST_LISTS]],
            "more": len(found[paper.pk][_MOST_LISTS:]),
            "claimed": next((each for each in found[paper.pk] if each.is_claimed), None),
        }
        for paper in known
    ]
    for paper, html in zip(known, rendered.each("on_lists", contexts), strict=True):
        paper.listed = html


@lru_cache(_LINKS_KEPT)
def _link(key: str, name: str, is_aside: bool) -> str:
    """To a list of this name. It says nothing of any paper, or of who sees the list."""
    return render_to_string("components/on_list.html", {"key": key, "name": name, "is_aside": is_aside})


def _tell_earlier(edition: int, papers: Sequence[Paper], digest: Digest) -> None:
    """By the days of the digests, not by today, which is another tomorrow."""
    named = {paper: _borne("digest", paper).keys() - {digest.pk} for paper in papers}
    links = rendered.kept("digest", edition, set(chain.from_iterable(named.values())), _digest_links)
    before = {pk: link for pk, link in links.items() if link.order[0] <= digest.date}
    known = {
        paper: max(before[pk] for pk in ids & before.keys()) for paper, ids in named.items() if ids & before.keys()
    }
    contexts = [
        {
            "key": paper.key,
            "is_seen": paper.mine and (paper.mine.has_seen or not paper.mine.is_unread),
            "when": earlier(link.order[0], digest.date),
            "link": link,
        }
        for paper, link in known.items()
    ]
    for paper, html in zip(known, rendered.each("earlier", contexts), strict=True):
        paper.earlier = html


def _parts(edition: int, papers: Sequence[Paper]) -> dict[int, Parts]:
    """By the tokens that the papers bear, so that neither their tags nor their entries are looked up."""
    tags = {paper.pk: _borne("tag", paper) for paper in papers}
    digests = {paper.pk: _borne("digest", paper) for paper in papers}
    tag_links = rendered.kept("tag", edition, set(chain.from_iterable(tags.values())), _tag_links)
    digest_links = rendered.kept("digest", edition, set(chain.from_iterable(digests.values())), _digest_links)
    parts = zip(
        rendered.each("authors", [{"paper": paper, **_authors(paper.authors)} for paper in papers]),
        rendered.each(
            "named", [{"paper": paper, "digests": _in_order(digest_links, digests[paper.pk])} for paper in papers]
        ),
        rendered.each("tags", [{"tags": _in_order(tag_links, tags[paper.pk])} for paper in papers]),
        strict=True,
    )
    return {paper.pk: Parts(*each) for paper, each in zip(papers, parts, strict=True)}


def _borne(kind: Kind, paper: Paper) -> Mapping[int, int]:
    return borne(kind, dict.fromkeys(paper.facets.split(), 1))


def _authors(names: Sequence[str]) -> dict[str, Any]:
    first = names[:_FIRST_AUTHORS]
    return {"authors": [(name, urlencode({"author": name})) for name in first], "more": len(names) - len(first)}


def _tag_links(ids: Iterable[int]) -> dict[int, _Link]:
    tags = Tag.objects.shown().in_bulk(list(ids))
    links = rendered.each("tag", [{"tag": tag} for tag in tags.values()])
    return {pk: _Link(tag.slug, html) for (pk, tag), html in zip(tags.items(), links, strict=True)}


def _digest_links(ids: Iterable[int]) -> dict[int, _Link]:
    digests = Digest.objects.select_related("source").in_bulk(list(ids))
    links = rendered.each("named_in", [{"digest": digest} for digest in digests.values()])
    return {
        pk: _Link((digest.date, pk), html, digest.get_absolute_url(), digest.source.name)
        for (pk, digest), html in zip(digests.items(), links, strict=True)
    }


def _in_order(links: Mapping[int, _Link], ids: Iterable[int]) -> list[str]:
    return [link.html for link in sorted(links[pk] for pk in ids if pk in links)]
