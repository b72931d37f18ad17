"""XML cut into its records: whatever stands around one, it is read alone, and nothing outside it is carried out."""

import io
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import pytest

from papers.formats.document import Document
from papers.formats.parts.markup import text_of
from papers.formats.parts.xml_records import (
    LONGEST_RECORD,
    XmlRecord,
    child,
    children,
    header,
    local_name,
    name,
    records,
    root,
    text_at,
)
from papers.formats.record import Unreadable


def document(content: str | bytes) -> Document:
    encoded = content.encode() if isinstance(content, str) else content
    return Document("records.xml", lambda: io.BytesIO(encoded))


def found(content: str | bytes, *names: str) -> Sequence[XmlRecord | Unreadable]:
    return list(records(document(content), *(names or ("item",))))


def only(content: str | bytes) -> XmlRecord:
    [record] = found(content)
    assert isinstance(record, XmlRecord)
    return record


def test_each_record_comes_with_its_text_and_the_line_it_begins_on() -> None:
    content = "<all>\n<item>\n<t>One</t></item><item a='b'><t>Two</t></item>\n\n<x:item><t>Three</t></x:item></all>"
    one, two, three = found(content)
    assert isinstance(one, XmlRecord)
    assert one.text == "<item>\n<t>One</t></item>"
    assert [each.line for each in (one, two, three)] == [2, 3, 5]


def test_names_that_only_begin_alike_are_others() -> None:
    assert not found("<items><itemised>x</itemised></items>")


def test_a_record_that_is_closed_at_once_holds_nothing() -> None:
    assert not found("<all><item/><item about='x' /></all>")


def test_without_an_end_a_record_is_told_of_and_the_next_is_read() -> None:
    broken, sound = found("<item><t>Broken</t>\n<item><t>Sound</t></item>")
    assert isinstance(broken, Unreadable)
    assert (broken.text, broken.reason) == ("<item><t>Broken</t>", "the record has no end")
    assert isinstance(sound, XmlRecord)


def test_a_file_that_is_cut_off_says_so() -> None:
    [cut] = found("<all><item><t>Half a tit")
    assert isinstance(cut, Unreadable)
    assert cut.reason == "the file ends within the record"


def test_a_file_of_one_line_is_read_a_record_at_a_time() -> None:
    content = "<all>" + "<item><t>word</t></item>" * 200_000 + "</all>"
    assert sum(isinstance(each, XmlRecord) for each in records(document(content), "item")) == 200_000


def test_a_tag_may_fall_between_two_pieces_of_the_file() -> None:
    for shift in range(9):
        content = "x" * (65_536 - 4 - shift) + "<item><t>One</t></item>"
        assert text_at(only(content).element, "t") == "One"


def test_a_record_that_never_ends_is_given_up() -> None:
    first, *_ = found("<item>" + "x" * (LONGEST_RECORD + 100_000) + "</item>")
    assert isinstance(first, Unreadable)
    assert first.reason == f"a record of more than {LONGEST_RECORD:,} characters"


@pytest.mark.parametrize("piece", ["<item>", "<item", "</item>", "<", "&", "<!--", "<![CDATA[", "<!DOCTYPE ", "<?"])
def test_a_million_characters_of_the_same_take_no_longer_than_they_are_long(piece: str) -> None:
    def seconds(length: int) -> float:
        start = monotonic()
        content = document("<item><t>" + piece * (length // len(piece)))
        root(content), header(content, "item"), list(records(content, "item"))
        return monotonic() - start

    assert seconds(800_000) < 12 * seconds(200_000) + 1


BOMB = """<?xml version="1.0"?>
<!DOCTYPE all [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY secret SYSTEM "file:///etc/hostname">]>
<all><title>&b;</title><item><t>&b;&secret;</t></item></all>"""


def test_entities_of_a_file_s_own_stay_as_they_are_written() -> None:
    assert text_at(only(BOMB).element, "t") == "&b;&secret;"
    assert text_at(header(document(BOMB), "item"), "title") == "&b;"


def test_no_other_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    declared = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{(tmp_path / "secret.txt").as_uri()}"><!ENTITY % b "&a;"> %b;]>'
    inside = only(f"<item>{declared}<t>&a;</t></item>")
    before = only(f"{declared}<all><item><t>&a;</t></item></all>")
    assert "secret" not in "".join(before.element.itertext())
    assert "the secret" not in "".join(inside.element.itertext())


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Caf&eacute;&nbsp;noir", "Café\N{NO-BREAK SPACE}noir"),
        ("T&amp;L, &#233; &#xe9; &lt;", "T&L, é é <"),
        ("Q&A & more; AT&T;", "Q&A & more; AT&T;"),
        ("for p < 0.05, q <0.1", "for p < 0.05, q <0.1"),
        ("<![CDATA[Q&A &amp; <b>p < 1</b>]]>", "Q&A &amp; <b>p < 1</b>"),
        ("a\x0bb\x1fc", "abc"),
        ("<!-- no --> yes", "yes"),
        ("<?php no ?>yes", "yes"),
    ],
)
def test_what_xml_does_not_allow_is_read_as_it_was_meant(written: str, said: str) -> None:
    assert text_at(only(f"<item><t>{written}</t></item>").element, "t") == said


