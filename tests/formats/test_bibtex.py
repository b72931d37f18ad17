"""BibTeX as people have it: what the grammar allows, and what it does not but programs write."""

import time

import pytest

from papers.formats import readers, recognise
from papers.formats.record import Found, PaperRecord, Unreadable
from papers.text import clean

from .test_contract import document


def items(text: str) -> list[Found | Unreadable]:
    return list(readers()["bibtex"].read(document(text.encode())))


def records(text: str) -> list[PaperRecord]:
    found = items(text)
    assert all(isinstance(item, Found) for item in found), found
    return [item.record for item in found if isinstance(item, Found)]


def of(fields: str, kind: str = "article") -> PaperRecord:
    [record] = records(f"@{kind}{{key, title = {{On Tests}}, {fields}}}")
    return record


def named(fields: str) -> list[str]:
    return sorted(map(str, of(fields).identifiers))


@pytest.mark.parametrize(
    "text",
    [
        "@article{key, title = {On Tests}}",
        "@ARTICLE { key , TITLE={On Tests} , }",
        "@article(key, title = {On Tests})",
        '@article(key, note = "a) b", title = "On Tests", journal = {B (c)})',
        "@article{, title = {On Tests}}",
        "@article{title = {On Tests}}",
        "@article{key:with/odd+signs, title = {On Tests}}",
        "@article{key\n  title = {On Tests}\n  year = 2025\n}",
        "@article{key, title = {On Tests},, year = 2025}",
        "@article{key, title+an:lang = {1=en}, title = {On Tests}}",
        "@article{key, title = {On Tests}, title = {On Other Tests}}",
        "@article{key, % as printed\n  title = {On Tests}}",
        '@article{key, title = "On" # { } # "Tests"}',
        "@article{key, file = {C:\\files\\}, title = {On Tests}}",
        "\ufeff@article{key, title = {On Tests}}",
        "Some remark of mine, ada@example.org\n\n@article{key, title = {On Tests}}",
        "@comment{jabref-meta: databaseType:bibtex;}\n@article{key, title = {On Tests}}",
        "@preamble{ {\\newcommand{\\x}{y}} }\n@article{key, title = {On Tests}}",
        "@set{several, entryset = {a, b}}\n@control{style, author = 08}\n@article{key, title = {On Tests}}",
        "% @article{old, title = {On Old Tests}}\n@article{key, title = {On Tests}}",
        "@article{key, title = {On Tests},\n abstract = {Some wrote\n@ada (2010) of it.}}",
    ],
)
def test_an_entry_is_found_however_it_is_written(text: str) -> None:
    assert [record.title for record in records(text)] == ["On Tests"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_an_entry_is_found_in_any_encoding_and_with_any_line_ends(encoding: str) -> None:
    content = "@article{key,\r\n  title = {Über Tests},\r\n  year = 2025\r\n}\r\n".encode(encoding)
    reader, text = recognise(document(content))
    [item] = reader.read(text)
    assert isinstance(item, Found)
    assert (reader.name, item.record.title) == ("bibtex", "Über Tests")


def test_entries_on_one_line_and_entries_of_one_key_are_all_found() -> None:
    text = "@article{a, title={One}}@article{a, title={Two}} @misc{a, title={Three}}"
    assert [record.title for record in records(text)] == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("value", "kept", "cleaned"),
    [
        ("{The {BERT} of {{Tests}}}", "The BERT of Tests", "The BERT of Tests"),
        (r"{{\"U}ber {\'e}t{\'{e}} and {\ss}}", r"{\"U}ber {\'e}t\'{e} and {\ss}", "Über été and ß"),
        (r"{{\em In vitro} and \emph{{E. coli}}}", r"{\em In vitro} and \emph{E. coli}", "In vitro and E. coli"),
        (r"{{Cu$_{2}$O} and {$x_{1}^{2}$}}", "Cu$_{2}$O and $x_{1}^{2}$", "Cu$_{2}$O and $x_{1}^{2}$"),
        (r"{R\&D at 5\% of \{x\}}", r"R\&D at 5\% of \{x\}", "R&D at 5% of {x}"),
        (r"{\href{https://a.org}{{Link}}}", r"\href{https://a.org}{Link}", "Link (https://a.org)"),
        ('"The {"}quoted{"} title"', 'The "quoted" title', 'The "quoted" title'),
        ('"The "quoted" title"', 'The "quoted" title', 'The "quoted" title'),
        ("{<i>E. coli</i> &amp; H<sub>2</sub>O}", r"\emph{E. coli} & H$_{2}$O", "E. coli & H$_{2}$O"),
        (r"{One \&amp; two}", "One & two", "One & two"),
    ],
)
def test_a_title_keeps_its_tex_but_not_the_braces_of_bibtex(value: str, kept: str, cleaned: str) -> None:
    [record] = records(f"@article{{key, title = {value}, year = 2025}}")
    assert (record.title, clean(record.title), str(record.published)) == (kept, cleaned, "2025")


