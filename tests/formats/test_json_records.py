"""The records in JSON are found however deep they stand, and a broken one spoils no other."""

import io
from collections.abc import Mapping
from typing import Any

import pytest

from papers.formats.document import Document
from papers.formats.parts.json_records import JsonRecord, records, records_of


def is_record(values: Mapping[str, Any]) -> bool:
    return "title" in values


def found(text: str) -> list[JsonRecord]:
    return list(records(text, is_record))


def titles(text: str) -> list[str]:
    return [record.value["title"] for record in found(text) if not record.flaw]


@pytest.mark.parametrize(
    ("text", "path", "around"),
    [
        ('[{"title": "A"}]', (), {}),
        ('{"title": "A"}', (), {}),
        ('"a": {"title": "A"}', ("a",), {}),
        ('{"day": "x", "papers": [{"title": "A"}], "n": 1}', ("papers",), {"day": "x", "n": 1}),
        ('{"d": {"c": [{"title": "A"}], "e": []}, "f": ["g"]}', ("d", "c"), {}),
    ],
)
def test_records_are_found_however_deep_with_what_stands_around_them(
    text: str, path: tuple[str, ...], around: dict[str, Any]
) -> None:
    [record] = found(text)
    assert (record.value, record.path, record.around) == ({"title": "A"}, path, around)


def test_objects_and_lists_that_follow_one_another_are_all_read() -> None:
    assert titles('{\n"title": "A"\n}\n{"title": "B"}\n[{"title": "C"}]\n[{"title": "D"}]') == ["A", "B", "C", "D"]


def test_words_behind_the_last_object_are_told_of_in_one_piece() -> None:
    sound, rest = found('{"title": "A"} and, what, is more {"title": "B"}')
    assert (sound.flaw, rest.text) == ("", 'and, what, is more {"title": "B"}')
    assert len(found('"' * 100_000)) == 2


def test_beside_a_record_all_items_of_a_list_are_meant_to_be_some() -> None:
    assert [record.text for record in found('[{"title": "A"}, {"x": 1}, 7, null]')] == [
        '{"title": "A"}',
        '{"x": 1}',
        "7",
    ]


def test_what_an_object_knows_by_ids_is_meant_to_be_records() -> None:
    text = '{"1": {"title": "A"}, "2": {"title": "B"}, "3": {"x": 1}}'
    assert [record.path for record in found(text)] == [("1",), ("2",), ("3",)]
    assert titles('{"best": {"title": "A"}, "settings": {"x": 1}}') == ["A"]


def test_a_record_s_own_lists_are_its_own() -> None:
    assert titles('[{"title": "A", "references": [{"title": "B"}]}]') == ["A"]


@pytest.mark.parametrize("text", ["[]", '{"papers": []}', '{"n": 0, "message": {"items": []}}', "null", " "])
def test_where_records_would_be_and_are_none_there_is_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["{}", '{"abstract": "x", "tags": []}', '"words"', "7"])
def test_what_has_no_record_in_it_comes_as_it_is(text: str) -> None:
    [record] = found(text)
    assert record.text == text


def test_a_broken_record_within_objects_is_told_of_alone() -> None:
    text = '{"day": "x", "papers": [\n{"title": "A"},\n{"title": "B, "authors": [{"name": "C"}]},\n{"title": "D"}\n]}'
    assert [(record.text[:12], record.line, bool(record.flaw)) for record in found(text)] == [
        ('{"title": "A', 2, False),
        ('{"title": "B', 3, True),
        ('{"title": "D', 4, False),
    ]
    assert all(record.around == {"day": "x"} for record in found(text))


@pytest.mark.parametrize("text", ['{"id": 1, "authors": ["x"', '{"title": "A", "references": [{"title": "B"}], "x'])
def test_a_record_that_is_cut_off_is_one_piece(text: str) -> None:
    [record] = found(text)
    assert record.flaw
    assert record.text == text


def test_a_list_that_is_cut_off_between_records_is_told_of() -> None:
    sound, end = found('{"papers": [{"title": "A"}')
    assert not sound.flaw
    assert end.flaw == "the file ends before its last “]”"


def test_a_file_may_have_a_record_on_each_line() -> None:
    lines = '{"title": "A"}\n\n{"title": "B\n{"title": "C"}\n'
    told = list(records_of(Document("x", lambda: io.BytesIO(lines.encode())), is_record))
    assert [(record.text, record.line, bool(record.flaw)) for record in told] == [
        ('{"title": "A"}', 1, False),
        ('{"title": "B', 3, True),
        ('{"title": "C"}', 4, False),
    ]


def test_a_list_with_an_object_on_each_line_is_a_list() -> None:
    lines = '{"papers": [\n{"title": "A"},\n{"title": "B"}\n]}\n'
    told = list(records_of(Document("x", lambda: io.BytesIO(lines.encode())), is_record))
    assert [(record.value["title"], record.path) for record in told] == [("A", ("papers",)), ("B", ("papers",))]


@pytest.mark.parametrize("text", ["[", "{", '{"a":', '["', '[\\"', "]", "\\", '{"p":['])
def test_no_repetition_makes_it_slow_or_break(text: str) -> None:
    assert len(found(text * 50_000)) <= 50_000
