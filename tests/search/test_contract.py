"""What every search engine does: the same words find the same papers, whatever the database."""

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from papers.ids import UNDECOMPOSED
from papers.models import Paper
from papers.query import PaperQuery
from papers.search import engine
from tests import upkeep, world

pytestmark = pytest.mark.django_db

TITLES = {
    "tulu": r"T\"ULU 3: Pushing Frontiers",
    "tülu": "TÜLU Revisited",
    "bert": "bert2BERT: Towards Reusable Models",
    "ivit": "I&S-ViT: An Inclusive & Stable Method",
    "kimi": "Kimi k1.5: Scaling Reinforcement Learning",
    "qwen": "Qwen2.5-VL, a Well-Known Model",
    "naïve": "Naïve Bayes for Ångström and Curaçao",
    "greek": "Ο δρόμος προς την Αθήνα",
    "cjk": "注意力机制综述",
    "relation": "Relational Databases at Scale",
    "øre": "Ærø Łódź Straße: eﬃcient 🤗Transformers",
    "unet": "U Net as GS",
    "maths": "Bounds of $O(n^2)$ for $k$-Means",
}


@pytest.fixture(autouse=True)
def _library() -> None:
    lines = [
        {"title": title, "abstract": f"About {name}.", "authors": AUTHORS.get(name, []), "published": f"20{n:02}"}
        for n, (name, title) in enumerate(TITLES.items(), 10)
    ]
    assert world.ingest_lines(lines, "list.jsonl").created == len(TITLES)


AUTHORS = {
    "tulu": ["Ada Lovelace", "Ben Kay"],
    "tülu": ["Ben Ada", "Lovelace Kay"],
    "bert": ["Ada Lovelace Jr", "ada lovelace"],
    "kimi": ["José 50% Müller_Lüdenscheidt", "D'Arcy O\"Neil"],
    "cjk": ["李明"],
}


def found(text: str, *, by: str = "") -> set[str]:
    """The papers that a reader finds who types this, by the names they have above."""
    papers = PaperQuery.from_params({"q": [text], "author": [by]}).ask(Paper.objects.all())
    return {paper.abstract.removeprefix("About ").removesuffix(".") for paper in papers}


def by(author: str) -> set[str]:
    return found("", by=author)


EVERYTHING = set(TITLES)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Accents and TeX accents do not matter
        ("TULU", {"tulu", "tülu"}),
        ("TÜLU", {"tulu", "tülu"}),
        ("tu\N{COMBINING DIAERESIS}lu", {"tulu", "tülu"}),
        ("naive", {"naïve"}),
        ("curacao", {"naïve"}),
        ("angstrom", {"naïve"}),
        ("aero lodz strasse", {"øre"}),
        ("ÆRØ ŁÓDŹ STRASSE", {"øre"}),
        ("efficient transformers", {"øre"}),
        # Case and endings do not matter
        ("RELATIONAL", {"relation"}),
        ("relations database scaling", {"relation"}),
        ("scale", {"kimi", "relation"}),
        ("us", set()),
        ("u", {"unet"}),
        ("gs", {"unet"}),
        ("g", set()),
        ("us*", set()),
        ("gs*", {"unet"}),
        # Words may stand in any order and field, phrases not
        ("frontiers pushing", {"tulu"}),
        ('"pushing frontiers"', {"tulu"}),
        ('"frontiers pushing"', set()),
        ('"frontiers ada"', set()),
        ('"kay about"', set()),
        ('"pushing frontiers', {"tulu"}),
        ("lovelace tulu", {"tulu", "tülu"}),
        # Names and identifiers as they are written
        ("bert2BERT", {"bert"}),
        ("I&S-ViT", {"ivit"}),
        ("k1.5", {"kimi"}),
        ("Qwen2.5-VL", {"qwen"}),
        ("well-known", {"qwen"}),
        ("known-well", set()),
        ("O(n^2)", {"maths"}),
        # Other scripts
        ("ΑΘΉΝΑ", {"greek"}),
        ("ΑΘΗΝΑ ΔΡΟΜΟΣ", {"greek"}),
        ("注意力机制综述", {"cjk"}),
        # Nothing asked
        ("", EVERYTHING),
        ("  ", EVERYTHING),
        ("?! -", EVERYTHING),
    ],
)
def test_words_find(text: str, names: set[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "tulu AND bert2bert",
        "tulu NEAR bert2bert",
        "NEAR(tulu bert2bert)",
        "title : tulu bert",
        "tulu & !bert2bert",
        "tulu <-> bert",
        "{title abstract} : tulu bert",
    ],
)
def test_what_is_syntax_to_an_engine_is_words_to_a_reader(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    "text", ["^tulu", "tulu:*", "'tulu'", "tulu\\", '""tulu', "tulu;--", "tulu\0", "tulu 🙂", "(tulu"]
)
def test_marks_around_words_do_not_matter(text: str) -> None:
    assert found(text) == {"tulu", "tülu"}


@given(text=st.text(max_size=30))
def test_nothing_that_can_be_typed_is_an_error(text: str) -> None:
    found(text)
    by(text)


@given(
    words=st.lists(
        st.sampled_from([*"\"'*()^-+:{}|&!<>~\\%_", "AND", "OR", "NOT", "NEAR", "tulu", "\0", "½", "⑴", "ŉ"])
    )
)
def test_no_mixture_of_syntax_is_an_error(words: list[str]) -> None:
    found("".join(words))
    found(" ".join(words))
    found(f'"{" ".join(words)}"')