def test_a_subtitle_belongs_to_the_title_unless_that_says_it() -> None:
    assert of("subtitle = {A Story}").title == "On Tests: A Story"
    assert of("subtitle = {Tests}").title == "On Tests"


def test_abbreviations_are_put_in_wherever_they_stand() -> None:
    text = '@string{jot = "J. of " # {Tests}}\n@STRING(Letters = JOT # " (Letters)")\n'
    [record] = records(
        f"{text}@article{{key, title = {{T}}, journal = letters, month = aug, year = 2025, volume = x9}}"
    )
    assert (record.venue, str(record.published)) == ("J. of Tests (Letters)", "2025-08")


def test_abbreviations_of_abbreviations_do_not_fill_the_machine() -> None:
    text = "@string{a = {0123456789}}\n" + "@string{a = a # a # a # a}\n" * 60
    [record] = records(f"{text}@article{{key, title = {{T}}, journal = a}}")
    assert len(record.venue) <= 10_000


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Author, Ada and Bystander, Ben", ["Ada Author", "Ben Bystander"]),
        ("Ada Author AND\n  Ben Bystander", ["Ada Author", "Ben Bystander"]),
        ("van der Author, Jr., Ada and others", ["Ada van der Author Jr."]),
        ("{Barnes and Noble, Inc.} and Author, A.", ["Barnes and Noble, Inc.", "A. Author"]),
        (r"{\'E}. Author and G{\"o}del, K.", [r"{\'E}. Author", r"K. G{\"o}del"]),
        ("{van Author}, A. and {Team}", ["A. van Author", "Team"]),
        ("A. Author, B. Bystander, C. Companion", ["A. Author", "B. Bystander", "C. Companion"]),
        ("Author, A., Bystander, B. C.", ["A. Author", "B. C. Bystander"]),
        ("Author, A.; Bystander, B.", ["A. Author", "B. Bystander"]),
        ("family=Author, given=Ada, prefix=von and Team", ["Ada von Author", "Team"]),
        ("Vurgaftman, I. and Author, Ada, III", ["I. Vurgaftman", "Ada Author III"]),
        ("", []),
    ],
)
def test_authors_are_named_given_name_first_in_their_order(value: str, names: list[str]) -> None:
    assert list(of(f"author = {{{value}}}").authors) == names


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ("doi = {10.1000/ABC}", ["doi:10.1000/abc"]),
        ("doi = {https://doi.org/10.1000/a\\_b}", ["doi:10.1000/a_b"]),
        ("doi = {10.1000/a{\\_}b, doi:10.1000/c}", ["doi:10.1000/a_b", "doi:10.1000/c"]),
        (
            "doi = {10.1002/(SICI)1097-1{\\textless}1::AID-X{\\textgreater}3.0.CO;2-A}",
            ["doi:10.1002/(sici)1097-1<1::aid-x>3.0.co;2-a"],
        ),
        ("doi = {}", []),
        ("eprint = {2503.00001v2}, archivePrefix = {arXiv}", ["arxiv:2503.00001"]),
        ("eprint = {9711200}, archivePrefix = {arXiv}, primaryClass = {hep-th}", ["arxiv:hep-th/9711200"]),
        ("eprint = {math/0506203}, eprinttype = {arxiv}", ["arxiv:math/0506203"]),
        ("eprint = {https://arxiv.org/pdf/2503.00001}", ["arxiv:2503.00001"]),
        ("eprint = {12345678}, eprinttype = {pubmed}", ["pmid:12345678"]),
        ("eprint = {2503.00001}, eprinttype = {hdl}", []),
        ("arxivId = {2503.00001}", ["arxiv:2503.00001"]),
        ("journal = {arXiv preprint arXiv:2503.00001}", ["arxiv:2503.00001"]),
        ("journal = {CoRR}, volume = {abs/2503.00001}", ["arxiv:2503.00001"]),
        ("note = {arXiv: 2503.00001 [cs]}", ["arxiv:2503.00001"]),
        ("number = {{arXiv}:2503.00001}", ["arxiv:2503.00001"]),
        ("journal = {arXiv e-prints}, eid = {arXiv:2503.00001}, pages = {arXiv:2503.00001}", ["arxiv:2503.00001"]),
        ("note = {Extends arXiv:2503.00001}", []),
        ("pages = {2503.00001}", []),
        ("pmid = {12345678}", ["pmid:12345678"]),
        ("url = {https://aclanthology.org/2024.acl-long.1}", ["acl:2024.acl-long.1"]),
        ("url = {https://openreview.net/forum?id=abc\\_1}", ["openreview:abc_1"]),
        ("howpublished = {\\url{https://arxiv.org/abs/2503.00001}}", ["arxiv:2503.00001"]),
    ],
)
def test_what_identifies_a_paper_is_found_wherever_programs_put_it(fields: str, identifiers: list[str]) -> None:
    assert named(fields) == identifiers


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2025", "2025"),
        ("year = {2025}, month = mar", "2025-03"),
        ("year = {2025}, month = {March}", "2025-03"),
        ("year = {2025}, month = {3}", "2025-03"),
        ('year = {2025}, month = mar # "~11"', "2025-03-11"),
        ('year = {2025}, month = "11~" # mar', "2025-03-11"),
        ("year = {2025}, month = {Mar-Apr}", "2025-03"),
        ("year = {2025}, month = {Mar}, day = {11}", "2025-03-11"),
        ("date = {2025-03-11}", "2025-03-11"),
        ("date = {2025-03/2025-04}", "2025-03"),
        ("date = {2025-03-11}, year = {2024}", "2025-03-11"),
        ("year = {2025{\\natexlab{a}}}", "2025"),
        ("year = {c2025}, month = {Frost}", "2025"),
        ("year = {in press}", "None"),
        ("year = {2025}, month = {13}", "2025"),
    ],
)
def test_dates_are_as_exact_as_they_are_said(fields: str, date: str) -> None:
    assert str(of(fields).published) == date


