"""What twenty people do at once on one list: run inside an installation, whose database they share as workers do."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from papers.models import ListEntry, Order, Paper, ReadingList, User
from tests import world

WRITERS, PAPERS, ACTS = 20, 30, 4
WELL = {302}

type Writer = Callable[[Client, ReadingList, int], list[int]]


def at_once(writer: Writer, role: str = "editor") -> ReadingList:
    """Lets them all write at the same moment, each in a browser of their own; the list afterwards."""
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    world.library(PAPERS)
    owner, *people = [User.objects.create(username=f"writer{number}") for number in range(-1, WRITERS)]
    roles: dict[str, Any] = {role: people}
    shared = world.reading_list(owner, **roles)
    ListEntry.objects.add(shared, list(Paper.objects.order_by("pk")[: PAPERS // 2]), by=shared.owner)
    together = Barrier(WRITERS)
    connection.close()  # all of them share the few that a worker has

    def run(number: int) -> list[int]:
        try:
            browser = Client(raise_request_exception=False, headers={"Host": "localhost"})
            browser.force_login(User.objects.get(username=f"writer{number}"))
            connection.close()
            together.wait()
            return writer(browser, shared, number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = [each for answers in pool.map(run, range(WRITERS)) for each in answers]
    assert set(answers) <= WELL, Counter(answers)
    _assert_sound(shared)
    return shared


def _assert_sound(shared: ReadingList) -> None:
    """No paper is there twice, and no two stand at one place."""
    entries = list(shared.entries.all())
    assert len({entry.paper_id for entry in entries}) == len(entries)
    assert len({entry.place for entry in entries}) == len(entries), sorted(entry.place for entry in entries)


def _post(browser: Client, shared: ReadingList, paper: Paper, what: str, **form: str) -> int:
    return _sent(browser, f"/lists/{shared.key}/papers/{paper.key}/{what}/", form)


def _save(browser: Client, shared: ReadingList, paper: Paper) -> int:
    return _sent(browser, f"/papers/{paper.key}/lists/", {"on": shared.key, "next": "/papers/"})


def _sent(browser: Client, address: str, form: dict[str, str]) -> int:
    try:
        return browser.post(address, form).status_code
    finally:
        connection.close()  # as a worker does after each request, and a test's browser does not


def add_the_same() -> None:
    def writer(browser: Client, shared: ReadingList, number: int) -> list[int]:
        papers = list(Paper.objects.order_by("pk"))
        random.Random(number).shuffle(papers)
        return [_save(browser, shared, paper) for paper in papers[:ACTS]] + [_save(browser, shared, papers[-1])]

    shared = at_once(writer, "contributor")
    saved: set[int] = set()
    for number in range(WRITERS):
        papers = list(Paper.objects.order_by("pk"))
        random.Random(number).shuffle(papers)
        saved |= {paper.pk for paper in (*papers[:ACTS], papers[-1])}
    held = set(shared.entries.present().values_list("paper", flat=True))
    assert held == saved | set(Paper.objects.order_by("pk")[: PAPERS // 2].values_list("pk", flat=True))


def move_the_same() -> None:
    def writer(browser: Client, shared: ReadingList, number: int) -> list[int]:
        chance, papers = random.Random(number), list(Paper.objects.order_by("pk")[: PAPERS // 2])
        answers = []
        for _ in range(ACTS):
            one, other = chance.sample(papers, 2)
            where = chance.choice([{"before": other.key}, {"after": other.key}, {"to": "up"}, {"to": "top"}])
            answers.append(_post(browser, shared, one, "place", **where))
        return answers

    shared = at_once(writer)
    assert shared.entries.shown().count() == PAPERS // 2


def claim_the_same() -> None:
    def writer(browser: Client, shared: ReadingList, number: int) -> list[int]:
        papers = Paper.objects.order_by("pk")[:ACTS]
        return [_post(browser, shared, paper, "claim", claim="yes") for paper in papers]

    shared = at_once(writer)
    claimed = shared.entries.filter(claimed_by__isnull=False)
    assert claimed.count() == ACTS


def do_everything() -> None:
    """Afterwards just that is on the list that was last put there or left, and its order is one."""

    def writer(browser: Client, shared: ReadingList, number: int) -> list[int]:
        chance, papers = random.Random(number), list(Paper.objects.all())
        answers = []
        for _ in range(ACTS):
            one, other = chance.sample(papers[: PAPERS // 2], 2)
            match chance.randrange(4):
                case 0:
                    answers.append(_post(browser, shared, one, "removal"))
                case 1:
                    answers.append(_save(browser, shared, chance.choice(papers)))
                case 2:
                    answers.append(_post(browser, shared, one, "place", before=other.key))
                case _:
                    answers.append(_post(browser, shared, one, "claim", claim=chance.choice(["yes", "no"])))
        return answers

    shared = at_once(writer)
    shown = list(shared.entries.shown().in_order(Order.HAND))
    assert len(shown) == shared.entries.present().count()
    assert [entry.place for entry in shown] == sorted(entry.place for entry in shown)
