"""The order by hand is that of a plain list in which the same is moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.models import ListEntry, Order, Paper, ReadingList, User, list_entries
from papers.models.by_hand import ByHand
from papers.models.care import Turn
from tests import world
from tests.examples import examples

pytestmark = pytest.mark.django_db
SIZE = 6
WAYS = ("before", "after", "up", "down", "top", "end", "off", "aside")
MOVES = st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=30)


@pytest.fixture
def shared(alice: User) -> ReadingList:
    world.library(SIZE)
    shared = world.reading_list(alice)
    ListEntry.objects.add(shared, list(Paper.objects.order_by("pk")), by=alice)
    return shared


def entries(shared: ReadingList) -> list[ListEntry]:
    return list(shared.entries.shown().in_order(Order.HAND))


def move(shared: ReadingList, way: str, entry: ListEntry, other: ListEntry) -> Turn:
    by_hand = ByHand(shared)
    match way:
        case "before":
            return by_hand.put_before(entry, other)
        case "after":
            return by_hand.put_after(entry, other)
        case "off" | "aside":
            return entry.take_off(shared.owner) if way == "off" else entry.set_aside(shared.owner, "")
    return {"up": by_hand.up, "down": by_hand.down, "top": by_hand.to_top, "end": by_hand.to_end}[way](entry)


def moved[T](plain: list[T], way: str, one: T, other: T) -> list[T]:
    """The same with a plain list."""
    rest, at = [each for each in plain if each != one], plain.index(one)
    match way:
        case "before" | "after":
            place = rest.index(other) + (way == "after") if other != one else at
        case "up" | "down":
            place = max(0, at - 1) if way == "up" else at + 1
        case "off" | "aside":
            return rest
        case _:
            place = 0 if way == "top" else len(rest)
    return [*rest[:place], one, *rest[place:]]


@examples(40)
@given(moves=MOVES, gap=st.sampled_from([1, 2, 3, 1 << 20]))
def test_moves_are_those_of_a_plain_list_however_close_entries_stand(
    moves: list[tuple[str, int, int]], gap: int
) -> None:
    alice = world.member(f"alice{User.objects.count()}")
    if not Paper.objects.exists():
        world.library(SIZE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(list_entries, "GAP", gap)
        shared = world.reading_list(alice)
        ListEntry.objects.add(shared, list(Paper.objects.order_by("pk")), by=alice)
        plain = [entry.pk for entry in entries(shared)]
        known = {entry.pk: entry for entry in entries(shared)}
        for way, one, other in moves:
            if not plain:
                break
            first, second = (plain[number % len(plain)] for number in (one, other))
            for entry in known.values():
                entry.refresh_from_db()
            move(shared, way, known[first], known[second])
            plain = moved(plain, way, first, second)
            assert [entry.pk for entry in entries(shared) if not entry.set_aside_at] == plain, (way, one, other)


def test_where_there_is_no_room_left_all_get_room_and_keep_their_order(shared: ReadingList) -> None:
    first, *others = entries(shared)
    for _ in range(30):
        for entry in others[1:]:
            first.refresh_from_db()
            entry.refresh_from_db()
            move(shared, "after", entry, first)
    expected = [first, *reversed(others[1:]), others[0]]
    assert entries(shared) == expected
    assert len({entry.place for entry in entries(shared)}) == SIZE


def test_a_move_is_taken_back_unless_the_entry_stands_elsewhere_since(shared: ReadingList) -> None:
    before = entries(shared)
    turn = move(shared, "top", before[3], before[0])
    assert entries(shared) == [before[3], *before[:3], *before[4:]]
    assert before[3].give_back(turn)
    assert entries(shared) == before
    turn = move(shared, "top", before[3], before[0])
    move(shared, "end", before[3], before[0])
    assert not before[3].give_back(turn)
    assert entries(shared)[-1] == before[3]


def test_one_is_put_beside_what_was_taken_off_meanwhile(shared: ReadingList) -> None:
    before = entries(shared)
    before[2].take_off(shared.owner)
    move(shared, "before", before[5], before[2])
    assert entries(shared) == [*before[:2], before[5], *before[3:5]]


def test_each_change_makes_a_new_edition_and_what_changes_nothing_none(shared: ReadingList) -> None:
    def edition() -> int:
        return ReadingList.objects.get(pk=shared.pk).edition

    was, (first, second, *_) = edition(), entries(shared)
    assert move(shared, "up", first, second) == move(shared, "before", first, second) == Turn({}, {})
    assert move(shared, "before", first, first) == Turn({}, {})
    assert edition() == was
    move(shared, "down", first, second)
    assert edition() == was + 1