@pytest.mark.parametrize(
    ("kind", "fields", "venue"),
    [
        ("article", "journal = {Journal of {Tests}}", "Journal of Tests"),
        ("article", "journaltitle = {Journal of Tests}", "Journal of Tests"),
        ("article", "journal = {\\apjl}", "Astrophysical Journal Letters"),
        ("inproceedings", "booktitle = {Workshop on Tests}, series = {LNCS}", "Workshop on Tests"),
        ("phdthesis", "school = {University of Tests}", "University of Tests"),
        ("techreport", "institution = {Institute of Tests}", "Institute of Tests"),
        ("article", "journal = {Nutrition &amp; Tests}", "Nutrition & Tests"),
    ],
)
def test_the_venue_is_the_journal_or_the_book_or_where_it_was_written(kind: str, fields: str, venue: str) -> None:
    assert of(fields, kind).venue == venue


def test_keywords_and_categories_become_tags() -> None:
    assert of("keywords = {R\\&D, {Tests}, tests of  tests}").tags == ("R&D", "Tests", "tests of tests")
    assert of("keywords = {one, two; three}, author_keywords = {four}").tags == ("one, two", "three", "four")
    assert of("eprint = {2503.00001}, primaryClass = {cs.CL}").tags == ("cs.CL",)
    assert of(f"keywords = {{a, {'b' * 201}}}").tags == ("a",)


def test_links_lead_to_pages_and_files_but_not_where_an_identifier_does() -> None:
    record = of("url = {https://example.org/a\\_b}, pdf = {https://example.org/a.pdf}, code = {https://github.com/a/b}")
    assert [tuple(link) for link in record.links] == [
        ("page", "https://example.org/a_b"),
        ("pdf", "https://example.org/a.pdf"),
        ("code", "https://github.com/a/b"),
    ]
    assert not of("url = {https://doi.org/10.1000/a}, pdf = {paper.pdf}, file = {:home/a.pdf:PDF}").links


def test_an_abstract_keeps_its_paragraphs_and_is_no_note() -> None:
    record = of("abstract = {One.\n\nTwo {words}.}, note = {To appear}, annote = {Read it again!}")
    assert (record.abstract, record.note) == ("One.\n\nTwo words.", "")


