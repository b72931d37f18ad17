"""What two devices of one reader do at once: run inside an installation, whose database they share as workers do."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from papers.access import Role
from papers.exchange import hide
from papers.exchange.keep import keep, sole_writer
from papers.exchange.leaving import leave
from papers.exchange.withdraw import withdraw_unheld
from papers.models import (
    Entry,
    Invitation,
    ListEntry,
    Mark,
    Marking,
    Paper,
    ReaderState,
    ReadingList,
    User,
)
from papers.models.edition import EditionManager
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


def while_it_is_merged(going: Paper, acts: Sequence[Callable[[Paper], object]]) -> list[Any]:
    """What these acts on a paper give that come while its merge has been made, and is not said yet."""
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

    return at_once(merging, *map(acting, acts))


def speak_of_what_is_being_merged() -> None:
    _, going = about_to_be_merged()
    acts: list[Callable[[Paper], object]] = [
        lambda paper: by_page(paper, "recommendation").status_code,
        lambda paper: by_page(paper, "remarks", text="Hm.").status_code,
    ]
    assert while_it_is_merged(going, acts) == [None, 302, 302]
    kept = Paper.objects.get()
    assert (kept.recommendations.count(), kept.remarks.count()) == (1, 1)


def mark_what_is_being_merged() -> None:
    _, going = about_to_be_merged()
    acts: list[Callable[[Paper], object]] = [
        lambda paper: Marking.objects.mark(User.objects.get(), paper, starred=True),
        lambda paper: by_page(paper, "note", note="Hm.", was=ReaderState().note_stamp).status_code,
        lambda paper: by_page(paper, "tags", name="found").status_code,
    ]
    done = while_it_is_merged(going, acts)
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


def leave_while_what_one_marked_becomes_one() -> None:
    """A superuser deletes their account while papers are made one that they have marked."""
    papers = pairs()
    alice = User.objects.get()
    User.objects.create_superuser("root")
    User.objects.update(is_superuser=True)
    for paper in papers:
        Marking.objects.mark(alice, paper, starred=True)
    begun = Event()
    at_once(merging_slowly(begun, Event()), leaving(begun))
    assert (Paper.objects.count(), ReaderState.objects.count()) == (2, 0)


def leave_while_one_s_name_is_changed() -> None:
    """Somebody deletes their account just when they, or a superuser, say how they are called."""
    world.member("alice")
    begun, count_up = Event(), EditionManager.next

    def count_and_wait(self: EditionManager) -> None:
        count_up(self)
        begun.set()
        Event().wait(timeout=1)

    def naming(reader: User) -> None:
        reader.name = "Alice A."
        with transaction.atomic(), patch.object(EditionManager, "next", count_and_wait):
            reader.save(update_fields=["name"])

    at_once(naming, leaving(begun))
    assert not User.objects.exists()


def leaving(begun: Event) -> Callable[[User], object]:
    """Deletes the account, once the other has begun."""

    def leave_then(reader: User) -> None:
        assert begun.wait(timeout=30)
        leave(reader)

    return leave_then


def come_by_a_link_that_is_taken_back() -> None:
    """Somebody makes an account by a link just when the owner of its list takes it back: they are in, or told so."""
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    shared = world.reading_list(world.member("alice"))
    invitation, token = Invitation.objects.make(shared.owner, reading_list=shared, role=Role.EDITOR)
    holding, accepted, accept = Event(), Event(), Invitation.accept

    def coming(_: User) -> object:
        def accept_and_wait(self: Invitation) -> bool:
            is_used = accept(self)
            accepted.set()
            holding.wait(timeout=1)
            return is_used

        browser, words = Client(raise_request_exception=False, headers={"Host": "localhost"}), "long enough words"
        browser.get(f"/invitations/{token}/")
        form = {"name": "Ada", "username": "ada", "email": "", "password1": words, "password2": words}
        with patch.object(Invitation, "accept", accept_and_wait):
            return browser.post("/account/signup/", form).status_code

    def taking_back(_: User) -> bool:
        assert accepted.wait(timeout=30)
        with transaction.atomic():
            shared.lock()
            holding.set()
            return Invitation.objects.get(pk=invitation.pk).revoke()

    came, is_taken_back = at_once(coming, taking_back)
    assert (came, is_taken_back, shared.memberships.count()) == (302, False, 1)


def put_on_a_list_from_which_one_was_taken_off() -> None:
    """Somebody acts on a list where one of the papers stood once that are about to be merged, while others were."""
    papers = pairs()
    alice = User.objects.get()
    shared = world.reading_list(alice)
    ListEntry.objects.add(shared, papers[3:], by=alice)
    shared.entries.take_off(alice)
    begun, holding = Event(), Event()
    at_once(merging_slowly(begun, holding), putting_on(shared, papers[:2], begun, holding))
    assert (Paper.objects.count(), shared.entries.count(), shared.entries.present().count()) == (2, 2, 1)


def put_on_a_list_what_is_being_hidden() -> None:
    """A curator hides a paper of a list while somebody puts it there again."""
    papers = library()
    alice = User.objects.get()
    shared = world.reading_list(alice)
    ListEntry.objects.add(shared, papers[:1], by=alice)
    begun, holding = Event(), Event()

    def keep_and_wait(works: Any) -> None:
        keep(works)
        begun.set()
        holding.wait(timeout=1)

    def hiding(_: User) -> None:
        with patch.object(hide, "keep", keep_and_wait):
            hide.hide([papers[0].pk], why="Not ours.")

    at_once(hiding, putting_on(shared, papers[:1], begun, holding))
    assert (shared.entries.count(), shared.entries.shown().count()) == (1, 0)


def put_on_a_list_while_pairs_become_one() -> None:
    """Somebody acts on a list where one of the papers stands that are about to be merged, while others have been."""
    papers = pairs()
    alice = User.objects.get()
    one, other = (world.reading_list(alice, name) for name in ("One", "Other"))
    ListEntry.objects.add(one, papers[:2], by=alice)
    ListEntry.objects.add(other, papers[2:], by=alice)
    begun, holding = Event(), Event()
    at_once(merging_slowly(begun, holding), putting_on(other, papers[:2], begun, holding))
    assert Paper.objects.count() == 2
    assert (one.entries.count(), other.entries.count()) == (1, 2)


def pairs() -> list[Paper]:
    """Two pairs of papers, of which the next file says that each is one."""
    world.member("alice")
    lines = [[world.line(n, arxiv_id=None, doi=f"10.1000/{n}"), world.line(n + 10)] for n in (1, 2)]
    world.ingest_lines([line for pair in lines for line in pair])
    return list(Paper.objects.order_by("pk"))


def merging_slowly(begun: Event, holding: Event) -> Callable[[User], object]:
    """Makes both pairs one; after each it waits a while for who holds what it needs, in vain, where they wait in
    turn."""
    merge_one = FormerKeyQuerySet.merge

    def merge_and_wait(*pair: Any) -> None:
        merge_one(*pair)
        begun.set()
        holding.wait(timeout=1)

    def merging(_: User) -> None:
        with patch.object(FormerKeyQuerySet, "merge", merge_and_wait):
            world.ingest_lines([world.line(n + 10, doi=f"10.1000/{n}", digest_date="2025-03-12") for n in (1, 2)])

    return merging


def putting_on(shared: ReadingList, papers: list[Paper], begun: Event, holding: Event) -> Callable[[User], object]:
    """Puts papers on a list, which it holds first, as people do, once a curator or a file has begun."""

    def putting(reader: User) -> None:
        assert begun.wait(timeout=30)
        with transaction.atomic():
            shared.lock()
            holding.set()
            there = Paper.objects.visible_to(reader).among(paper.pk for paper in papers).to_stay()
            ListEntry.objects.add(shared, list(there), by=reader)

    return putting
