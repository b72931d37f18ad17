"""The library's vocabulary: what it counts, and that beginnings and slips of the pen are found at any size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.exchange.recompute import recompute
from papers.models import Author, Entry, Paper, Tag, Word
from papers.models.vocabulary import words
from tests import upkeep, world

pytestmark = pytest.mark.django_db

LETTERS = "abdé文"


def spelled(found: list[Word] | list[Author]) -> list[str]:
    return [term.pk for term in found]


def test_single_letters_numbers_and_endless_words_are_no_words_of_titles() -> None:
    assert words(f"A 3D GAN of 2024, {'x' * 41}") == {"3d", "gan", "of"}


# Totals -----------------------------------------------------------------------------------------------------------


def test_totals_follow_what_papers_are_made_of() -> None:
    world.ingest_lines([world.line(1, title="On Graphs, on Graphs", authors=["Ada", "Ada"], tags=["Maps"])])
    world.ingest_lines([world.line(2, title="Graphs", authors=["Ada", "Ben"], tags=["maps", "Roads"])])
    assert dict(Word.objects.values_list("text", "size")) == {"on": 1, "graphs": 2}
    assert dict(Author.objects.values_list("name", "size")) == {"Ada": 2, "Ben": 1}
    assert dict(Tag.objects.values_list("slug", "size")) == {"maps": 2, "roads": 1}


def test_what_no_paper_has_any_more_is_no_term() -> None:
    world.ingest_lines([world.line(1, title="Old Graphs", tags=["Maps"])])
    Paper.objects.update(curated={"title": "New Graphs", "authors": ["Ada"]})
    recompute()
    assert dict(Word.objects.values_list("text", "size")) == {"new": 1, "graphs": 1}
    assert dict(Author.objects.values_list("name", "size")) == {"Ada": 1}


def test_a_tag_that_no_paper_bears_any_more_stays() -> None:
    world.ingest_lines([world.line(1, tags=["Maps"])])
    entry = Entry.objects.get()
    entry.record = entry.record.replace("Maps", "Roads")
    entry.save(update_fields=["record"])
    recompute()
    assert dict(Tag.objects.values_list("slug", "size")) == {"maps": 0, "roads": 1}


def test_totals_that_are_wrong_are_mended_by_recomputing() -> None:
    world.library(3)
    Word.objects.update(size=9)
    Author.objects.filter(name="Ben Bystander").delete()
    Author.objects.grow({"Nobody": 1})
    Tag.objects.update(size=7)
    recompute()
    upkeep.assert_in_step()


def test_more_terms_than_one_statement_takes_are_counted() -> None:
    many = {f"word{n}": 1 for n in range(2_500)}
    Word.objects.grow(many)
    Word.objects.grow(many | {"word7": 2, "word8": -1})
    sizes = dict(Word.objects.values_list("text", "size"))
    assert (len(sizes), sizes["word7"], sizes["word9"]) == (2_499, 3, 2)


def test_a_name_of_any_length_is_no_trouble() -> None:
    world.ingest_lines([world.line(1, authors=["ß" * 150, "x" * 201])])
    assert spelled(list(Author.objects.all())) == ["ß" * 150]


# Beginnings -------------------------------------------------------------------------------------------------------


@given(
    texts=st.sets(st.text(LETTERS, min_size=1, max_size=4), max_size=12), start=st.text(LETTERS, min_size=1, max_size=2)
)
def test_what_begins_so_is_found_and_nothing_else(texts: set[str], start: str) -> None:
    Word.objects.all().delete()
    Word.objects.grow(dict.fromkeys(texts, 1))
    found = {word.text for word in Word.objects.beginning(start)}
    assert found == {text for text in texts if text.startswith(start)}


@pytest.mark.parametrize("typed", ["geof", "Hint", "geoffrey h", "hinton g", "HINTON"])
def test_an_author_is_found_by_the_first_word_and_by_the_last(typed: str) -> None:
    Author.objects.grow({"Geoffrey Hinton": 1, "Ada Hopper": 1})
    assert spelled(Author.objects.beginning(typed).most_used(5)) == ["Geoffrey Hinton"]


def test_the_most_used_come_first() -> None:
    sizes = {f"mo{n:02}": n for n in range(1, 99)}
    Word.objects.grow(sizes)
    expected = sorted(sizes, key=lambda text: -sizes[text])
    assert spelled(Word.objects.beginning("mo").most_used(10)) == expected[:10]
    assert spelled(Word.objects.beginning("mo").most_used(60)) == expected[:60], "common ones, and others"


def test_common_ones_are_found_among_any_number_of_rare_ones() -> None:
    Word.objects.grow({f"mo{n:05}": 1 for n in range(2_000)} | {"mozzarella": 90, "moa": 2})
    assert upkeep.queries(lambda: Word.objects.beginning("mo").most_used(1)) == 1
    found = spelled(Word.objects.beginning("mo").most_used(2_000))
    assert (found[0], len(found)) == ("mozzarella", 1_001)


# Slips of the pen -------------------------------------------------------------------------------------------------


@given(word=st.text("abc", min_size=2, max_size=7), where=st.integers(0, 7), letter=st.sampled_from("abcd"))
def test_a_word_is_near_whatever_one_slip_of_the_pen_makes_of_it(word: str, where: int, letter: str) -> None:
    Word.objects.all().delete()
    Word.objects.grow({word: 1})
    where %= len(word)
    slips = {
        word[:where] + letter + word[where:],
        word[:where] + letter + word[where + 1 :],
        word[:where] + word[where + 1 :],
        word[:where] + word[where + 1 : where + 2] + word[where] + word[where + 2 :],
        word + letter,
    }
    for slip in slips:
        if len(slip) > 1:
            assert word in {near.text for near in Word.objects.near(slip)}, slip
