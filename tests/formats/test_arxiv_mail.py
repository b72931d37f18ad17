"""arXiv's daily mail: papers between lines of backslashes, in three sections of which each may be missing."""

import base64
import quopri
import time

import pytest

from papers.dates import PartialDate
from papers.formats.document import UnreadableFile
from papers.formats.record import DigestRecord, Unreadable
from papers.ids import Identifier

from .arxiv import MARK, RULE, block, found, items, joined, recognised, record

HEADER = f"""Date: Fri,  3 Mar 23 01:36:02 GMT
Subject: astro-ph.EP daily Subj-class mailing 11a8 2

{RULE}
{RULE}
Send any comments regarding submissions directly to submitter.
{RULE}
Archives at http://arxiv.org/
To unsubscribe, e-mail To: physics@arXiv.org, Subject: cancel
{RULE}
 Submissions to:
Earth and Planetary Astrophysics
 received from  Wed  1 Mar 23 19:00:00 GMT  to  Thu  2 Mar 23 19:00:00 GMT
{RULE}
"""
PASTED = HEADER.split("\n", 3)[3]
NEW = block("Authors: Ada Author", "Categories: astro-ph.EP", abstract="  Ice is studied.")
CROSS = block("Categories: math.MG", head="arXiv:2303.00769 (*cross-listing*)", title="Maps", abstract="  Folded.")
REPLACED = (
    f"{MARK}\narXiv:2205.05709\nreplaced with revised version Thu, 2 Mar 2023 15:38:45 GMT   (3066kb,D)\n\n"
    f"Title: Another Shipment\nCategories: astro-ph.EP\n{MARK} ( https://arxiv.org/abs/2205.05709 ,  3066kb)"
)
CROSSES, REPLACEMENTS, END = "%-" * 39, "%%--" * 19 + "%%", "%%%---" * 13
FOOTER = "For subscribe options to combined physics archives,\ne-mail To: physics@arxiv.org, Subject: subscribe"
WHOLE = f"{HEADER}{RULE}\n{NEW}\n{CROSSES}\n{RULE}\n{CROSS}\n{REPLACEMENTS}\n{RULE}\n{REPLACED}\n{END}\n{FOOTER}\n"
TITLES = ["A Trap of Ice", "Maps", "Another Shipment"]


def mailed(text: str, *headers: str) -> str:
    fields = ("From: send mail ONLY to astro-ph <no-reply@arxiv.org>", "Content-Type: text/plain; charset=utf-8")
    return "\n".join([*fields, *headers, "", text])


def titles(text: str | bytes) -> list[str]:
    return [item.record.title for item in found("arxiv-mail", text)]


def digest(text: str) -> DigestRecord:
    [told] = {item.digest for item in found("arxiv-mail", text)}
    return told


def test_new_papers_cross_lists_and_replaced_ones_are_read_in_their_order() -> None:
    assert recognised(WHOLE) == "arxiv-mail"
    assert titles(WHOLE) == TITLES
    assert [item.place for item in found("arxiv-mail", WHOLE)] == [1, 2, 3]


@pytest.mark.parametrize("kept", [NEW, CROSS, REPLACED])
def test_any_section_may_be_absent(kept: str) -> None:
    alone = f"{HEADER}{RULE}\n{kept}\n{END}\n{FOOTER}\n"
    assert recognised(alone) == "arxiv-mail"
    assert len(titles(alone)) == 1


def test_a_mail_without_papers_is_valid_and_empty() -> None:
    assert recognised(HEADER) == "arxiv-mail"
    assert found("arxiv-mail", HEADER) == []


def test_a_replaced_paper_has_no_abstract_and_no_day_of_its_own() -> None:
    *_, replaced = found("arxiv-mail", WHOLE)
    assert (replaced.record.abstract, replaced.record.snippet) == ("", "")
    assert replaced.record.published is None


def test_a_paper_is_published_on_the_day_of_its_first_version() -> None:
    assert found("arxiv-mail", WHOLE)[0].record.published == PartialDate(2023, 3, 1)