@pytest.mark.parametrize("text", ["about -about", "-(tulu or bert) (tulu or bert)", "-tulu about tulu"])
def test_what_contradicts_itself_finds_nothing(text: str) -> None:
    assert found(text) == set()


def test_an_author_is_found_by_the_name_as_it_stands() -> None:
    assert by("Ada Lovelace") == {"tulu"}
    assert by("ada lovelace") == {"bert"}
    assert by("Lovelace") == set()
    assert by("Ada") == set()
    assert by("Kay Ben") == set()
    assert by("李明") == {"cjk"}
    assert by("Nobody") == set()


@pytest.mark.parametrize("name", AUTHORS["kimi"])
def test_a_name_with_marks_in_it_is_found(name: str) -> None:
    assert by(name) == {"kimi"}
    assert by(name.replace("%", "_").replace("_", "%").replace("'", "%")) == set()


def test_a_name_does_not_reach_from_one_author_into_the_next() -> None:
    assert by("Lovelace Ben") == by("Kay Ben Ada") == set()


@pytest.mark.parametrize(("sort", "first"), [("newest", "maths"), ("oldest", "tulu")])
def test_what_is_found_stands_in_date_order(sort: str, first: str) -> None:
    papers = PaperQuery.from_params({"q": ["about"], "sort": [sort]}).ask(Paper.objects.all())
    positions = [paper.position for paper in papers]
    assert len(positions) == len(TITLES)
    assert positions == sorted(positions, reverse=sort == "newest")
    assert first in papers[0].abstract


# The index --------------------------------------------------------------------------------------------------------


def test_the_index_is_in_step_after_every_kind_of_change() -> None:
    paper = Paper.objects.order_by("pk")[0]
    Paper.objects.filter(pk=paper.pk).update(title="Zebra")
    assert found("zebra") == {"tulu"}
    assert found("frontiers") == set()
    Paper.objects.filter(pk=paper.pk).update(position=1, abstract="About zebras.", author_lines="\nZoe Zebra\n")
    assert found("zebra") == {"zebras"}
    assert by("Zoe Zebra") == {"zebras"}
    paper.entries.all().delete()
    paper.delete()
    assert found("zebra") == set()
    upkeep.assert_indexed()


def lose(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _trigger(name: str) -> str:
    return f"DROP TRIGGER {name}" + (" ON papers_paper" if connection.vendor == "postgresql" else "")


def lost() -> list[str]:
    triggers = {
        "sqlite": ("papers_search_insert", "papers_search_update", "papers_search_delete"),
        "postgresql": ("papers_search_keep", "papers_search_empty"),
    }[connection.vendor]
    return [*map(_trigger, triggers), "DROP TABLE papers_search"]


@pytest.mark.parametrize("which", range(4))
def test_an_index_that_was_lost_is_mended_by_the_next_migrate(which: int) -> None:
    statements = lost()
    lose(statements[which % len(statements)])
    if "TRIGGER" in statements[which % len(statements)]:
        Paper.objects.filter(abstract__contains="tulu").update(title="Zebra")
    call_command("migrate", verbosity=0)
    Paper.objects.filter(abstract__contains="bert").update(title="Zebra too")
    assert found("zebra") >= {"bert"}
    upkeep.assert_indexed()


def test_an_index_of_another_making_is_made_anew_by_the_next_migrate() -> None:
    for statement in {
        "sqlite": (
            "DROP TABLE papers_search",
            "CREATE VIRTUAL TABLE papers_search USING fts5(title, abstract, authors, facets, content='')",
        ),
        "postgresql": ("COMMENT ON TABLE papers_search IS 'of another making'", "TRUNCATE papers_search"),
    }[connection.vendor]:
        lose(statement)
    assert found("tulu") == set()
    call_command("migrate", verbosity=0)
    assert found("tulu") == {"tulu", "tülu"}
    upkeep.assert_indexed()


@pytest.mark.database("sqlite")
def test_an_index_whose_letters_were_folded_otherwise_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    Paper.objects.filter(abstract__contains="bert").update(title="Il-Ħamrun")
    assert found("hamrun") == set()
    monkeypatch.setitem(UNDECOMPOSED, ord("ħ"), "h")
    call_command("migrate", verbosity=0)
    assert found("hamrun") == {"bert"}
    upkeep.assert_indexed()


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_keeps_its_index_after_the_next_migrate() -> None:
    with upkeep.rebuilt_table():
        Paper.objects.filter(abstract__contains="tulu").update(title="Zebra")
        assert found("zebra") == {"tulu"}
        upkeep.assert_indexed()


def test_installing_again_changes_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM papers_search")
        before = cursor.fetchone()
        engine(connection).install(connection)
        cursor.execute("SELECT count(*) FROM papers_search")
        assert cursor.fetchone() == before
    upkeep.assert_in_step()


def test_an_index_can_be_filled_anew() -> None:
    for trigger in lost()[:-1]:
        lose(trigger)
    Paper.objects.filter(abstract__contains="tulu").update(title="Zebra", position=1)
    engine(connection).rebuild(connection)
    assert found("zebra") == {"tulu"}
    assert found("frontiers") == set()