def test_a_paper_has_from_its_book_what_it_does_not_say_itself() -> None:
    book = "@proceedings{Book, title = {Proceedings}, year = 2024}"
    paper, other, proceedings = records(
        "@inproceedings{a, title = {One}, crossref = {book}}\n"
        f"@inproceedings{{b, title = {{Two}}, year = 2023, crossref = {{BOOK}}}}\n{book}"
    )
    assert (paper.venue, str(paper.published)) == ("Proceedings", "2024")
    assert (other.venue, str(other.published)) == ("Proceedings", "2023")
    assert (proceedings.title, proceedings.venue) == ("Proceedings", "")


def test_a_paper_without_a_title_keeps_what_it_has_from_elsewhere_when_it_is_mended_alone() -> None:
    text = (
        "@string{jot = {J. of Tests}}\n@article{a, journal = jot, crossref = {b}}\n@book{b, title = {B}, year = 2024}"
    )
    broken, _ = items(text)
    assert isinstance(broken, Unreadable)
    assert broken.reason == "an entry without a title"
    [mended] = readers()["bibtex"].reread(broken.text.replace("{a,", "{a, title = {On Tests},"), 1, broken.digest)
    assert isinstance(mended, Found)
    assert (mended.record.venue, str(mended.record.published)) == ("J. of Tests", "2024")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("@article{a, title = {One, year = 2025}\n", "its last brace is missing"),
        ("@article(a, title = {One}\n", "its last brace is missing"),
        ("@article{a, title = {One}},\n  year = {2025}\n}\n", "fields behind its last brace"),
        ("title = {One},\n  year = {2025}\n}\n", "fields of no entry"),
        ("@article{a, author = {Ada Author}}\n", "an entry without a title"),
        ("@article{a}\n", "an entry without a title"),
        ("@article{a, title = {{}}}\n", "an entry without a title"),
        ("@article{a, title = {\\emph{}}}\n", "the title is empty"),
        (f"@article{{a, title = {{{'One ' * 300_000}}}}}\n", "an entry of more than 1,000,000 characters"),
    ],
)
def test_a_broken_entry_is_told_of_and_spoils_no_other(text: str, reason: str) -> None:
    broken, sound = items(f"{text}@article{{b, title = {{Sound}}}}")
    assert isinstance(broken, Unreadable)
    assert reason in broken.reason
    assert broken.text == text.strip()[:100_000].strip()
    assert isinstance(sound, Found)
    assert (sound.record.title, sound.place) == ("Sound", 2)


def test_a_file_larger_than_memory_should_be_is_read_entry_by_entry() -> None:
    def lines() -> bytes:
        return b"".join(b"@article{k%d, title = {Title %d}}\n" % (number, number) for number in range(300_000))

    content = lines()
    assert len(content) > 10_000_000
    reading = readers()["bibtex"].read(document(content))
    assert [item.place for item, _ in zip(reading, range(3), strict=False)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("@article{a, title = {One}}", True),
        ("% Encoding: UTF-8\n\n@String{a = {b}}\n", True),
        ("This file was created with JabRef 2.9.\nEncoding: Cp1252\n\n@article{a, title = {One}}", True),
        ("Papers of mine:\n\n@article{a, title = {One}}", False),
    ],
)
def test_a_bibliography_is_known_by_its_first_entry(text: str, is_sure: bool) -> None:
    assert (readers()["bibtex"].recognise(document(text.encode())) >= 90) == is_sure


@pytest.mark.parametrize(
    "text", ["<pre>\n@article{a, title = {One}}</pre>", "@ada wrote {x}", '{"title": "@article{a,"}']
)
def test_text_with_an_entry_somewhere_is_no_bibliography(text: str) -> None:
    assert not readers()["bibtex"].recognise(document(text.encode()))


@pytest.mark.parametrize(
    "piece", ["@", "@a{", "@a{b,c={", "{", '"', "\\(", "$", " and ", "#a", "<i>", "10.1000/", "https://"]
)
def test_one_thing_over_and_over_does_not_hang(piece: str) -> None:
    fields = "title = {%s}, author = {%s}, doi = {%s}, url = {%s}"
    assert items(piece * 60_000 + "\n@article{a, title = {Sound}}")[-1:]
    assert items("@article{a, " + fields.replace("%s", piece * 20_000) + "}")


def test_many_blank_lines_cost_no_time() -> None:
    began = time.process_time()
    assert len(records("@article{key, title = {On Tests}}" + "\n" * 300_000 + "@article{key, title = {On Tests}}")) == 2
    assert time.process_time() - began < 2