def test_indented_lines_continue_a_field() -> None:
    fields = ("  and of Dust", "Authors: Ada Author,", "  Ben Bystander", "Journal-ref: Ices 3", "  (2023) 1")
    read = record("arxiv-mail", joined(block(*fields, abstract="  So.")))
    assert read.title == "A Trap of Ice and of Dust"
    assert read.authors == ("Ada Author", "Ben Bystander")
    assert read.venue == "Ices 3 (2023) 1"


def test_a_title_may_speak_of_authors() -> None:
    read = record("arxiv-mail", joined(block("Authors: Ada Author", title="On Authors: a Duel", abstract="  So.")))
    assert (read.title, read.authors) == ("On Authors: a Duel", ("Ada Author",))


def test_lines_that_lost_their_indentation_continue_it_too() -> None:
    read = record("arxiv-mail", joined(block("and of Dust: a Study", "Authors: Ada Author", abstract="So.")))
    assert (read.title, read.abstract) == ("A Trap of Ice and of Dust: a Study", "So.")


def test_tex_stays_as_found() -> None:
    text = joined(block(r"Authors: Bo\v{z}ena \L{}ukasz", title=r"Ratios $< 1$ \emph{here}", abstract=r"  $\alpha$"))
    read = record("arxiv-mail", text)
    assert (read.title, read.authors, read.abstract) == (
        r"Ratios $< 1$ \emph{here}",
        (r"Bo\v{z}ena \L{}ukasz",),
        r"$\alpha$",
    )


def test_an_abstract_s_lines_are_put_together_and_its_paragraphs_are_not() -> None:
    text = joined(block(abstract="  One line\nand the next.\n  A paragraph\nmore."))
    assert record("arxiv-mail", text).abstract == "One line and the next.\n\nA paragraph more."


def test_an_abstract_that_is_cut_off_is_a_snippet() -> None:
    text = f"{HEADER}{RULE}\n{NEW.rpartition(MARK)[0]}"
    [item] = found("arxiv-mail", text)
    assert (item.record.abstract, item.record.snippet) == ("", "Ice is studied.")


def test_an_abstract_may_hold_ids_and_lines_of_backslashes() -> None:
    abstract = f"  It goes on from\narXiv:2301.00001\nas follows:\n{MARK}\nthus."
    [item] = found("arxiv-mail", joined(block(abstract=abstract)))
    assert item.record.abstract.startswith("It goes on from arXiv:2301.00001 as follows:")
    assert item.record.abstract.endswith("thus.")


