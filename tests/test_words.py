"""Words as they are compared: what is folded, what divides, and what is of one stem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.words import folded, stem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Naïve BAYES", "naive bayes"),
        ("tu\N{COMBINING DIAERESIS}lu", "tulu"),
        ("Łukasz Søren Ærø Đà Þór ılık", "lukasz soren aero da thor ilik"),
        ("Straße STRASSE", "strasse strasse"),
        ("ΑΘΉΝΑ λόγος", "αθηνα λογοσ"),
        ("ёлка", "елка"),
        ("eﬃcient ﬁeld x² H₂O ½", "efficient field x2 h2o 1 2"),
        ("low-rank k1.5 I&S-ViT snake_case don't", "low rank k1 5 i s vit snake case don t"),
        ("graph—tree 🤗Transformers „so“", "graph tree transformers so"),
        ("注意力，机制", "注意力 机制"),
        ("がん 한국어", "がん 한국어"),
        ("?! —", ""),
    ],
)
def test_a_text_is_folded(text: str, words: str) -> None:
    assert folded(text) == words


@pytest.mark.parametrize(
    "words",
    [
        ("Relations", "relation", "relational"),
        ("topology", "topological", "topologies"),
        ("assembly", "assemble", "assembled"),
        ("Études", "etude"),
    ],
)
def test_words_of_one_stem(words: tuple[str, ...]) -> None:
    assert len(set(map(stem, words))) == 1


@pytest.mark.parametrize(("one", "other"), [("gs", "g"), ("ay", "ai"), ("doubly", "double"), ("model", "modal")])
def test_words_of_two_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(text=st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
