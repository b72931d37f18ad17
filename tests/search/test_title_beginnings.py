"""Beginnings of the words of titles are looked for by the vocabulary, and find what the index would."""

import pytest

from papers.language import Place, Words
from papers.models import Paper, answer
from tests import world

pytestmark = pytest.mark.django_db

ENDLESS = "注意力机制" * 10


@pytest.fixture(autouse=True)
def library() -> None:
    titles = ["Studies of Graphs", "A Study", "Studying", "Possible Worlds", "Possibly", "On 2024", "T", ENDLESS]
    world.ingest_lines([world.line(n, title=title, abstract="studio") for n, title in enumerate(titles)])


@pytest.mark.parametrize(
    "beginning", ["study", "studied", "stud", "possib", "possible", "20", "2024", "t", "graphs of", "x"]
)
@pytest.mark.parametrize("most", [0, 500])
def test_few_words_and_many_find_the_same(beginning: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = _found(beginning)
    monkeypatch.setattr(answer, "_MOST_WORDS", most)
    assert _found(beginning) == found


def test_a_title_without_a_space_is_found_however_long() -> None:
    assert _found("注意力机制") == {ENDLESS}


def test_words_of_abstracts_are_no_words_of_titles() -> None:
    assert _found("stud") == {"Studies of Graphs", "A Study", "Studying"}


def _found(beginning: str) -> set[str]:
    return {paper.title for paper in Paper.objects.answering(Words(beginning, Place.TITLE, is_prefix=True))}