def test_a_prefix_may_be_declared_nowhere() -> None:
    record = only("<item><dc:title>One</dc:title><title>Two</title><xlink:x xlink:y='z'/></item>")
    assert [text_at(record.element, each) for each in ("dc:title", "title")] == ["One", "Two"]


def test_a_prefix_that_a_program_made_up_stands_for_any() -> None:
    record = only("<ns0:item xmlns:ns0='a' xmlns:ns1='b'><ns0:title>One</ns0:title><ns1:doi>10.1</ns1:doi></ns0:item>")
    assert [text_at(record.element, each) for each in ("title", "arxiv:doi", "dc:creator")] == ["One", "10.1", ""]


def test_names_are_as_they_are_written() -> None:
    [element] = only("<item><dc:title xmlns:dc='x'>One</dc:title></item>").element
    assert (name(element), local_name(element)) == ("dc:title", "title")


def test_the_way_to_an_element_that_is_not_there_ends_in_nothing() -> None:
    assert child(None, "a", "b") is None
    assert children(None, "a") == []
    assert text_at(None, "a") == ""


@pytest.mark.parametrize(
    ("content", "outermost"),
    [
        ("<feed xmlns='x'>", "feed"),
        ("\ufeff\n<?xml version='1.0'?>\n<!-- made by <hand> -->\n<rdf:RDF>", "RDF"),
        ("<?xml version='1.0'?><?xml-stylesheet href='x'?><!DOCTYPE rss SYSTEM 'rss.dtd'><rss>", "rss"),
        ("<!DOCTYPE all [\n<!ENTITY a '<b>'>\n]>\n<all>", "all"),
        ("This XML file does not appear to have any style information associated with it.\n<rss>", "rss"),
        ("Prose about <rss>", ""),
        ("# Heading\n\n<feed>", ""),
        ("<!-- never closed <rss>", ""),
    ],
)
def test_the_outermost_element_is_known_behind_what_may_stand_before_it(content: str, outermost: str) -> None:
    assert root(document(content)) == outermost


def test_the_header_is_what_stands_before_the_first_record() -> None:
    outermost = header(
        document("<rss><channel><title>News</title><item><title>One</title></item></channel></rss>"), "item"
    )
    assert text_at(outermost, "channel", "title") == "News"
    assert child(outermost, "channel", "item") is None


def test_a_record_alone_has_no_header() -> None:
    assert header(document("<item><t>One</t></item>"), "item") is None


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-8", "cp1252"),
        ("ISO-8859-1", "utf-8"),
        ("ISO-8859-2", "iso-8859-2"),
        ("nonsense", "utf-8"),
    ],
)
def test_an_encoding_is_believed_where_it_can_be_true(declared: str, actual: str) -> None:
    content = f"<?xml version='1.0' encoding='{declared}'?>\n<all><item><t>Café Müller</t></item></all>".encode(actual)
    assert text_at(only(content).element, "t") == "Café Müller"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_a_declaration_that_the_bytes_contradict_does_not_matter(encoding: str) -> None:
    content = "<?xml version='1.0' encoding='utf-8'?>\n<all><item><t>Café</t></item></all>".encode(encoding)
    assert text_at(only(content).element, "t") == "Café"


@pytest.mark.parametrize("depth", [200, 5_000])
def test_elements_within_one_another_have_an_end(depth: int) -> None:
    record = only("<item>" + "<b>" * depth + "x" + "</b>" * depth + "<t>One</t></item>")
    assert len(text_of(record.element)) < 10 * depth
