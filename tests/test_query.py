"""A reader's question: parsed from an address without ever failing, linked, refined and said aloud."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.dates import PartialDate
from papers.language import State
from papers.models import Paper
from papers.query import PaperQuery, Sort
from tests import world

NAMES = ["q", "tag", "author", "source", "year", "since", "until", "is", "list", "sort"]
VALUES = [
    "2025",
    "2025-03",
    "2025-03-11",
    "newest",
    "oldest",
    "unread",
    "starred",
    "Vision",
    "R & D",
    '"a b" c',
    "?",
    " ",
]
params = st.dictionaries(
    st.sampled_from(NAMES) | st.text(max_size=5),
    st.lists(st.sampled_from(VALUES) | st.text(st.characters()), max_size=3),
)


def asked(address: str) -> PaperQuery:
    return PaperQuery.from_params(parse_qs(address))


@given(params)
def test_a_question_is_made_of_anything_and_comes_back_from_its_own_address(given: dict[str, list[str]]) -> None:
    query = PaperQuery.from_params(given)
    assert asked(query.urlencode()) == query
    assert asked(query.urlencode()).ignored == ()
    assert str(query).startswith("papers")


@given(params)
def test_what_is_asked_is_understood_or_told_as_ignored(given: dict[str, list[str]]) -> None:
    query = PaperQuery.from_params(given)
    for name in NAMES:
        values = [value for value in given.get(name, []) if value.strip()]
        told = sum(part.startswith(f"{name}=") for part in query.ignored)
        assert told <= len(values)
        if name != "sort" and len(values) > told:
            assert any(part == name for part, _ in query.params)


@given(params)
def test_each_chip_takes_one_part_of_the_question_away(given: dict[str, list[str]]) -> None:
    query = PaperQuery.from_params(given)
    narrowing = [pair for pair in query.params if pair[0] != "sort"]
    rests = [rest for _, rest in query.chips({})]
    assert len(rests) == len(narrowing)
    for (name, value), rest in zip(narrowing, rests, strict=True):
        assert query.has(name, value)
        assert not rest.has(name, value)
        assert rest == query.without(name, value)
        assert len(rest.params) == len(query.params) - 1


@given(st.text(st.characters()) | st.from_regex(r"\??[a-z]{1,6}=[^&]{0,9}(&[a-z]{1,6}=[^&]{0,9})?", fullmatch=True))
def test_whatever_is_typed_is_a_question(text: str) -> None:
    assert str(PaperQuery.from_text(text)).startswith("papers")


@pytest.mark.parametrize(
    ("address", "field", "value"),
    [
        ("q=low+rank", "text", "low rank"),
        ("q=++low%0A%0Arank+", "text", "low rank"),
        ("tag=Language+Models", "tags", ("language-models",)),
        ("tag=R+%26+D", "tags", ("r-d",)),
        ("author=Ada+Author", "author", "Ada Author"),
        ("source=Daily+List", "source", "daily-list"),
        ("year=2025", "year", PartialDate(2025)),
        ("since=2025-03", "since", PartialDate(2025, 3)),
        ("until=2025-03-11", "until", PartialDate(2025, 3, 11)),
        ("is=starred", "state", State.STARRED),
        ("list=Thursday+readers", "reading_list", "thursday-readers"),
        ("sort=oldest", "sort", Sort.OLDEST),
    ],
)
def test_each_parameter_fills_its_field(address: str, field: str, value: object) -> None:
    assert getattr(asked(address), field) == value
    assert asked(address).ignored == ()


@pytest.mark.parametrize(
    "part",
    ["year=MMXXV", "year=2025-03", "since=soon", "until=2025-02-30", "is=lost", "sort=worst", "tag=%2F%2F", "q=%3F%21"],
)
def test_what_is_malformed_falls_away_and_is_told(part: str) -> None:
    query = asked(f"author=Ada&{part}")
    assert query == asked("author=Ada")
    [told] = query.ignored
    assert told.startswith(part.split("=", maxsplit=1)[0] + "=")


def test_what_no_question_knows_is_passed_over_in_an_address() -> None:
    assert asked("utm_source=x&after=12&tag=vision") == asked("tag=vision")
    assert asked("utm_source=x&tag=vision").ignored == ()


def test_blank_parameters_ask_nothing() -> None:
    query = PaperQuery.from_params({"q": [" "], "tag": ["", "\t"], "year": [""]})
    assert not query
    assert query.params == []
    assert query.ignored == ()


def test_defaults_never_appear_in_an_address() -> None:
    assert asked("sort=newest").urlencode() == ""
    assert asked("sort=oldest&q=rank").with_("sort", "newest").urlencode() == "q=rank"


@pytest.mark.parametrize("name", ["q", "author", "source", "tag"])
def test_the_name_of_a_default_is_a_word_like_any_other(name: str) -> None:
    assert asked(f"{name}=newest").params == [(name, "newest")]


def test_parameters_always_come_in_the_same_order() -> None:
    assert asked("sort=oldest&tag=b&q=rank&tag=a").urlencode() == "q=rank&tag=b&tag=a&sort=oldest"


def test_a_repeated_tag_is_one_more_tag_and_never_the_same_twice() -> None:
    assert asked("tag=vision&tag=video&tag=Vision").tags == ("vision", "video")
    assert asked("tag=vision").with_("tag", "video").tags == ("vision", "video")
    assert asked("tag=vision").with_("tag", "vision").tags == ("vision",)


def test_of_any_other_parameter_the_last_one_counts() -> None:
    assert asked("year=2024&year=2025").year == PartialDate(2025)
    assert asked("year=2024").with_("year", "2025").params == [("year", "2025")]


def test_a_part_is_taken_away_and_the_others_stay() -> None:
    query = asked("q=rank&tag=vision&tag=video&year=2025")
    assert query.without("tag", "vision") == asked("q=rank&tag=video&year=2025")
    assert query.without("year", "2024") == query
    assert query.has("tag", "vision")
    assert not query.has("tag", "audio")


def test_a_long_text_is_cut_once_and_for_all() -> None:
    query = PaperQuery.from_params({"q": ["a" * 499 + " b c"]})
    assert len(query.text) <= 500
    assert asked(query.urlencode()) == query


def test_characters_that_no_database_takes_are_not_asked_for() -> None:
    query = PaperQuery.from_params({"q": ["lo\0w\ud800"], "author": ["A\0da"], "tag": ["vi\0sion"], "source": ["\0"]})
    assert (query.text, query.author, query.tags) == ("low", "Ada", ("vision",))
    assert query.urlencode() == "q=low&tag=vision&author=Ada"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "papers"),
        ("sort=oldest", "papers"),
        ("q=low+rank", "papers matching “low rank”"),
        ("tag=vision&tag=video", "papers tagged vision tagged video"),
        ("author=Ada+Author&year=2025", "papers by Ada Author from 2025"),
        ("since=2025-03&until=2025-03-11", "papers since March 2025 until 11 March 2025"),
        ("source=daily-list&is=unread", "papers named by daily-list that I have not read"),
        ("is=dismissed", "papers that I have set aside"),
        ("list=thursday&is=unread", "papers that I have not read on the list “thursday”"),
    ],
)
def test_a_question_can_be_said_aloud(address: str, said: str) -> None:
    assert str(asked(address)) == said


def test_tags_and_sources_are_called_by_the_names_people_know() -> None:
    names = {("tag", "cs.cv"): "cs.CV", ("source", "daily-list"): "Daily list"}
    query = asked("tag=cs.cv&source=daily-list")
    assert query.said(names) == "papers tagged cs.CV named by Daily list"
    assert [said for said, _ in query.chips(names)] == ["tagged cs.CV", "named by Daily list"]


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        (
            "q=low+rank+-survey",
            {"matching “low”": "q=rank+-survey", "matching “rank”": "q=low+-survey", "but not “survey”": "q=low+rank"},
        ),
        ("q=low&tag=vision", {"matching “low”": "tag=vision", "tagged vision": "q=low"}),
        (
            "q=low+tag:a&year=2025",
            {"matching “low”": "q=tag%3Aa&year=2025", "tagged a": "q=low&year=2025", "from 2025": "q=low+tag%3Aa"},
        ),
        ("tag=a", {"tagged a": ""}),
    ],
)
def test_each_part_of_a_text_can_be_dropped(address: str, parts: dict[str, str]) -> None:
    assert {said: rest.urlencode() for said, rest in asked(address).parts({})} == parts


def test_only_what_narrows_makes_a_question_true() -> None:
    assert not asked("")
    assert not asked("sort=oldest")
    assert asked("is=read")


@pytest.mark.parametrize("text", ["tag=vision&year=2025", "?tag=vision&year=2025", "tag=Vision&year=2025&sort="])
def test_the_end_of_an_address_can_be_typed(text: str) -> None:
    assert PaperQuery.from_text(text) == asked("tag=vision&year=2025")


@pytest.mark.parametrize("text", ["low rank", "E=mc2", "what is x=1?", '"a=b"'])
def test_anything_else_that_is_typed_is_words_to_find(text: str) -> None:
    assert PaperQuery.from_text(text) == PaperQuery(text=text)


@pytest.mark.parametrize("text", ["tags=vision", "tags=vision&year=2025", "year=2025&vision", "state="])
def test_a_mistyped_parameter_is_told_and_not_taken_for_a_question_about_everything(text: str) -> None:
    assert PaperQuery.from_text(text).ignored


LIBRARY = [
    world.line(1, published="2024-12-31", tags=["vision"], authors=["Ada Author"]),
    world.line(2, published="2025-03-10", tags=["vision", "video"], authors=["Ada Author", "Ben Bystander"]),
    world.line(3, published="2025-03-11", tags=["video"], authors=["Ada Authors"], abstract="Of low rank."),
    world.line(4, published="2025", tags=[], authors=[], abstract="A low and a high rank.", source="Weekly list"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("", [3, 4, 2, 1]),
        ("sort=oldest", [1, 2, 4, 3]),
        ("tag=vision", [2, 1]),
        ("tag=vision&tag=video", [2]),
        ("author=Ada+Author", [2, 1]),
        ("source=weekly-list", [4]),
        ("q=low+rank", [3, 4]),
        ("q=%22low+rank%22", [3]),
        ("year=2025&source=daily-list", [3, 2]),
        ("since=2025-03-11", [3, 4]),
        ("until=2024", [1]),
        ("since=2025-03&until=2025-03-10", [2]),
        ("is=unread", []),
        ("list=thursday", []),
    ],
)
def test_a_question_is_answered_in_its_order(address: str, numbers: list[int]) -> None:
    world.ingest_lines(LIBRARY)
    titles = asked(address).ask(Paper.objects.all()).values_list("title", flat=True)
    assert [int(title[-6:]) for title in titles] == numbers