def test_categories_are_tags_and_the_doi_identifies() -> None:
    fields = (
        "Categories: cs.AI math.MP cs.AI",
        "Comments: nice",
        "MSC-class: 83C05",
        "Report-no: X",
        "DOI: 10.1000/AB",
    )
    read = record("arxiv-mail", joined(block(*fields, abstract="  So.")))
    assert read.tags == ("cs.AI", "math.MP")
    assert read.identifiers == (Identifier("arxiv", "2303.00768"), Identifier("doi", "10.1000/ab"))
    assert read.note == ""


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("A. Author, B. Bystander, and C. Companion", ("A. Author", "B. Bystander", "C. Companion")),
        ("A. Author (1), B. B (1 and 2) ((1) Here (Up), (2) There)", ("A. Author", "B. B")),
        ("A. Author (1) B. Bystander (2)", ("A. Author", "B. Bystander")),
        ("A. Author (1), B. Bystander (2); (1) - Here, (2) - There", ("A. Author", "B. Bystander")),
        ("A. Author, B. Bystander, et al. (72 additional authors not shown)", ("A. Author", "B. Bystander")),
        ("A. Author, et al., the TEA Collaboration", ("A. Author", "the TEA Collaboration")),
        ("A. Author, B. Bystander, and for the TEA Collaboration", ("A. Author", "B. Bystander", "TEA Collaboration")),
        ("A. Author (Here and There) for the LAMP Collaboration", ("A. Author", "LAMP Collaboration")),
        ("The LAMP Collaboration: A. Author", ("The LAMP Collaboration", "A. Author")),
        ("A. (Ann) Author", ("A. Author",)),
        ("A. Author (", ("A. Author (",)),
    ],
)
def test_authors_are_names_without_what_stands_in_brackets(written: str, authors: tuple[str, ...]) -> None:
    assert record("arxiv-mail", joined(block(f"Authors: {written}", abstract="  So."))).authors == authors


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (WHOLE, DigestRecord("arXiv astro-ph.EP", PartialDate(2023, 3, 3))),
        (f"{PASTED}{RULE}\n{NEW}\n", DigestRecord("arXiv physics", PartialDate(2023, 3, 2))),
        (joined(NEW, REPLACED), DigestRecord("arXiv astro-ph.EP")),
        (joined(NEW, CROSS.replace(" (*cross-listing*)", "")), DigestRecord("arXiv")),
        (
            mailed(WHOLE, "Date: Fri, 3 Mar 2023 01:36:02 GMT", "Subject: cs daily Subj-class mailing"),
            DigestRecord("arXiv astro-ph.EP", PartialDate(2023, 3, 3)),
        ),
        (
            mailed(f"{PASTED}{RULE}\n{NEW}\n", "Date: Fri, 3 Mar 2023 01:36:02 GMT", "Subject: Re: cs daily mailing"),
            DigestRecord("arXiv cs", PartialDate(2023, 3, 3)),
        ),
        (
            mailed(f"{PASTED}{RULE}\n{NEW}\n", "Date: Sun, 2 Jun 2024 10:00:00 GMT", "Subject: Fwd: hep-th daily"),
            DigestRecord("arXiv hep-th", PartialDate(2023, 3, 2)),
        ),
        (
            f"-- Forwarded message --\nDate: Thu, Mar 2, 2023 at 8:36 PM\nSubject: cs daily\n\n{RULE}\n{NEW}\n",
            DigestRecord("arXiv cs", PartialDate(2023, 3, 2)),
        ),
        (
            mailed(f"{PASTED}{RULE}\n{NEW}\n", "Date: Fri, 3 Mar 2023 01:36:02 GMT", "Subject: arXiv daily"),
            DigestRecord("arXiv astro-ph", PartialDate(2023, 3, 3)),
        ),
    ],
)
def test_the_digest_is_named_by_its_subject_else_its_address_else_its_papers(text: str, told: DigestRecord) -> None:
    assert recognised(text) == "arxiv-mail"
    assert digest(text) == told


def test_several_mails_in_a_file_are_several_digests_each_counted_anew() -> None:
    following = WHOLE.replace("Fri,  3 Mar 23", "Mon,  6 Mar 23").replace("astro-ph.EP daily", "gr-qc daily")
    both = found("arxiv-mail", WHOLE + following)
    assert [item.place for item in both] == [1, 2, 3, 1, 2, 3]
    assert [(item.digest.source, str(item.digest.date)) for item in both[2:4]] == [
        ("arXiv astro-ph.EP", "2023-03-03"),
        ("arXiv gr-qc", "2023-03-06"),
    ]


def test_what_somebody_writes_between_two_papers_changes_nothing() -> None:
    text = mailed(f"{PASTED}{RULE}\n{NEW}\n{RULE}\nWorth a look!\n{RULE}\n{CROSS}", "Subject: cs daily")
    first, second = found("arxiv-mail", text)
    assert (first.place, second.place) == (1, 2)
    assert first.digest == second.digest


def test_a_paper_mailed_for_two_categories_stands_there_twice() -> None:
    assert titles(joined(NEW, NEW)) == ["A Trap of Ice", "A Trap of Ice"]


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > ", "| "])
def test_a_forwarded_copy_is_read_as_what_was_sent(mark: str) -> None:
    quoted = "\n".join(f"{mark}{line}".rstrip() for line in WHOLE.split("\n"))
    text = f"FYI\n\n{quoted}"
    assert recognised(text) == "arxiv-mail"
    assert [item.record for item in found("arxiv-mail", text)] == [item.record for item in found("arxiv-mail", WHOLE)]
    assert digest(text) == digest(WHOLE)


def test_a_few_lines_that_begin_like_a_quotation_are_none() -> None:
    assert record("arxiv-mail", joined(block(abstract="  Energies\n> 5 GeV."))).abstract == "Energies > 5 GeV."


