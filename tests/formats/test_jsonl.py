"""JSON Lines: a paper a line, taken as leniently as its meaning is clear."""

import gzip
import io
import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from papers.dates import PartialDate
from papers.formats import readers, recognise, writers
from papers.formats.document import LONGEST_LINE, Document
from papers.formats.record import DigestRecord, Found, LibraryPaper, Link, Listing, PaperRecord, Reading, Unreadable
from papers.ids import Identifier


def read(text: str) -> Reading:
    return readers()["jsonl"].read(Document("digest.jsonl", lambda: io.BytesIO(text.encode())))


def found(**values: Any) -> Found:
    [item] = read(json.dumps({"title": "A title", **values}))
    assert isinstance(item, Found)
    return item


def reason(line: str) -> str:
    [item] = read(line)
    assert isinstance(item, Unreadable)
    assert line.startswith(item.text)
    return item.reason


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ('{"title": "A"}\n{"title": "B"}\n', True),
        ('\n\n  {"title": "A"}\n', True),
        ('{"title": "A line that is longer than a head: ' + "x" * 100_000 + '"}\n', True),
        ('{"title": "broken\n{"title": "B"}\n', True),
        ('{"key": 1}\n{"key": 2}\n', True),
        ('{"title": "A", "source": "Daily list"}\n{broken\n', True),
        ('{\n  "title": "one object over many lines"\n}\n', False),
        ('[{"title": "A"}]\n', False),
        ("title,abstract\n", False),
    ],
)
def test_it_is_known_by_an_object_a_line(text: str, is_known: bool) -> None:
    assert bool(readers()["jsonl"].recognise(Document("x", lambda: io.BytesIO(text.encode())))) is is_known


def test_a_line_that_speaks_of_the_research_community_is_no_page_of_hugging_face() -> None:
    line = json.dumps({"title": "A", "abstract": "Open to all, by lab and the research community."})
    assert recognise(Document("x", lambda: io.BytesIO(line.encode())))[0].name == "jsonl"


def test_only_a_title_must_be_there() -> None:
    assert found() == Found(PaperRecord(title="A title"), 1, 1, DigestRecord())


def test_a_null_is_the_same_as_nothing() -> None:
    names = (
        "key other_titles abstract note snippet authors arxiv_id doi id url identifiers published date year venue tags "
        "categories links digests source digest_date digest_title place"
    ).split()
    assert found(**dict.fromkeys(names)) == found()
    assert found(digests=[{"source": None, "date": None, "title": None, "place": None, "note": None}]) == found()


@pytest.mark.parametrize(
    ("values", "identifiers"),
    [
        ({"arxiv_id": "https://arxiv.org/abs/2503.01234v2"}, ["arxiv:2503.01234"]),
        ({"id": "2503.01234"}, ["arxiv:2503.01234"]),
        ({"id": 17}, []),
        ({"url": "https://arxiv.org/pdf/2503.01234"}, ["arxiv:2503.01234"]),
        ({"url": "https://blog.example/post"}, []),
        ({"doi": "https://doi.org/10.1000/XYZ."}, ["doi:10.1000/xyz"]),
        ({"doi": "10.48550/arXiv.2503.01234"}, ["arxiv:2503.01234"]),
        ({"doi": "10.1000/a; 10.1000/b"}, ["doi:10.1000/a", "doi:10.1000/b"]),
        ({"arxiv_id": " ", "doi": ""}, []),
        ({"identifiers": {"arXiv": "arXiv:2503.01234", "DOI": ["10.1000/A"]}}, ["arxiv:2503.01234", "doi:10.1000/a"]),
        ({"identifiers": {"openreview": "https://openreview.net/forum?id=Abc"}}, ["openreview:Abc"]),
        ({"identifiers": {"shelf": "2503.01234", "": "x", "other": " "}}, ["shelf:2503.01234"]),
        ({"arxiv_id": "2503.01234", "id": "2503.01234", "url": "arxiv.org/abs/2503.01234"}, ["arxiv:2503.01234"]),
    ],
)
def test_identifiers_are_taken_in_any_spelling_from_wherever_they_stand(
    values: dict[str, Any], identifiers: list[str]
) -> None:
    assert list(map(str, found(**values).record.identifiers)) == identifiers


