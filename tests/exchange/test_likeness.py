"""Whether two papers are likely one: what is found, and what is only alike."""

import pytest

from papers.exchange.likeness import Likeness, likeness
from papers.exchange.recognise import name_words
from papers.exchange.titles_alike import Title
from papers.exchange.traits import Traits

ABSTRACT = "we study how zebras cross rivers in groups of many, and find that the order in which they enter matters. "
OTHER = (
    "a theorem on the distribution of primes among the values of quadratic forms is proved by elementary means only. "
)


def paper(title: str, *others: str, by: str = "", year: int = 0, ids: str = "", abstract: str = "") -> Traits:
    return Traits(
        [Title(text) for text in (title, *others)],
        [name_words(name) for name in by.split(", ") if name],
        frozenset({year} if year else ()),
        frozenset((scheme, value) for scheme, _, value in (each.partition(":") for each in ids.split())),
        abstract,
    )


def like(one: Traits, other: Traits) -> Likeness | None:
    """The same in either order."""
    found = likeness(one, other)
    assert found == likeness(other, one)
    return found


@pytest.mark.parametrize(
    ("title", "other", "kind"),
    [
        ("Qwen-VL", "Qwen-VL: A Frontier Large Vision-Language Model with Versatile Abilities", "short"),
        ("Resurrecting Recurrent Networks for Long Sequences", "Resurrecting Recurrent Networks … (LRU)", ""),
        ("Segment Anything", "Segment Anything (SAM)", "short"),
        ("System 2 Attention (S2A)", "System 2 Attention", "short"),
        ("HuggingGPT (Jarvis)", "HuggingGPT: Solving AI Tasks with ChatGPT", "short"),
        ("Distilling Step-by-Step!", "Distilling Step-by-Step! Outperforming Larger Models", "short"),
        ("ChatDev (Communicative Agents for Software)", "Communicative Agents for Software", "short"),
        ("Representation Finetuning for LMs", "ReFT: Representation Finetuning for LMs", "short"),
        ("GPT4All", "GPT4All Technical Report", "short"),
        ("Towards Multimodal Zebras", "Towards Multi-Modal Zebras", "title"),
        (r"The $\mathcal{N}=4$ Theory of Zebras", "The N=4 theory of zebras", "title"),
        ("Principled Instructions Are All You Need", "Pricipled Instructions Are All You Need", "spelling"),
        ("Survey on Language Models for Code", "A Survey of Language Models for Code", "spelling"),
        ("Are Abilities of LLMs a Mirage?", "Are Abilities of Large Language Models a Mirage?", "spelling"),
        ("Learn to Reason without Rewards", "Learning to Reason without Rewards", "spelling"),
    ],
)  # fmt: skip
def test_one_work_by_two_titles_is_found(title: str, other: str, kind: str) -> None:
    found = like(paper(title, ids="arxiv:2503.00001"), paper(other))
    assert (found.kind if found else "") == kind


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("On Zebras, Part 1", "On Zebras, Part 2"),
        ("On Zebras I", "On Zebras II"),
        ("The First Zebra of the Season", "The Second Zebra of the Season"),
        ("GPT-3 and the Nature of Language", "GPT-4 and the Nature of Language"),
        ("Qwen-VL", "Qwen-VL 2: More of the Same"),
        ("Zebras", "Zebras (II)"),
        ("The Road of Zebras (I)", "The Road of Zebras (II)"),
        ("The Habits of Zebras", "The Habits of Zebras: Erratum"),
        ("The Habits of Zebras", "Comment on “The Habits of Zebras”"),
        ("Supervised Learning of Zebra Stripes", "Unsupervised Learning of Zebra Stripes"),
        ("Explicit Models of Zebra Stripes", "Implicit Models of Zebra Stripes"),
        ("Intermolecular Forces in Stripes", "Intramolecular Forces in Stripes"),
        ("Decays of B Mesons into Zebras", "Decays of D Mesons into Zebras"),
        ("Stripes with Spots and without Zebras", "Stripes with Spots and with Zebras"),
        ("Attention Is All You Need", "Attention Is All You Need in Speech Separation"),
        ("Agents", "Agent S"),
        ("Editorial", "Editorial"),
        ("BERT: Training of Transformers", "BERT: Birds of East Rome and Tuscany"),
    ],
)  # fmt: skip
def test_works_of_like_titles_are_two(title: str, other: str) -> None:
    assert like(paper(title, ids="arxiv:2503.00001"), paper(other)) is None


def test_of_two_arxiv_ids_it_takes_the_same_title_and_author() -> None:
    one = paper("The Habits of Zebras", by="Ada Lovelace", ids="arxiv:2503.00001")
    again = paper("The habits of zebras", by="A. Lovelace", ids="arxiv:2504.00001")
    assert like(one, again) == (87, "title", "same title, authors in common, two arXiv ids")
    assert like(one, paper("The Habits of Zebras", by="Ben Kay", ids="arxiv:2504.00001")) is None
    assert like(one, paper("The Habits of Zebras", ids="arxiv:2504.00001")) is None
    assert like(one, paper("The Habits of Zebras: A Study", by="Ada Lovelace", ids="arxiv:2504.00001")) is None
    assert like(one, paper("The Habits of Zebras", by="Ada Lovelace", ids="doi:10.1000/1")) is not None


def test_other_authors_tell_works_apart_unless_the_abstract_is_the_same() -> None:
    title = "The Habits of Zebras"
    assert like(paper(title, by="Ada Lovelace"), paper(title, by="Ben Kay")) is None
    one, other = (paper(title, by=name, abstract=ABSTRACT) for name in ("Ada Lovelace", "Ben Kay"))
    assert like(one, other) is not None


def test_one_abstract_is_of_one_work_whatever_its_titles() -> None:
    titles = ("CFP-Zebra: Stripes by Probability", "DYP-Zebra: Stripes by Chance and Probability")
    one, other = (paper(title, by="Ada Lovelace", abstract=ABSTRACT) for title in titles)
    assert like(one, other) == (80, "abstract", "same abstract, other title, authors in common")
    assert like(one, paper(titles[1], by="Ada Lovelace", abstract=OTHER)) is None


def test_an_editorial_may_come_twice_by_one_author_but_not_with_two_ids() -> None:
    one = paper("Editorial", by="Ada Lovelace", year=2025)
    assert like(one, paper("Editorial", by="Ada Lovelace", year=2025)) is not None
    assert like(one, paper("Editorial", by="Ben Kay", year=2025)) is None
    one, other = (paper("Editorial", by="Ada Lovelace", ids=f"doi:10.1000/{n}") for n in (1, 2))
    assert like(one, other) is None


def test_a_title_that_goes_on_is_one_work_s_only_by_the_same_author() -> None:
    titles = ("Learning to Count Zebras", "Learning to Count Zebras from the Air")
    one, other = (paper(title, by="Ada Lovelace, Ben Kay") for title in titles)
    found = like(one, other)
    assert found
    assert (found.kind, found.evidence) == ("longer", "title goes on, authors in common")
    assert like(one, paper(titles[1])) is None


def test_years_apart_weigh_against_it() -> None:
    title = "The Habits of Zebras"
    assert like(paper(title, year=2015), paper(title, year=2025)) is None
    assert like(paper(title, by="Ada Lovelace", year=2015), paper(title, by="Ada Lovelace", year=2025)) is not None


def test_what_other_digests_call_it_counts_too() -> None:
    full = paper("Habits of the Zebra in Winter", "ZebraNet", by="Ada Lovelace")
    assert like(full, paper("ZebraNet: Habits")) is not None
