"""arXiv's listings since 1992: a month in one file, or a week with a heading for each day."""

import pytest

from papers.dates import PartialDate
from papers.formats.document import UnreadableFile
from papers.formats.record import DigestRecord, Unreadable
from papers.ids import Identifier

from .arxiv import MARK, RULE, block, found, items, joined, recognised, record

NAME = "arxiv-listing"
FRIDAY, THURSDAY = (f"{MARK}\n/* {day} Mar 2023 */\n{MARK}" for day in ("Fri, 3", "Thu, 2"))
PLANET = block("Authors: Ada Author", "Categories: astro-ph.EP")
STAR = block("Categories: astro-ph.SR hep-ph", head="arXiv:2303.00769", title="A Star")
CROSSED = block("Categories: hep-ph astro-ph.SR", head="arXiv:2303.00770 (*cross-listing*)", title="A Jet")
OLD = block("Authors: Ada Author", head="Paper: astro-ph/9204001", title="Bursts", dated="Date: Mon, 13 Apr 92 18:20")
OLD_CROSSED = block("Authors: Ada", head="Paper (*cross-listing*): hep-ph/9204002", title="Jets")
PREAMBLE = f"{RULE}\n\nPapers received as of Sat Apr  4 02:55:44 METDST 1992.\n get 3 2.abs 9108001  , e.g.\n\n{RULE}\n"


def digests(text: str) -> list[tuple[DigestRecord, int]]:
    return [(item.digest, item.place) for item in found(NAME, text)]


def test_a_listing_is_recognised_in_either_shape() -> None:
    assert recognised(joined(FRIDAY, PLANET)) == NAME
    assert recognised(joined(OLD, OLD_CROSSED)) == NAME
    assert recognised(PREAMBLE + joined(OLD)) == NAME


def test_each_day_of_a_week_is_a_digest_and_counted_anew() -> None:
    read = digests(joined(FRIDAY, PLANET, STAR, THURSDAY, CROSSED, PLANET))
    friday, thursday = (DigestRecord("arXiv astro-ph", PartialDate(2023, 3, day)) for day in (3, 2))
    assert read == [(friday, 1), (friday, 2), (thursday, 1), (thursday, 2)]


def test_a_month_is_the_one_in_which_its_ids_were_given() -> None:
    [(digest, _), _] = digests(PREAMBLE + joined(OLD, OLD_CROSSED))
    assert digest == DigestRecord("arXiv astro-ph", PartialDate(1992, 4))


@pytest.mark.parametrize(
    ("blocks", "source"),
    [
        ((PLANET, CROSSED), "arXiv astro-ph.EP"),
        ((PLANET, STAR), "arXiv astro-ph"),
        ((OLD, OLD_CROSSED), "arXiv astro-ph"),
        ((PLANET, CROSSED.replace(" (*cross-listing*)", "")), "arXiv"),
        ((CROSSED,), "arXiv"),
    ],
)
def test_its_name_is_what_all_papers_are_in_that_are_not_cross_listed(blocks: tuple[str, ...], source: str) -> None:
    assert {digest.source for digest, _ in digests(joined(*blocks))} == {source}


def test_papers_of_several_months_leave_the_date_open() -> None:
    assert digests(joined(PLANET, STAR.replace("2303", "2304")))[0] == (DigestRecord("arXiv astro-ph"), 1)


@pytest.mark.parametrize(
    ("head", "identifier"),
    [
        ("Paper: astro-ph/9204001", "astro-ph/9204001"),
        ("Paper (*cross-listing*): nlin.CD/0306001", "nlin/0306001"),
        ("arXiv:0704.0001", "0704.0001"),
        ("arXiv:2303.01154 (*cross-listing*)", "2303.01154"),
        ("arXiv:quant-ph/9901070 (*cross-listing*)", "quant-ph/9901070"),
    ],
)
def test_ids_are_of_both_eras(head: str, identifier: str) -> None:
    assert record(NAME, joined(block(head=head))).identifiers == (Identifier("arxiv", identifier),)


@pytest.mark.parametrize(
    ("dated", "published", "version"),
    [
        ("Date: Mon, 2 Apr 2007 19:41:34 GMT   (1006kb)", "2007-04-02", None),
        ("Date: Thu, 2 JAN 92 12:17 N   (6kb)", "1992-01-02", None),
        ("Date: 31 Dec 91   (6kb)\nDate (revised): Wed, 1 Apr 1992 20:39:38 GMT", "1991-12-31", None),
        ("Date: Mon, 2 Apr 2007 19:41:34 GMT\nDate (revised v2): x\nDate (revised v10): y", "2007-04-02", 10),
        ("Date: some day in spring", "None", None),
    ],
)
def test_a_paper_is_of_the_day_of_its_first_version_and_in_its_last(
    dated: str, published: str, version: int | None
) -> None:
    read = record(NAME, joined(block(dated=dated)))
    assert (str(read.published), read.arxiv_version) == (published, version)


def test_nobody_s_address_is_kept() -> None:
    read = record(NAME, joined(block("Proxy: Somebody Else", dated="From: Ada <ada@example.org>")))
    assert "example.org" not in read.as_json()
    assert "Somebody" not in read.as_json()


def test_there_is_no_abstract_but_where_one_stands() -> None:
    assert record(NAME, joined(PLANET)).abstract == ""
    assert record(NAME, joined(f"{OLD}\n  Bursts are\nstudied.\n{MARK}")).abstract == "Bursts are studied."


def test_in_the_first_years_authors_stood_within_the_title() -> None:
    read = record(NAME, joined(block("Riccardo Rider", "Subj-class: Relativity; Waves", title="ALL OF IT Author:")))
    assert (read.title, read.authors, read.tags) == ("ALL OF IT", ("Riccardo Rider",), ("Relativity", "Waves"))


def test_what_is_read_at_any_place_is_told_of_there() -> None:
    read = items(NAME, joined(FRIDAY, block(head="arXiv:2303.OO768"), PLANET))
    assert isinstance(read[0], Unreadable)
    assert [item.place for item in read] == [1, 2]
    assert {item.digest for item in read} == {DigestRecord("arXiv astro-ph.EP", PartialDate(2023, 3, 3))}


def test_a_month_of_many_papers_is_read_a_block_at_a_time() -> None:
    blocks = [block(head=f"arXiv:2303.{number:05}", title=f"Paper {number}") for number in range(1, 5_001)]
    assert [item.place for item in found(NAME, joined(*blocks))] == list(range(1, 5_001))


def test_a_listing_of_a_day_without_papers_is_valid_and_empty() -> None:
    assert found(NAME, joined(FRIDAY)) == []


def test_a_file_that_is_no_listing_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no listing of arXiv"):
        items(NAME, "Dear all,\n\nnothing to read today.\n")
