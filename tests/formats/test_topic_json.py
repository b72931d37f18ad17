"""Topics as JSON: rows of tables and items of lists by their ids, below their topics."""

import io
import json

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import Found, Link, Unreadable

ROW = "|**2025-03-09**|**A Kettle**|Ada Author et.al.|[2503.01234](http://arxiv.org/abs/2503.01234v2)|{code}|\n"
URL = "http://arxiv.org/abs/2503.01234v2"
ITEM = f"- 2025-03-09, **A Kettle**, Ada Author et.al., Paper: [{URL}]({URL}), Code: **[{{code}}]({{code}})**"


def document(text: str) -> Document:
    return Document("topics.json", lambda: io.BytesIO(text.encode()))


def read(text: str) -> list[Found | Unreadable]:
    return list(readers()["topic-json"].read(document(text)))


@pytest.mark.parametrize(
    "said",
    [ROW.replace("{code}", "**[link](https://github.com/a/b)**"), ITEM.replace("{code}", "https://github.com/a/b")],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_a_row_or_an_item_is_a_paper_with_its_topic_as_tag(said: str, indent: int | None) -> None:
    text = json.dumps({"Kettles": {"2503.01234": said}}, indent=indent)
    assert recognise(document(text))[0].name == "topic-json"
    [item] = read(text)
    assert isinstance(item, Found)
    record = item.record
    assert (record.title, record.authors, record.published) == ("A Kettle", ("Ada Author",), PartialDate(2025, 3, 9))
    assert (list(map(str, record.identifiers)), record.arxiv_version) == (["arxiv:2503.01234"], 2)
    assert (record.tags, record.links) == (("Kettles",), (Link("code", "https://github.com/a/b"),))
    assert item.line == (3 if indent else 1)


def test_papers_keep_their_order_under_their_topics() -> None:
    row = ROW.replace("{code}", "null")
    items = read(
        json.dumps({"Kettles": {"2503.00001": row, "2503.00002": row}, "Empty": {}, "Steam": {"2503.00001": row}})
    )
    assert [(item.place, item.record.tags) for item in items if isinstance(item, Found)] == [
        (1, ("Kettles",)),
        (2, ("Kettles",)),
        (3, ("Steam",)),
    ]


def test_the_id_identifies_a_paper_whose_row_has_no_link() -> None:
    [item] = read('{"Kettles": {"2503.00009": "|2025-03-09|A Kettle|Ada Author|null|null|"}}')
    assert isinstance(item, Found)
    assert item.record.identifiers[0].value == "2503.00009"


def test_a_day_is_no_topic() -> None:
    [item] = read(json.dumps({"2025-03-09": {"2503.00001": ROW.replace("{code}", "null")}}))
    assert isinstance(item, Found)
    assert item.record.tags == ()


def test_a_column_more_is_a_note_and_a_bar_is_the_title_s() -> None:
    more = ROW.replace("{code}", "null").rstrip() + "It boils.|"
    bars = ROW.replace("{code}", "null").replace("A Kettle", "A|Kettle")
    first, second = read(json.dumps({"Kettles": {"2503.00001": more, "2503.00002": bars}}))
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert (first.record.title, first.record.note) == ("A Kettle", "It boils.")
    assert (second.record.title, second.record.note) == ("A | Kettle", "")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('"2503.00002": null', "neither a row"),
        ('"2503.00002": "a word"', "neither a row"),
        ('"2503.00002": "|**2025-03-09**||x|x|x|"', "the title is empty"),
        ('"2503.00002": |**2025-03-09**|**No JSON**|', "no JSON"),
        ('"2503.00002", 17', "no JSON"),
    ],
)
def test_what_is_broken_spoils_nothing_behind_it(broken: str, reason: str) -> None:
    row = json.dumps(ROW)
    items = read(
        f'{{"Kettles": {{\n"2503.00001": {row},\n{broken},\n"2503.00003": {row}\n}}, "Steam": {{"2503.00004": {row}}}}}'
    )
    assert [item.place for item in items if isinstance(item, Found)] == [1, 3, 4]
    [gone] = [item for item in items if isinstance(item, Unreadable)]
    assert (gone.line, gone.text) == (3, f'{{"Kettles": {{\n{broken}\n}}}}')
    assert reason in gone.reason


def test_a_file_that_ends_within_a_row_holds_those_before_it() -> None:
    text = json.dumps({"Kettles": {"2503.00001": ROW, "2503.00002": ROW}})
    first, second = read(text[:-30])
    assert isinstance(first, Found)
    assert isinstance(second, Unreadable)


def test_another_text_is_refused_in_words() -> None:
    with pytest.raises(UnreadableFile, match="no JSON object"):
        read("[1, 2]")


@pytest.mark.parametrize("text", ['{"a": {"b": "c"}}', '{"title": "A title"}', '["|**2025-03-09**|"]'])
def test_other_json_is_not_taken_for_it(text: str) -> None:
    assert readers()["topic-json"].recognise(document(text)) == 0
