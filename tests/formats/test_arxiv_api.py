"""What the search API of arXiv answers."""

import io
from typing import Any

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise
from papers.formats.document import Document, UnreadableFile
from papers.formats.record import DigestRecord, Found, Link, PaperRecord, Reading

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>{title}</title><id>http://arxiv.org/api/xyz</id><updated>2025-03-11T22:10:26Z</updated>
{entries}</feed>"""


def document(
    entries: str = "", title: str = "arXiv Query: search_query=cat:cs.KT&amp;id_list=&amp;start=0"
) -> Document:
    return Document("x", lambda: io.BytesIO(FEED.format(title=title, entries=entries).encode()))


def read(entries: str = "", **head: Any) -> Reading:
    return readers()["arxiv-api"].read(document(entries, **head))


def record(fields: str) -> PaperRecord:
    [item] = read(f"<entry><title>A title</title>{fields}</entry>")
    assert isinstance(item, Found)
    return item.record


@pytest.mark.parametrize(
    "start",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query: search_query=all:x</title>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://arxiv.org/api/query?x"/><title>Mine</title>',
        '<ns0:feed xmlns:ns0="http://www.w3.org/2005/Atom" xmlns:ns1="http://arxiv.org/schemas/atom"><ns0:entry>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Search Results</title><id>https://arxiv.org/</id>',
    ],
)
def test_it_is_known_by_its_head_in_whatever_year(start: str) -> None:
    assert recognise(Document("x", lambda: io.BytesIO(start.encode())))[0].name == "arxiv-api"


@pytest.mark.parametrize(
    "start",
    [
        '<feed xmlns:arxiv="http://arxiv.org/schemas/atom"><entry><arxiv:announce_type>new</arxiv:announce_type>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>cs.KT updates on arXiv.org</title>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Mine</title>',
        "# arXiv Query: a list\n\n<feed>",
    ],
)
def test_other_feeds_are_others(start: str) -> None:
    assert readers()["arxiv-api"].recognise(Document("x", lambda: io.BytesIO(start.encode()))) == 0


@pytest.mark.parametrize(
    ("id", "identifiers", "version"),
    [
        ("http://arxiv.org/abs/2503.01234v2", ["arxiv:2503.01234"], 2),
        ("https://arxiv.org/abs/hep-ex/0307015v1", ["arxiv:hep-ex/0307015"], 1),
        ("http://arxiv.org/abs/math.GT/0309136", ["arxiv:math/0309136"], None),
    ],
)
def test_identifiers_of_both_eras_are_read_with_their_version(id: str, identifiers: list[str], version: int) -> None:
    paper = record(f"<id>{id}</id>")
    assert ([str(each) for each in paper.identifiers], paper.arxiv_version) == (identifiers, version)


def test_a_paper_has_what_arxiv_adds_to_atom() -> None:
    paper = record(
        """<published>2003-07-07T13:46:39-04:00</published><updated>2009-01-01T00:00:00Z</updated>
        <author><name>Ada Author</name><arxiv:affiliation>Institute of Tea</arxiv:affiliation></author>
        <author><name>:</name></author>
        <arxiv:doi>10.1000/X</arxiv:doi><arxiv:journal_ref>J. Kettles 7\n (2025) 12</arxiv:journal_ref>
        <arxiv:comment>9 pages. Code: https://github.com/kettles/tulu), data at https://kettles.example</arxiv:comment>
        <category term="stat.ML"/><category term="cs.KT"/><category term="68T05; I.2.6"/>
        <arxiv:primary_category term="cs.KT"/>"""
    )
    assert paper == PaperRecord(
        title="A title",
        authors=("Ada Author",),
        identifiers=paper.identifiers,
        published=PartialDate(2003, 7, 7),
        venue="J. Kettles 7 (2025) 12",
        tags=("cs.KT", "stat.ML"),
        links=(Link("code", "https://github.com/kettles/tulu"),),
    )
    assert [str(each) for each in paper.identifiers] == ["doi:10.1000/x"]


def test_wrapped_titles_are_on_one_line_and_texts_keep_their_tex() -> None:
    [item] = read(
        r"<entry><title>T\"ULU:\n  $a &lt; b$</title><summary> One.\n Two. </summary></entry>".replace(r"\n", "\n")
    )
    assert isinstance(item, Found)
    assert item.record.title == r"T\"ULU: $a < b$"
    assert item.record.abstract == "One.\n Two."


def test_the_source_is_what_was_searched_for() -> None:
    entry = "<entry><title>A</title></entry>"
    [asked] = read(entry, title="ArXiv Query: search_query=cat:cs.KT+AND+all:%22tea%22&amp;id_list=&amp;start=10")
    [by_id] = read(entry, title="arXiv Query: search_query=&amp;id_list=2503.01234")
    assert asked.digest == DigestRecord('arXiv search cat:cs.KT AND all:"tea"', PartialDate(2025, 3, 11))
    assert by_id.digest.source == "arXiv API"


def test_an_empty_answer_has_nothing_in_it() -> None:
    assert list(read()) == []


def test_an_error_is_told_in_the_words_of_arxiv() -> None:
    error = """<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title>
        <summary>incorrect id format for abc</summary><author><name>arXiv api core</name></author></entry>"""
    with pytest.raises(UnreadableFile, match="an error of arXiv’s: incorrect id format for abc"):
        list(read(error, title="arXiv Search Results"))


def test_a_paper_may_be_titled_error() -> None:
    [item] = read("<entry><id>http://arxiv.org/abs/2503.01234v1</id><title>Error</title></entry>")
    assert isinstance(item, Found)


def test_a_program_may_have_numbered_the_prefixes() -> None:
    [item] = read("<ns0:entry><ns0:title>A</ns0:title><ns1:doi>10.1000/x</ns1:doi></ns0:entry>")
    assert isinstance(item, Found)
    assert [str(each) for each in item.record.identifiers] == ["doi:10.1000/x"]