def test_the_newest_version_that_is_mentioned_is_the_version() -> None:
    assert found(arxiv_id="2503.01234v2", url="https://arxiv.org/abs/2503.01234v10").record.arxiv_version == 10
    assert found(identifiers={"arxiv": "2503.01234v3"}).record.arxiv_version == 3
    assert found(arxiv_id="2503.01234").record.arxiv_version is None


@pytest.mark.parametrize(
    ("values", "published"),
    [
        ({"published": "2025-03-11T10:00:00Z"}, PartialDate(2025, 3, 11)),
        ({"published": "March 2025"}, PartialDate(2025, 3)),
        ({"date": "2025-03-11", "year": 2024}, PartialDate(2025, 3, 11)),
        ({"year": 2025}, PartialDate(2025)),
        ({"year": "2025", "published": ""}, PartialDate(2025)),
        ({"year": 0}, None),
    ],
)
def test_a_paper_has_the_surest_date_that_is_given(values: dict[str, Any], published: PartialDate | None) -> None:
    assert found(**values).record.published == published


def test_authors_are_names_or_objects_with_names_or_a_sentence() -> None:
    assert found(authors=["Ada Author", {"name": "Ben Bystander", "hidden": True}]).record.authors == (
        "Ada Author",
        "Ben Bystander",
    )
    assert found(authors="Ada Author and Ben Bystander").record.authors == ("Ada Author", "Ben Bystander")


def test_categories_are_tags_too_and_each_comes_once() -> None:
    assert found(tags=["cs.CV", "kettles"], categories="cs.CV math.CO").record.tags == ("cs.CV", "kettles", "math.CO")
    assert found(categories=["cs.CV", "cs.CV"]).record.tags == ("cs.CV",)


def test_one_name_may_link_to_several_pages() -> None:
    assert found(
        links={"code": ["https://a.example", "https://b.example"], "page": "https://c.example"}
    ).record.links == (
        Link("code", "https://a.example"),
        Link("code", "https://b.example"),
        Link("page", "https://c.example"),
    )


def test_a_line_may_name_its_digest_or_several() -> None:
    alone = found(source="Daily", digest_date="2025-03-11", digest_title="Tea", place=7, note="Look.")
    assert alone.digest == DigestRecord("Daily", PartialDate(2025, 3, 11), "Tea")
    assert (alone.place, alone.record.note) == (7, "Look.")
    digests = [{"source": "Daily", "date": "2025-03-11", "place": 3, "note": "Look."}, {"source": "Weekly"}]
    items = list(read(json.dumps({"title": "A title", "digests": digests})))
    assert [(item.digest.source, item.place, item.record.note) for item in items if isinstance(item, Found)] == [
        ("Daily", 3, "Look."),
        ("Weekly", 1, ""),
    ]


