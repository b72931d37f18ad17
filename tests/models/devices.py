"""What two devices of one reader do at once: run inside an installation, whose database they share as workers do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from papers.exchange.keep import sole_writer
from papers.models import Mark, Marking, Paper, ReaderState, User
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
