"""What two devices of one reader do at once: run inside an installation, whose database they share as workers do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from papers.exchange.keep import sole_writer
from papers.exchange.leaving import leave
from papers.exchange.withdraw import withdraw_unheld
from papers.models import Entry, ListEntry, Mark, Marking, Paper, ReaderState, User
from papers.models.former_key import FormerKeyQuerySet
from papers.models.handing_over import hand_over
from papers.query import PaperQuery
from tests import world

SIZE = 12


def at_once(*devices: Callable[[User], object]) -> list[Any]:
    """What each device did, all of them begun at the same moment, each with a connection of its own."""
    together = Barrier(len(devices))
    connection.close()  # a worker has no more than these

    def run(device: Callable[[User], object]) -> object:
        try:
            reader = User.objects.get(username="alice")
            together.wait()
            return device(reader)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(devices)) as pool:
        return list(pool.map(run, devices))


def each(papers: list[Paper], **marks: Any) -> Callable[[User], object]:
    """A device that marks these papers one after the other."""
    return lambda reader: [Marking.objects.mark(reader, paper, **marks) for paper in papers]


def many(mark: Mark) -> Callable[[User], object]:
    def all_of_them(reader: User) -> object:
        with sole_writer():
            return Marking.objects.make(reader, mark, PaperQuery.from_text("tag=problems"))

    return all_of_them


def library() -> list[Paper]:
    world.member("alice")
    world.library(SIZE)
    return list(Paper.objects.order_by("pk"))


def said(*names: str) -> list[Any]:
    """What the states of all papers say, each answer once."""
    assert ReaderState.objects.count() == SIZE, ReaderState.objects.count()
    return list(ReaderState.objects.order_by().values_list(*names).distinct())


def mark_the_same_papers() -> None:
    papers = library()
    at_once(
        each(papers, status="read"),
        each(papers[::-1], starred=True),
        each(papers, note="Hm."),
        each(papers[::-1], rating=3),
    )
    assert said("status", "starred", "note", "rating") == [("read", True, "Hm.", 3)]


def mark_one_and_all() -> None:
    papers = library()
    at_once(each(papers, rating=4), many(Mark.STARRED), each(papers[::-1], status="reading"), many(Mark.DISMISSED))
    assert said("status", "starred", "dismissed", "rating") == [("reading", True, True, 4)]


def do_the_same() -> None:
    papers = library()
    at_once(each(papers[:1], starred=True), each(papers[:1], starred=True))
    assert Marking.objects.count() == ReaderState.objects.count() == 1


def undo_twice_and_write() -> None:
    papers = library()
    marking = many(Mark.STARRED)(User.objects.get())
    assert isinstance(marking, Marking)

    def undo(_: User) -> object:
        return Marking.objects.get(pk=marking.pk).take_back()

    at_once(undo, undo, each(papers, note="Kept."))
    assert said("note") == [("Kept.",)]


def about_to_be_merged() -> list[Paper]:
    """Two papers that the next file says are one; keys of both lead to the one that stays."""
    world.member("alice")
    world.ingest_lines([world.line(1, arxiv_id=None, doi="10.1000/one"), world.line(2)])
    return list(Paper.objects.order_by("pk"))


def merge() -> None:
    world.ingest_lines([world.line(2, doi="10.1000/one", digest_date="2025-03-12")])


def by_page(paper: Paper, address: str, **form: str) -> Any:
    """What a form of the paper's page gets, sent by its reader."""
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    browser = Client(raise_request_exception=False)
    browser.force_login(User.objects.get(username="alice"))
    return browser.post(f"/papers/{paper.key}/{address}/", {"next": "/papers/", **form}, headers={"Host": "localhost"})


def mark_what_is_being_merged() -> None:
    """Each act comes while a merge has been made, and is not said yet."""
    _, going = about_to_be_merged()
    acts: list[Callable[[Paper], object]] = [
        lambda paper: Marking.objects.mark(User.objects.get(), paper, starred=True),
        lambda paper: by_page(paper, "note", note="Hm.", was=ReaderState().note_stamp).status_code,
        lambda paper: by_page(paper, "tags", name="found").status_code,
    ]
    merged, begun = Event(), Barrier(len(acts) + 1)

    def merging(_: User) -> None:
        with sole_writer():
            merge()
            merged.set()
            begun.wait()

    def acting(act: Callable[[Paper], object]) -> Callable[[User], object]:
        def run(_: User) -> object:
            merged.wait()
            begun.wait()
            return act(going)

        return run

    done = at_once(merging, *map(acting, acts))
    assert [each for each in done if isinstance(each, int)] == [302, 302]
    (kept,) = Paper.objects.exclude(pk=going.pk)
    state = ReaderState.objects.get()
    assert (state.paper, state.starred, state.note) == (kept, True, "Hm.")
    assert kept.paper_tags.filter(tag__slug="found", origin="person").count() == 1


