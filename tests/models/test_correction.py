"""What may have been meant, where a question finds nothing."""

from urllib.parse import unquote_plus

import pytest
from django.contrib.auth.models import AnonymousUser

from papers.models import Paper, Word
from papers.models.correction import corrected
from papers.query import PaperQuery
from tests import upkeep, world

pytestmark = pytest.mark.django_db

TITLES = ["Attention Is All You Need", "Diffusion Models on Graphs", "Graphs of Attention", "A Diffuse Gan", "Gans"]


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.ingest_lines(
        world.line(n, title=title, abstract="We transform.", authors=["Ashish Vaswani"], tags=["maps"])
        for n, title in enumerate(TITLES, 1)
    )


def meant(address: str) -> tuple[str, int] | None:
    correction = corrected(PaperQuery.from_text(address), Paper.objects.all(), AnonymousUser())
    return (unquote_plus(correction.query.urlencode()), correction.count) if correction else None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("atention", "attention"),
        ("atttention", "attention"),
        ("attemtion", "attention"),
        ("attnetion", "attention"),
        ("attenshon", "attention"),
        ("atention grpahs", "attention graphs"),
        ("Atention is all", "attention is all"),
        ("difusion-models", "diffusion-models"),
        ("grahps or zebras", "graphs or zebras"),
        ("vasvani attention", "vaswani attention"),
    ],
)
def test_a_misspelled_word_is_suggested_as_the_library_has_it(typed: str, said: str) -> None:
    found = meant(f"q={typed}")
    assert found
    assert found[0] == f"q={said}"


def test_everything_else_of_the_question_stays() -> None:
    found = meant("q=title:%22atention is%22 -survey (grpahs or need) tag:maps&tag=maps&year=2025&sort=oldest")
    assert found == (
        'q=title:"attention is" -survey (graphs or need) tag:maps&tag=maps&year=2025&sort=oldest',
        1,
    )


def test_an_author_is_sought_among_authors_only() -> None:
    assert meant("q=author:vaswni") == ("q=author:vaswani", 5)
    assert meant("q=author:atention") is None


@pytest.mark.parametrize(
    "typed",
    [
        "quantum",  # nothing is near
        "gna",  # too short to tell
        "attention diffusion",  # all words are known
        "transforming zebra",  # one is found, if not in titles
        "-atention",
        "atentio*",
        "atention quantum",  # would still find nothing
        "12345",
        "is:unread",
        "“”",
    ],
)
def test_nothing_is_suggested_where_there_is_nothing_to_suggest(typed: str) -> None:
    assert meant(f"q={typed}") is None


def test_of_two_words_as_near_the_more_used_is_meant() -> None:
    Word.objects.grow({"graphz": 7})
    world.ingest_lines([world.line(9, title="Graphz")])
    assert meant("q=graphx") == ("q=graphz", 1)


def test_it_takes_so_many_queries_at_most() -> None:
    words = " ".join(f"atentio{letter}" for letter in "abcdefghij")
    assert upkeep.queries(lambda: meant(f"q={words}")) <= 1 + 3 * 5 + 1
