"""Ids, DOIs and links, one after another and nothing else: the papers that the library knows by them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..access import Reader
from ..ids import Identifier, identifiers
from ..models import Identifier as Known
from ..models import Paper

#: So many are looked up; more are a question for the papers page.
MOST = 200
#: What stands around ids in a list: a bullet or number, the name of the scheme, the archive behind an arXiv id.
_AROUND = re.compile(r"[-*•]|\d{1,3}[.)]|(?:arxiv|doi)\s*:|\[[\w.-]+\]", re.IGNORECASE)


class LookedUp(NamedTuple):
    """What is known of a list of ids, each once and in its order."""

    papers: list[Paper]
    unknown: list[str]
    """As they were written."""
    has_more: bool


def look_up(text: str, reader: Reader) -> LookedUp | None:
    """None where the text holds anything but ids."""
    written = [word for word in text.replace(",", " ").split() if not _AROUND.fullmatch(word)]
    named: dict[Identifier, str] = {}
    for word in written:
        found = next(identifiers(word), None)
        if found is None:
            return None
        if len(named) <= MOST:
            named.setdefault(found[0], word)
    if not named:
        return None
    asked = dict(list(named.items())[:MOST])
    papers = _papers(list(asked), reader)
    known = [papers[name] for name in asked if name in papers]
    unknown = [word for name, word in asked.items() if name not in papers]
    return LookedUp(list(dict.fromkeys(known)), unknown, has_more=len(named) > MOST)


def _papers(names: Sequence[Identifier], reader: Reader) -> dict[Identifier, Paper]:
    """The first paper of each name that the reader may see."""
    rows = Known.objects.filter(scheme__in={name.scheme for name in names}, value__in={name.value for name in names})
    ids = {(row.scheme, row.value): row.paper_id for row in rows.order_by("-paper")}
    papers = Paper.objects.visible_to(reader).in_bulk([pk for name, pk in ids.items() if name in set(names)])
    return {name: papers[ids[name]] for name in names if ids.get(name) in papers}