def mark_before_it_is_merged() -> None:
    """A merge begins while marks have been made, and are not said yet."""
    papers = about_to_be_merged()
    marked = Event()

    def marking(reader: User) -> None:
        with transaction.atomic():
            Marking.objects.mark(reader, papers[0], starred=True)
            Marking.objects.mark(reader, papers[1], rating=4)
            marked.set()

    def merging(_: User) -> None:
        marked.wait()
        merge()

    at_once(marking, merging)
    state = ReaderState.objects.get()
    assert (state.paper, state.starred, state.rating) == (Paper.objects.get(), True, 4)


def write_while_it_goes() -> None:
    """Of what is no longer there it is said, and a mark that was made before keeps it there."""
    paper, other = about_to_be_merged()
    Marking.objects.mark(User.objects.get(), other, starred=True)
    with sole_writer():
        withdraw_unheld(Entry.objects.select_related("digest__source"))
    assert list(Paper.objects.all()) == [other]
    some: list[dict[str, Any]] = [{"starred": True}, {"note": "Hm."}]
    for marks in some:
        try:
            Marking.objects.mark(User.objects.get(), paper, **marks)
        except Paper.DoesNotExist:
            continue
        raise AssertionError("a paper that is not there was marked")
    assert by_page(other, "state", starred="no").status_code == 302


def leave_while_a_list_is_given_away() -> None:
    """Somebody deletes their account just when they are made the owner of a list: it goes back to who had it."""
    world.library(1)
    alice, bob = world.member("alice"), world.member("bob")
    shared = world.reading_list(bob, editor=alice)
    holding = Event()

    def leaving(reader: User) -> None:
        assert holding.wait(timeout=30)
        leave(reader)

    def giving(_: User) -> None:
        with transaction.atomic():
            shared.lock()
            holding.set()
            Event().wait(timeout=1)  # in which the other comes as far as they can
            hand_over(shared, alice, stays=True)

    at_once(leaving, giving)
    assert list(User.objects.values_list("username", flat=True)) == ["bob"]
    shared.refresh_from_db()
    assert shared.owner == bob


def put_on_a_list_while_pairs_become_one() -> None:
    """Somebody acts on a list where one of the papers stands that are about to be merged, while others have been."""
    world.member("alice")
    lines = [[world.line(n, arxiv_id=None, doi=f"10.1000/{n}"), world.line(n + 10)] for n in (1, 2)]
    world.ingest_lines([line for pair in lines for line in pair])
    alice, papers = User.objects.get(), list(Paper.objects.order_by("pk"))
    one, other = (world.reading_list(alice, name) for name in ("One", "Other"))
    ListEntry.objects.add(one, papers[:2], by=alice)
    ListEntry.objects.add(other, papers[2:], by=alice)
    begun, holding, merge_one = Event(), Event(), FormerKeyQuerySet.merge

    def merging(_: User) -> None:
        def merge_and_wait(*pair: Any) -> None:
            merge_one(*pair)
            begun.set()
            holding.wait(timeout=1)  # in vain, where the other waits in turn

        FormerKeyQuerySet.merge = merge_and_wait  # type: ignore[assignment, method-assign]
        world.ingest_lines([world.line(n + 10, doi=f"10.1000/{n}", digest_date="2025-03-12") for n in (1, 2)])

    def putting(reader: User) -> None:
        assert begun.wait(timeout=30)
        with transaction.atomic():
            other.lock()
            holding.set()
            there = Paper.objects.visible_to(reader).among(paper.pk for paper in papers[:2]).to_stay()
            ListEntry.objects.add(other, list(there), by=reader)

    at_once(merging, putting)
    assert Paper.objects.count() == 2
    assert (one.entries.count(), other.entries.count()) == (1, 2)
