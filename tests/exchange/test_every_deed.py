"""Whatever people do to the library, in any order: it stays in step, and what is undone is as it was, or refused."""

import json
import random
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.dates import PartialDate
from papers.exchange import hide, tagging, tags, undo
from papers.exchange.curate import curate_all
from papers.exchange.errands import run_errands
from papers.exchange.joining import join
from papers.exchange.mend import Unmended, mend, try_again
from papers.exchange.naming import call
from papers.exchange.quarantine import bring_back, dismiss
from papers.exchange.redating import redate
from papers.exchange.refusal import Refused
from papers.exchange.rules import delete_rule, set_rule
from papers.exchange.rulings import keep_apart, merge, split
from papers.exchange.taking_back import take_back
from papers.exchange.trusting import trust
from papers.models import Change, Digest, Ingest, Paper, PaperTag, Quarantined, Rule, Source, Tag, User
from tests import upkeep, world
from tests.exchange.test_orders import File, a_library_of_its_own, at_odds, files
from tests.exchange.test_there_and_back import LISTED, everything, papers, put_on_lists

type Deed = tuple[str, int, int]
_UNREADABLE = '{"title": "Broken", "arxiv_id": "teapot"}\n'
_NAMES = ("Vision", "seeing", "cs.CV", "maths", "Optics")
_QUESTIONS = ("attention", "author:lovelace", "residual or editorial", "in:2025-03", "source:weekly")


def _some(given: Iterable[Any], number: int) -> Any:
    things = list(given)
    if not things:
        raise Refused("There is none.")
    return things[number % len(things)]


def _pair(first: int, second: int) -> list[Paper]:
    there = papers()
    return [_some(there, number) for number in sorted({first % (len(there) or 1), second % (len(there) or 1)})]


def _digests() -> list[Digest]:
    return list(Digest.objects.select_related("source").order_by("source__slug", "date", "date_precision"))


def _tags() -> list[Tag]:
    return list(Tag.objects.order_by("slug"))


def _merge(by: User, first: int, second: int) -> object:
    return merge(_pair(first, second), by=by)


def _keep_apart(by: User, first: int, second: int) -> object:
    return keep_apart(_pair(first, second), by=by)


def _split(by: User, first: int, second: int) -> object:
    paper = _some(papers(), first)
    entries = list(paper.entries.order_by("fingerprint", "digest__date"))
    return split(paper, entries[: second % len(entries)], by=by)


def _undo(by: User, first: int, second: int) -> object:
    return undo.undo(_some(Ingest.objects.order_by("pk"), first), by=by)


def _again(by: User, first: int, second: int) -> object:
    return undo.again(_some(Ingest.objects.order_by("pk"), first), by=by)


def _correct(by: User, first: int, second: int) -> object:
    said = [{"venue": f"V{second}"}, {"title": f"Title {second}"}, {"published": "2024"}][second % 3]
    return curate_all([paper.pk for paper in _pair(first, second)], said, by=by)


def _give_back(by: User, first: int, second: int) -> object:
    return curate_all([_some(papers(), first).pk], {}, ["venue", "title"], by=by)


def _hide(by: User, first: int, second: int) -> object:
    return hide.hide([paper.pk for paper in _pair(first, second)], by=by, why="Spam")


def _show(by: User, first: int, second: int) -> object:
    return hide.show([_some(papers(), first).pk], by=by)


def _put(by: User, first: int, second: int) -> object:
    return tagging.put(_some(papers(), first), _some(_NAMES, second), by=by)


def _take_off(by: User, first: int, second: int) -> object:
    return tagging.take_off(_some(papers(), first), _some(_tags(), second).meant, by=by)


def _rename(by: User, first: int, second: int) -> object:
    return tags.set_tag(_some(_tags(), first).meant, {"name": _some(_NAMES, second)}, by=by)


def _other_names(by: User, first: int, second: int) -> object:
    return tags.set_tag(_some(_tags(), first).meant, {"other_names": [_some(_NAMES, second)]}, by=by)


def _nest(by: User, first: int, second: int) -> object:
    parent = None if first == second else _some(_tags(), second)
    return tags.set_tag(_some(_tags(), first).meant, {"parent": parent}, by=by)


def _merge_tags(by: User, first: int, second: int) -> None:
    tags.merge(_some(_tags(), first), [_some(_tags(), second)], by=by)


def _rule(by: User, first: int, second: int) -> None:
    set_rule(Rule(tag=tagging.tag_named(_some(_NAMES, first)), question=_some(_QUESTIONS, second)), by=by)


def _switch(by: User, first: int, second: int) -> None:
    rule = _some(Rule.objects.order_by("pk"), first)
    rule.is_on = not rule.is_on
    set_rule(rule, by=by)


def _delete_rule(by: User, first: int, second: int) -> None:
    delete_rule(_some(Rule.objects.order_by("pk"), first), by=by)


def _mend(by: User, first: int, second: int) -> object:
    line = json.dumps({"title": ["On Attention", "Deep Residual Nets"][second % 2], "digest_date": "2025-03-11"})
    return mend(_some(Quarantined.objects.waiting().in_whole().order_by("pk"), first), line, by=by)


def _try_again(by: User, first: int, second: int) -> object:
    return try_again(Quarantined.objects.all(), by=by)