@pytest.mark.parametrize("place", [0, -1, 2**31, None])
def test_a_place_that_is_none_is_the_line_s_own(place: int | None) -> None:
    text = "\n".join(['{"title": "A"}', "", json.dumps({"title": "B", "place": place})])
    assert [(item.place, item.line) for item in read(text) if isinstance(item, Found)] == [(1, 1), (2, 3)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"title": "cut off', "truncated"),
        ("no JSON", "JSON"),
        ('["a list"]', "object"),
        ('{"abstract": "x"}', "title"),
        ('{"title": null}', "title"),
        ('{"title": 7}', "title"),
        ('{"title": " "}', "the title is empty"),
        ('{"title": "A", "arxiv_id": "teapot"}', "“teapot” is no arxiv identifier"),
        ('{"title": "A", "identifiers": {"doi": "10.x"}}', "“10.x” is no doi identifier"),
        ('{"title": "A", "published": "Mar 11"}', "“Mar 11” is not a date"),
        ('{"title": "A", "digest_date": "2025-13-01"}', "is not a date"),
        ('{"title": "A", "digests": [{"date": "soon"}]}', "is not a date"),
        ('{"title": "A", "authors": 5}', "authors"),
        ('{"title": "A", "id": 2503.01234}', "id"),
        ('{"title": "A"} {"title": "B"}', "JSON"),
        ("[" * 100_000, "object"),
        ('{"title": "A", "x": ' + "[" * 100_000 + "]" * 100_000 + "}", "recursion"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_of_with_the_reason(line: str, said: str) -> None:
    assert said in reason(line)


def test_a_line_that_is_too_long_is_told_of_with_its_beginning_and_the_next_is_read() -> None:
    text = '{"title": "' + "x" * LONGEST_LINE + '"}\n{"title": "B"}\n'
    long, sound = read(text)
    assert isinstance(long, Unreadable)
    assert text.startswith(long.text)
    assert "longer than 1,000,000 characters" in long.reason
    assert isinstance(sound, Found)
    assert (sound.record.title, sound.line, sound.place) == ("B", 2, 2)


def test_a_paper_is_written_with_what_there_is_of_it_and_nothing_else() -> None:
    record = PaperRecord(
        title="A title",
        authors=("Ada Author",),
        identifiers=(
            *(Identifier("arxiv", "2503.01234"), Identifier("doi", "10.1000/a")),
            *(Identifier("doi", "10.1000/b"), Identifier("pmid", "17")),
        ),
        arxiv_version=2,
        published=PartialDate(2025, 3),
        links=(Link("code", "https://a.example"),),
    )
    digest = DigestRecord("Daily", PartialDate(2025, 3, 11))
    [line] = writers()["jsonl"].write([LibraryPaper("k2", record, [Listing(digest, 4, "Look.")])])
    assert line.endswith("}\n")
    assert json.loads(line) == {
        "key": "k2",
        "title": "A title",
        "authors": ["Ada Author"],
        "arxiv_id": "2503.01234v2",
        "doi": "10.1000/a",
        "identifiers": {"doi": ["10.1000/b"], "pmid": ["17"]},
        "published": "2025-03",
        "links": {"code": "https://a.example"},
        "digests": [{"source": "Daily", "date": "2025-03-11", "place": 4, "note": "Look."}],
    }


def test_an_identifier_is_looked_at_without_characters_that_nobody_sees() -> None:
    [item] = read('{"title": "A", "identifiers": {"arxiv\\u0001": "garbage"}}\n')
    assert isinstance(item, Unreadable)
    assert item.reason == "“garbage” is no arxiv identifier"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"identifiers": {"foo": [str(n) for n in range(101)]}}, "more than 100 identifiers"),
        ({"tags": [str(n) for n in range(1001)]}, "more than 1,000 tags"),
        ({"other_titles": [str(n) for n in range(1001)]}, "more than 1,000 other titles"),
        ({"venue": "x" * 250_001}, "longer than 250,000 characters, which is no paper but a book"),
        ({"digest_date": "9999-12-31"}, "“9999-12-31” is not a date such as 2025-03-11"),
        ({"published": "0001"}, "“0001” is not a date such as 2025-03-11"),
    ],
)
def test_what_no_paper_has_is_refused(values: dict[str, object], reason: str) -> None:
    [item] = read(json.dumps({"title": "A", **values}) + "\n")
    assert isinstance(item, Unreadable)
    assert item.reason == reason


def test_the_lines_of_a_real_export_of_arxiv_are_read(shared: Path) -> None:
    path = shared / "arxiv-sample.jsonl.gz"
    document = Document(path.name, lambda: path.open("rb"))
    assert recognise(document)[0].name == "jsonl"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        expected = list(map(json.loads, islice(lines, 300)))
    for item, values in zip(islice(readers()["jsonl"].read(document), 300), expected, strict=True):
        assert isinstance(item, Found)
        record = item.record
        assert (record.title, record.abstract, record.venue) == (values["title"], values["abstract"], values["venue"])
        assert record.authors == tuple(values["authors"])
        assert record.tags == tuple(values["categories"])
        assert Identifier("arxiv", values["id"]) in record.identifiers
        assert str(record.published) == values["date"]


@pytest.mark.parametrize("name", ["arxiv_extremes.jsonl", "multiscript_and_odd_characters.jsonl"])
def test_real_lines_with_whatever_arxiv_holds_are_read(shared: Path, name: str) -> None:
    path = shared / "digests" / "awkward" / f"subset__{name}"
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))
    items = list(readers()["jsonl"].read(Document(path.name, lambda: path.open("rb"))))
    assert all(isinstance(item, Found) for item in items)
    assert len(items) == len(expected)


def test_a_file_of_which_half_is_broken_is_still_known_as_lines() -> None:
    content = b'{"title": "A", "source": "Daily list"}\n{broken\n'
    assert recognise(Document("x", lambda: io.BytesIO(content)))[0].name == "jsonl"
