"""Identifiers in every spelling in which digests carry them, and the keys by which titles and names meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.ids import Identifier, arxiv_id, arxiv_month, fold, identifiers, is_generic, key_hash, slug, title_key


def named(text: str) -> list[str]:
    return [str(identifier) for identifier, _ in identifiers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "2503.01234",
        "arXiv:2503.01234",
        "arxiv: 2503.01234",
        "arXiv.2503.01234",
        "arXiv:2503.01234 [cs.CL]",
        "oai:arXiv.org:2503.01234",
        "arxiv.org/abs/2503.01234",
        "https://arxiv.org/abs/2503.01234",
        "https://arxiv.org/abs/arXiv:2503.01234",
        "HTTP://WWW.ARXIV.ORG/ABS/2503.01234",
        "https://export.arxiv.org/abs/2503.01234?context=cs",
        "https://arxiv.org/pdf/2503.01234",
        "https://arxiv.org/pdf/2503.01234.pdf#page=3",
        "https://arxiv.org/html/2503.01234",
        "https://huggingface.co/papers/2503.01234",
        "https://hf.co/papers/2503.01234/",
        "https://www.alphaxiv.org/abs/2503.01234",
        "https://ar5iv.labs.arxiv.org/html/2503.01234",
        "10.48550/arXiv.2503.01234",
        "https://doi.org/10.48550/ARXIV.2503.01234",
        "(https://arxiv.org/abs/2503.01234).",
        "<arXiv:2503.01234>,",
        "\N{NO-BREAK SPACE}2503.01234\n",
    ],
)
def test_an_arxiv_id_is_known_in_every_spelling(text: str) -> None:
    assert named(text) == ["arxiv:2503.01234"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hep-th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/HEP-TH/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/quant-ph%2F9901001", "quant-ph/9901001"),
        ("10.48550/arxiv.hep-th/9901001", "hep-th/9901001"),
        ("math.AG/0601001", "math/0601001"),
        ("math/0601001", "math/0601001"),
        ("math-ph/0703001", "math-ph/0703001"),
        ("arXiv:cond-mat.stat-mech/0001001 [cond-mat]", "cond-mat/0001001"),
        ("0704.0001", "0704.0001"),
    ],
)
def test_an_old_arxiv_id_is_known_with_and_without_its_subject(text: str, value: str) -> None:
    assert named(text) == [f"arxiv:{value}"]


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("2503.01234", None),
        ("2503.01234v0", None),
        ("2503.01234v2", 2),
        ("https://arxiv.org/pdf/2503.01234v12.pdf", 12),
        ("hep-th/9901001v3", 3),
        ("10.48550/arXiv.2503.01234v4", 4),
    ],
)
def test_a_version_is_told_beside_the_id_and_is_no_part_of_it(text: str, version: int | None) -> None:
    [(identifier, told)] = identifiers(text)
    assert "v" not in identifier.value
    assert told == version


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a title",
        "3.14159",
        "1713.12345",  # there is no thirteenth month
        "2500.12345",
        "9901.00123",  # nor were there such ids in 1999
        "0703.0001",
        "hep-th/0801001",
        "hep-th/9913001",
        "paper/0001234",  # not every name with seven digits is an archive of arXiv
        "2503.01234567",
        "1501.0044699999999",
        "٢٥٠٣.01234",
        "https://github.com/lab/2503.01234",
        "https://notarxiv.org/abs/2503.01234",
        "https://arxiv.org.example.net/abs/2503.01234",
        "https://arxiv.org/list/cs.CL/2503",
        "https://huggingface.co/papers/date/2025-03-11",
        "1110.1000/xyz",
        "10.1000/",
        "10.1000/...",
        "https://openreview.net/group?id=",
        "https://aclanthology.org/venues/acl/",
        "https://pubmed.ncbi.nlm.nih.gov/?term=vision",
        "10.1000/" + "x" * 1000,
    ],
)
def test_what_only_looks_like_an_identifier_names_nothing(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "10.1000/xyz.12",
        "doi:10.1000/XYZ.12",
        "DOI: 10.1000/xyz.12.",
        "https://doi.org/10.1000/xyz.12",
        "http://dx.doi.org/10.1000%2Fxyz.12",
        "https://doi-org.proxy.example.edu/10.1000/xyz.12?via=library",
        "https://login.example.edu/?url=https://doi.org/10.1000/xyz.12&again=1",
        "https://publisher.example/doi/abs/10.1000/xyz.12#section",
        "https://publisher.example/doi/10.1000/xyz.12/full",
        "https://publisher.example/content/10.1000/xyz.12v3.full.pdf",
        "(10.1000/xyz.12)",
        "[10.1000/xyz.12],",
        "<https://doi.org/10.1000/xyz.12>",
        '<a href="https://doi.org/10.1000/xyz.12">here</a>',
        "“10.1000/xyz.12”。",
        "10.1000/xyz.12).",
        "10.1000/xyz.12\N{ZERO WIDTH SPACE}",
        "10.1000/xyz.12\N{NO-BREAK SPACE}(2025)",
    ],
)
def test_a_doi_is_known_in_any_case_behind_any_resolver_and_without_what_is_glued_to_it(text: str) -> None:
    assert named(text) == ["doi:10.1000/xyz.12"]


@pytest.mark.parametrize(
    "value",
    [
        "10.1016/s0140-6736(20)30183-5",
        "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
        "10.1002/(sici)1521-3773(19990503)38:9<1233::aid-anie1233>3.0.co;2-#",
        "10.1000/a_b-c+d",
        "10.1000/中文",
    ],
)
def test_brackets_and_signs_that_belong_to_a_doi_stay(value: str) -> None:
    assert named(f"({value}).") == [f"doi:{value}"]


def test_two_papers_of_one_issue_with_old_style_dois_are_two() -> None:
    issue = "10.1002/(SICI)1097-0258(19980815/30)17:15/16"
    assert named(f"{issue}<1661::AID-SIM968>3.0.CO;2-2") != named(f"{issue}<1719::AID-SIM884>3.0.CO;2-K")


def test_an_escaped_doi_is_the_same_as_a_plain_one() -> None:
    plain = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"
    escaped = "10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2"
    assert named(plain) == named(escaped) == named(f"https://doi.org/{escaped}")


@pytest.mark.parametrize(
    "text",
    [
        "10.1000/a;10.1000/b",
        "10.1000/a, 10.1000/b",
        "doi:10.1000/a | doi:10.1000/b",
        "10.1000/a https://doi.org/10.1000/b",
    ],
)
def test_several_dois_in_one_field_are_several(text: str) -> None:
    assert named(text) == ["doi:10.1000/a", "doi:10.1000/b"]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("https://openreview.net/forum?id=rJ4km2R5t7", "openreview:rJ4km2R5t7"),
        ("https://openreview.net/pdf?id=a-B_9", "openreview:a-B_9"),
        ("https://openreview.net/forum?noteId=zz&id=a-B_9#discussion", "openreview:a-B_9"),
        ("https://aclanthology.org/2020.acl-main.1/", "acl:2020.acl-main.1"),
        ("https://aclanthology.org/2020.acl-main.1.pdf", "acl:2020.acl-main.1"),
        ("https://www.aclweb.org/anthology/P19-1001", "acl:P19-1001"),
        ("https://aclanthology.org/P19-1001.bib", "acl:P19-1001"),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "pmid:12345678"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/12345678", "pmid:12345678"),
        ("PMID: 12345678", "pmid:12345678"),
    ],
)
def test_openreview_the_acl_anthology_and_pubmed_are_known_by_their_addresses(text: str, identifier: str) -> None:
    assert named(text) == [identifier]


@given(st.text() | st.from_regex(r"(https?://)?[a-z.]{0,9}/?10\.[0-9]{4}/[ -~\u200b中İ]{1,20}", fullmatch=True))
def test_naming_twice_changes_nothing(text: str) -> None:
    for identifier, _ in identifiers(text):
        if identifier.scheme in ("arxiv", "doi"):
            assert list(identifiers(identifier.value)) == [(identifier, None)]


@given(st.from_regex(r"\d{2}(0[1-9]|1[0-2])\.\d{4,5}", fullmatch=True))
def test_the_month_of_an_arxiv_id_is_in_its_digits(text: str) -> None:
    if found := arxiv_id(text):
        assert arxiv_month(found.value) == (2000 + int(text[:2]), int(text[2:4]))


def test_the_month_of_an_old_arxiv_id_may_be_in_the_last_century() -> None:
    assert arxiv_month("astro-ph/9204001") == (1992, 4)
    assert arxiv_month("math/0601001") == (2006, 1)


def test_an_identifier_says_its_scheme() -> None:
    assert str(Identifier("doi", "10.1000/xyz")) == "doi:10.1000/xyz"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TÜLU", "tulu"),
        ("Ærø and Œuvre", "aero and oeuvre"),
        ("ÆRØ AND ŒUVRE", "ærø and œuvre"),
        ("Łukasz Đorđe", "lukasz dorde"),
        ("straße", "STRASSE"),
        ("ﬁne-tuning", "Fine tuning"),
        ("𝐁𝐨𝐥𝐝 Title²", "bold title2"),
        ("İstanbul", "istanbul"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("A\N{ZERO WIDTH SPACE} b—c: d", "a b c d"),
    ],
)
def test_spelling_does_not_matter_once_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert title_key(one) == title_key(other)


def test_folding_keeps_letters_of_every_script() -> None:
    assert fold("深度学习 Обучение") == "深度学习обучение"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("title", ["Editorial", "In this issue", "Qwen", "Erratum", "???"])
def test_a_short_or_common_title_tells_no_works_apart(title: str) -> None:
    assert is_generic(title_key(title))


def test_a_real_title_tells_works_apart() -> None:
    assert not is_generic(title_key("Attention Is All You Need"))


@given(st.text())
def test_the_hash_of_a_key_fits_a_column_of_64_bits(key: str) -> None:
    assert -(2**63) <= key_hash(key) < 2**63


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("cs.CV", "cs.cv"),
        ("C++", "c++"),
        ("F#", "f#"),
        ("language models", "language-models"),
        ("R & D", "r-d"),
        ("vision / language", "vision-language"),
        ("snake_case", "snake-case"),
        ("École normale", "école-normale"),
        ("深度学习", "深度学习"),
        (".hidden.", "hidden"),
        ("…", ""),
    ],
)
def test_a_name_becomes_what_an_address_can_carry(name: str, address: str) -> None:
    assert slug(name) == address


@given(st.text())
def test_the_slug_of_a_slug_is_itself(name: str) -> None:
    assert slug(slug(name)) == slug(name)


def test_a_slug_is_never_longer_than_its_column() -> None:
    assert len(slug("long " * 1000)) <= 200