def test_what_is_left_of_quoted_printable_is_decoded() -> None:
    long = WHOLE.replace("Ice is studied.", "Ice of $T=5$, by Zoë; " + "and more " * 12)
    raw = quopri.encodestring(long.encode()).decode()
    assert "=3D" in raw
    assert recognised(raw) == "arxiv-mail"
    assert [item.record for item in found("arxiv-mail", raw)] == [item.record for item in found("arxiv-mail", long)]


def test_an_equals_sign_alone_is_no_escape() -> None:
    text = joined(block(title="Ratios of $x=20$ and $y =$", abstract="  $z=3D$ and $a=b$"))
    assert record("arxiv-mail", text).title == "Ratios of $x=20$ and $y =$"


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_an_encoded_mail_is_read_as_any(encoding: str) -> None:
    encode = base64.encodebytes if encoding == "base64" else quopri.encodestring
    headers = ("Subject: gr-qc daily Subj-class mailing", f"Content-Transfer-Encoding: {encoding}")
    text = mailed(encode(PASTED.encode() + f"{RULE}\n{NEW}\n".encode()).decode(), *headers)
    assert titles(text) == TITLES[:1]
    assert digest(text).source == "arXiv gr-qc"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_are_those_of_any_machine(end: str) -> None:
    assert titles(WHOLE.replace("\n", end)) == TITLES


def test_where_rules_are_lost_each_head_begins_a_paper() -> None:
    text = "\n".join(line for line in WHOLE.split("\n") if line.strip("-%"))
    assert titles(text) == TITLES
    assert digest(text) == digest(WHOLE)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (block(head="arXiv:23O3.00768", abstract="  So."), "“23O3.00768” is no arXiv id"),
        (block(head="Somebody's own", abstract="  So."), "no line with an arXiv id at its beginning"),
        (block(title="", abstract="  So."), "no title"),
        (block(title="").replace("\nTitle: ", ""), "no title"),
        (block("Authors: Ada").removesuffix(MARK), r"no line of \\ behind its fields: is it cut off here?"),
        (block(title=r"\emph{}"), "the title is empty"),
    ],
)
def test_what_cannot_be_read_is_told_of_in_its_place(broken: str, reason: str) -> None:
    before, told, after = items("arxiv-mail", joined(NEW, broken, CROSS))
    assert isinstance(told, Unreadable)
    assert (told.text, told.reason, told.place, told.line) == (broken.strip(), reason, 2, joined(NEW).count("\n") + 2)
    assert not isinstance(before, Unreadable)
    assert not isinstance(after, Unreadable)
    assert (after.place, told.digest) == (3, after.digest)


def test_a_block_of_any_length_is_read_in_bounded_memory_or_told_of() -> None:
    [told, after] = items("arxiv-mail", joined(block(abstract="word \n" * 200_000), NEW))
    assert isinstance(told, Unreadable)
    assert told.reason == "longer than 1,000,000 characters"
    assert len(told.text) == 100_000
    assert not isinstance(after, Unreadable)


@pytest.mark.parametrize("char", [*"()-%=>\\", " ", "%-", "> ", "a (1) ", "\n", "=\n", "a=\n", f"{MARK}\n"])
def test_endless_repetition_is_read_at_once(char: str) -> None:
    text = char * (100_000 if "\n" in char else 1_000_000 // len(char))
    began = time.process_time()
    items("arxiv-mail", text + joined(NEW, block(f"Authors: {text[:200_000]}"), text))
    assert time.process_time() - began < 5


@pytest.mark.parametrize("start", ["Paper", "Paper:", "arXiv", "arXiv:", "Paper: arXiv:", "arXiv:x", f"{MARK} (", "1."])
def test_a_line_of_spaces_is_read_at_once(start: str) -> None:
    began = time.process_time()
    items("arxiv-mail", joined(NEW, f"{MARK}\n{start}{' ' * 500_000}and more\n{MARK}"))
    assert time.process_time() - began < 5


def test_a_file_that_is_no_mail_of_arxiv_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no mail of arXiv"):
        items("arxiv-mail", "Dear all,\n\nnothing to read today.\n")
