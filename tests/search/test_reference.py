"""A thousand questions, generated: each engine finds what the reference finds, and so both find the same."""

from collections.abc import Iterator, Mapping
from random import Random
from unicodedata import category

import pytest
from django.db import connection

from papers.language import AllOf, AnyOf, Node, Not, Words
from papers.models import Paper, User
from papers.words import folded

from .generated import LONG, library, questions

pytestmark = pytest.mark.django_db

PAPERS, QUESTIONS = 300, 1_000

#: The words that an engine takes for others than the reference does, and why.
DIFFERENCES: Mapping[str, Mapping[str, str]] = {
    "sqlite": dict.fromkeys(("grok", "grokking"), "FTS5 makes one of any two consonants before -ing and -ed"),
    "postgresql": {
        "1e12xq": "PostgreSQL's parser sees a number in it, and a word behind",
        **dict.fromkeys((LONG, f"{LONG}es"), "PostgreSQL stems words of more than 64 letters"),
    },
}


def _words_of(node: Node | None) -> Iterator[str]:
    match node:
        case Words(text):
            yield from folded(text).split()
        case Not(inner):
            yield from _words_of(inner)
        case AllOf(nodes) | AnyOf(nodes):
            for each in nodes:
                yield from _words_of(each)


ALPHABETS = [(0x21, 0xC00), (0x1E00, 0x2C00), (0x3041, 0x3130), (0x4E00, 0x4F00), (0xAC00, 0xAD00), (0x1F300, 0x1F650)]
#: Numerals such as ⓫, and what is not assigned in every version of Unicode.
UNSURE = {"No", "Nl", "Cn"}


def test_letters_are_folded_alike() -> None:
    letters = [chr(code) for alphabet in ALPHABETS for code in range(*alphabet)]
    text = "\n".join(f"q{letter}z" for letter in letters if category(letter) not in UNSURE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT papers_folded(%s)", [text])
        assert folded(cursor.fetchone()[0]).split() == folded(text).split()


def test_a_thousand_questions_find_what_the_reference_finds(alice: User) -> None:
    rng = Random(5061)
    papers = library(rng, PAPERS, alice)
    listed = DIFFERENCES[connection.vendor]
    differ: list[str] = []
    unexplained: list[str] = []
    found_any = 0
    for query in questions(rng, QUESTIONS, list(papers.values())):
        found = set(query.ask(Paper.objects.all(), alice).values_list("pk", flat=True))
        expected = {pk for pk, paper in papers.items() if paper.answers(query.node)}
        found_any += 0 < len(found) < PAPERS
        if found != expected:
            said = f"{query.params}: {len(found - expected)} too many, {len(expected - found)} missing"
            (differ if listed.keys() & set(_words_of(query.node)) else unexplained).append(said)
    figure = f"{QUESTIONS - len(differ) - len(unexplained)} of {QUESTIONS} questions find the same papers"
    assert not unexplained, "\n".join((figure, *unexplained))
    assert len(differ) <= QUESTIONS / 100, "\n".join((figure, *differ))
    assert found_any > QUESTIONS / 2, "the questions should tell papers apart"
