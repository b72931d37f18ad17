"""Questions in the language of the search box, and the papers that answer them, whatever the database."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from papers.language import SPELLINGS, Place
from papers.models import Entry, Paper, ReaderState, User
from papers.query import PaperQuery
from tests import world
from tests.examples import examples

pytestmark = pytest.mark.django_db

#: Papers by a letter: title, abstract, authors, tags, date, source.
LIBRARY = {
    "a": ("Diffusion Models Beat GANs", "Image synthesis by diffusion.", "Ada Lovelace", "vision", "2021-05", "Daily"),
    "b": (
        "Video Diffusion",
        "Moving pictures from noise.",
        "Ben Kay, Ada Lovelace",
        "vision video",
        "2022-04",
        "Daily",
    ),
    "c": ("A Survey of Diffusion", "We survey diffusion.", "Cy Young", "survey", "2023-01-10", "Weekly"),
    "d": ("Attention Is All You Need", "The transformer.", "Ashish Vaswani", "attention", "2017-06-12", "Foundations"),
    "e": ("Audio Language Models", "Language modelling of sound.", "Ada Young", "audio", "2022-09", "Daily"),
    "f": ("TÜLU 3", "Open post-training of language models.", "Nathan Lambert", "language-models", "2024-11", "Daily"),
    "g": (
        "bert2BERT",
        "Reusing pretrained models: I&S-ViT and k1.5.",
        "Ben Kay",
        "language-models",
        "2021-10",
        "Weekly",
    ),
    "h": (
        "Low-Rank Adaptation",
        "Adapting a large model by low rank.",
        "Edward Hu",
        "language-models",
        "2021-06",
        "Daily",
    ),
    "i": ("Ranking Low", "How to rank what is low.", "Ada Lovelace Jr", "theory", "2020", "Foundations"),
    "j": ("Editorial", "", "", "", "2020-02-03", "Weekly"),
}
IDS = {"d": "1706.03762", "f": "2411.15124", "h": "2106.09685"}


def library_of_letters() -> None:
    for letter, (title, abstract, authors, tags, published, source) in LIBRARY.items():
        values: dict[str, Any] = {
            "abstract": abstract,
            "authors": authors,
            "tags": tags.split(),
            "published": published,
        }
        values |= {"arxiv_id": IDS.get(letter), "doi": f"10.1000/{letter}", "source": source}
        day = f"{published}-15"[:10] if len(published) > 4 else f"{published}-06-15"
        assert world.ingest_lines([{"title": title, "digest_date": day, **values}]).created == 1


@pytest.fixture
def library() -> None:
    library_of_letters()


def found(text: str, reader: User | None = None) -> str:
    """The letters of the papers that are found, in the order of the alphabet."""
    papers = PaperQuery.from_params({"q": [text]}).ask(Paper.objects.all(), reader)
    letters = {title: letter for letter, (title, *_) in LIBRARY.items()}
    titles = list(papers.values_list("title", flat=True))
    assert len(titles) == len(set(titles))
    return "".join(sorted(letters[title] for title in titles))


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("diffusion", "abc"),
        ("DIFFUSIONS", "abc"),
        ("diffus*", "abc"),
        ("diffusion model", "a"),
        ("models", "aefgh"),
        ("tulu", "f"),
        ("TÜLU", "f"),
        ("bert2BERT", "g"),
        ("I&S-ViT", "g"),
        ("k1.5", "g"),
        ("low rank", "hi"),
        ('"low rank"', "h"),
        ("low-rank", "h"),
        ('"rank low"', "i"),
        ("diffusion -survey", "ab"),
        ("diffusion NOT survey", "ab"),
        ("-diffusion", "defghij"),
        ("-(diffusion or models)", "dij"),
        ("video or audio", "be"),
        ("language video or audio", "e"),
        ("(language audio) or (diffusion video)", "be"),
        ("(diffusion or attention) -survey -gans", "bd"),
        ("title:diffusion", "abc"),
        ("abstract:diffusion", "ac"),
        ("title:diffusion -abstract:diffusion", "b"),
        ("author:lovelace", "abi"),
        ('author:"ada lovelace"', "abi"),
        ("author:(ada -lovelace)", "e"),
        ("title:(video or audio)", "be"),
        ("tag:vision", "ab"),
        ("tag:vision tag:video", "b"),
        ("tag:vision -tag:video", "a"),
        ("tag:(video or audio)", "be"),
        ("tag:unheard-of", ""),
        ("-tag:unheard-of", "abcdefghij"),
        ("video or tag:survey", "bc"),
        ("in:weekly", "cgj"),
        ("in:daily -diffusion", "efh"),
        ("in:2022-04", "b"),
        ("in:found", "di"),
        ("id:1706.03762", "d"),
        ("arXiv:1706.03762v5", "d"),
        ("https://doi.org/10.1000/C", "c"),
        ("doi:10.1000/c or id:2411.15124", "cf"),
        ("-doi:10.1000/c diffusion", "ab"),
        ("1706.99999", ""),
        ("year:2021", "agh"),
        ("since:2022 until:2023", "bce"),
        ("since:2022-09", "cef"),
        ("until:2020", "dij"),
        ("year:2021 or attention", "adgh"),
        ("editorial", "j"),
        ("is:unread", ""),
        ("year:soon diffusion", "abc"),
        ("the unfindable", ""),
    ],
)
def test_a_question_finds(text: str, letters: str, library: None) -> None:
    assert found(text) == letters


def test_a_question_about_one_s_own_marks(alice: User, library: None) -> None:
    marked: dict[str, dict[str, Any]] = {"a": {"status": "read"}, "b": {"starred": True}, "c": {"dismissed": True}}
    for letter, marks in marked.items():
        paper = Paper.objects.get(title=LIBRARY[letter][0])
        ReaderState.objects.create(reader=alice, paper=paper, **marks)
    assert found("is:read", alice) == "a"
    assert found("diffusion is:unread", alice) == "b"
    assert found("is:starred or is:dismissed", alice) == "bc"
    assert found("diffusion is:starred", alice) == "b"
    assert found("diffusion (is:starred or is:read)", alice) == "ab"
    assert found("diffusion -(is:starred or is:read)", alice) == "c"
    assert found("diffusion is:starred (is:unread or is:read)", alice) == "b"
    assert found("diffusion -is:read", alice) == "bc"
    assert found("is:unread -diffusion", alice) == "defghij"
    assert found("is:read or video", alice) == "ab"


TERMS = st.sampled_from(
    [
        *(
            "diffusion",
            "diffus*",
            '"low rank"',
            "low-rank",
            "model",
            "tulu",
            "title:video",
            "author:ada",
            "abstract:model",
        ),
        *("tag:vision", "in:daily", "year:2021", "since:2022", "doi:10.1000/c", "unheard", "½", "?"),
    ]
)
QUESTIONS = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        inner.map("-({})".format),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' or '.join(parts)})"),
    ),
    max_leaves=6,
)


@examples(60)
@given(one=QUESTIONS, other=QUESTIONS)
def test_not_and_or_mean_what_they_say(one: str, other: str) -> None:
    if not Entry.objects.exists():
        library_of_letters()
    everything = set(LIBRARY)
    ones, others = set(found(one)), set(found(other))
    if PaperQuery(text=one).node and PaperQuery(text=other).node:
        assert set(found(f"({one}) ({other})")) == ones & others
        assert set(found(f"({one}) or ({other})")) == ones | others
        assert set(found(f"-({one})")) == everything - ones


VALUES = ["2500", "1000", "2025-w11", "2025-w54", "0", "9" * 30, "½", "unread", "10.1/x", '"a b"', "(a or b)", "*", ""]
ANYTHING = st.lists(
    st.one_of(
        st.builds("{}:{}".format, st.sampled_from([*SPELLINGS, *Place]), st.sampled_from(VALUES)),
        st.sampled_from(["low", "or", "-", "(", ")", "½*", "🙂*", '"', "NOT", "|"]),
    ),
    max_size=8,
).map(" ".join)


@examples(60)
@given(text=ANYTHING)
def test_whatever_is_typed_can_be_asked(text: str) -> None:
    found(text, User.objects.first() or world.member("alice"))


def test_any_number_of_tags_can_be_asked(library: None) -> None:
    tags = [f"t{n}" for n in range(70)]
    assert not PaperQuery.from_params({"tag": tags}).ask(Paper.objects.all()).exists()
    assert not PaperQuery.from_params({"q": [" ".join(f"tag:{tag}" for tag in tags)]}).ask(Paper.objects.all()).exists()


def test_a_time_s_digests_are_looked_up_once(library: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert found("in:2022-04 diffusion -is:read") == "b"
    assert sum(query["sql"].startswith('SELECT "papers_digest"') for query in captured) == 1