def _dismiss(by: User, first: int, second: int) -> object:
    piece = _some(Quarantined.objects.order_by("pk"), first)
    return dismiss(Quarantined.objects.filter(pk=piece.pk), "Nothing", by=by)


def _bring_back(by: User, first: int, second: int) -> object:
    return bring_back(Quarantined.objects.all(), by=by)


def _redate(by: User, first: int, second: int) -> object:
    date = PartialDate.parse(_some(["2025-03-11", "2025-03-12", "2025", "2025-04-01"], second))
    assert date
    return redate(_some(_digests(), first), date, by=by)


def _join(by: User, first: int, second: int) -> object:
    return join(_some(_digests(), first), _some(_digests(), second), by=by)


def _call(by: User, first: int, second: int) -> object:
    thing = _some([*_digests(), *Source.objects.order_by("slug")], first)
    return call(thing, None if second == 0 else f"Called {second}", by=by)


def _trust(by: User, first: int, second: int) -> object:
    return trust(_some(Source.objects.order_by("slug"), first), 10 * second, by=by)


_DEEDS: Mapping[str, Callable[[User, int, int], object]] = {
    name: deed
    for name, deed in list(globals().items())
    if name.startswith("_") and callable(deed) and getattr(deed, "__annotations__", {}).get("by") is User
}


def _told(tag: Tag) -> tuple[str, ...]:
    """A tag of which anything is said; a name that nobody uses any more does no harm."""
    return tag.slug, tag.name, str(tag.alias_of), str(tag.parent), str(tag.hidden), tag.description


def state() -> list[Any]:
    """All that people see and set."""
    return [
        *everything(),
        sorted(Paper.objects.values_list("key", "hidden")),
        sorted(map(_told, Tag.objects.exclude(size=0, alias_of=None, parent=None, description="", hidden=False))),
        sorted(PaperTag.objects.values_list("paper__key", "tag__slug", "origin", "by"), key=repr),
        sorted(Rule.objects.values_list("pk", "tag__slug", "question", "is_on")),
        sorted(
            Digest.objects.values_list("source__slug", "date", "date_precision", "date_basis", "found_title"), key=repr
        ),
        sorted(Source.objects.values_list("slug", "name", "found_name", "trust"), key=repr),
        sorted(Quarantined.objects.values_list("pk", "outcome", "settlement"), key=repr),
    ]


def _changes(curator: User, deed: Deed) -> list[Change]:
    """Does it, and lets the papers follow; what it wrote down."""
    name, first, second = deed
    known = list(Change.objects.values_list("pk", flat=True))
    _DEEDS[name](curator, first, second)
    _check()
    return list(Change.objects.exclude(pk__in=known))


def _check() -> None:
    run_errands(None)
    upkeep.assert_in_step()
    connection.check_constraints()


def _take_in(given_files: list[File]) -> None:
    for name, lines in given_files:
        text = "".join(f"{json.dumps(line)}\n" for line in lines)
        assert world.ingest_text(text + _UNREADABLE * (name[0] in "ac"), name).error is None


def _put_on_lists(listed: Any) -> None:
    if papers():
        put_on_lists([world.member("alice"), world.member("bob")], listed)


@st.composite
def deeds(draw: st.DrawFn) -> list[Deed]:
    """A few of a few kinds, so that they meet."""
    number = st.integers(0, 5)
    kinds = draw(st.lists(st.sampled_from(sorted(_DEEDS)), min_size=1, max_size=5, unique=True))
    return draw(st.lists(st.tuples(st.sampled_from(kinds), number, number), min_size=1, max_size=7))


@pytest.mark.django_db
@settings(max_examples=6)
@given(given_files=files(at_odds()), given_deeds=deeds(), listed=LISTED)
def test_what_is_taken_back_from_the_last_is_as_it_was_or_refused(
    given_files: list[File], given_deeds: list[Deed], listed: Any
) -> None:
    with a_library_of_its_own():
        curator = world.curator()
        _take_in(given_files)
        _put_on_lists(listed)
        done: list[tuple[Change, list[Any]]] = []
        for deed in given_deeds:
            before = state()
            try:
                changes = _changes(curator, deed)
            except (Refused, Unmended):
                continue
            done = [*done, *((change, before) for change in changes)] if changes or state() == before else []
        for change, before in reversed(done):
            try:
                take_back(change, curator)
            except Refused:
                break
            _check()
            assert state() == before, change.said


@pytest.mark.django_db
@settings(max_examples=6)
@given(given_files=files(at_odds()), given_deeds=deeds(), listed=LISTED, order=st.randoms(use_true_random=False))
def test_what_is_taken_back_in_any_order_leaves_the_library_in_step(
    given_files: list[File], given_deeds: list[Deed], listed: Any, order: random.Random
) -> None:
    with a_library_of_its_own():
        curator = world.curator()
        _take_in(given_files)
        _put_on_lists(listed)
        for deed in given_deeds:
            with suppress(Refused, Unmended):
                _changes(curator, deed)
        for _ in range(2):
            changes = list(Change.objects.standing().order_by("pk"))
            order.shuffle(changes)
            for change in changes:
                before = state()
                try:
                    take_back(change, curator)
                except Refused:
                    assert state() == before
                _check()
