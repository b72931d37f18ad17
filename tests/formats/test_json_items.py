"""JSON is taken apart item by item, each with its text and line, and what is broken spoils nothing beside it."""

from typing import Any

import pytest

from papers.formats.parts.json_items import Item, items
from papers.formats.record import Unreadable


def test_the_items_of_a_list_have_their_texts_and_lines() -> None:
    assert list(items('[\n  1,\n  {"a": [2]}\n]')) == [Item("", 1, "1", 2), Item("", {"a": [2]}, '{"a": [2]}', 3)]


def test_the_members_of_an_object_have_their_names_and_lines() -> None:
    assert list(items('{"a": 1,\n"b": "x"}')) == [Item("a", 1, '"a": 1', 1), Item("b", "x", '"b": "x"', 2)]


def test_a_piece_of_a_list_or_an_object_is_taken_apart_too() -> None:
    assert list(items(' "a": {"b": 1}')) == [Item("a", {"b": 1}, '"a": {"b": 1}', 1)]
    assert [item.text for item in items("1, 2")] == ["1", "2"]


def test_items_begin_where_one_says() -> None:
    text = '{"a":\n[1]}'
    assert list(items(text, text.index("["))) == [Item("", 1, "1", 2)]


@pytest.mark.parametrize(
    ("text", "broken", "sound"),
    [
        ("[1, x, 3]", ["x"], [1, 3]),
        ('[{"a": 1 "b"}, {"a": {"c": 2}}]', ['{"a": 1 "b"}'], [{"a": {"c": 2}}]),
        ('[\n {"a": "b},\n {"a": 2}\n]', ['{"a": "b}'], [{"a": 2}]),
        ('{\n "a": "b,\n "c": 2\n}', ['"a": "b'], [2]),
        ('{"a": nothing, "c": 2}', ['"a": nothing'], [2]),
        ("[1}, 2]", ["}"], [1, 2]),
        ("[1, 2", ["[1, 2"], [1, 2]),
        ('[1, {"a"', ['{"a"'], [1]),
        ("[" * 100_000, ["[" * 99_999], []),
        ('[{"a": ' + "9" * 5_000 + "}, 2]", ['{"a": ' + "9" * 5_000 + "}"], [2]),
    ],
)
def test_behind_a_broken_item_the_next_is_read(text: str, broken: list[str], sound: list[Any]) -> None:
    told = list(items(text))
    assert [item.text for item in told if isinstance(item, Unreadable)] == broken
    assert [item.value for item in told if isinstance(item, Item)] == sound


def test_what_is_broken_a_hundred_times_is_told_of_in_one_piece() -> None:
    told = list(items("[" + "x, " * 1_000 + "]"))
    assert len(told) == 101
    assert told[-1].text.startswith("x, x, x")


def test_commas_too_many_and_spaces_that_nobody_sees_are_nothing() -> None:
    assert [item.text for item in items("\ufeff[1,,\x00\n2,]")] == ["1", "2"]
