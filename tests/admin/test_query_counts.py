"""What the desk costs: the same number of queries at any size, and none goes through all papers."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.admin import bounded
from papers.exchange.curate import curate_all
from papers.exchange.hide import hide
from papers.exchange.naming import call
from papers.exchange.rules import set_rule
from papers.exchange.tags import set_tag
from papers.exchange.trusting import trust
from papers.formats import readers
from papers.models import (
    Change,
    Digest,
    Errand,
    Ingest,
    Invitation,
    LikelyDuplicate,
    Paper,
    Quarantined,
    Rule,
    Source,
    Tag,
    Team,
    User,
)
from tests import world

LISTS = [
    *(
        "",
        "paper/",
        "paper/?q=problem",
        "paper/?q=tag:problems+in:2025",
        "paper/?only=without_abstract",
        "paper/?only=hidden",
        "paper/?only=hidden&q=problem",
        "paper/?only=without_abstract&q=problem",
        "paper/?p=2",
    ),
    *("digest/", "digest/?only=guessed", "digest/?date_basis__exact=content", "source/", "tag/", "tag/?q=set"),
    *("tag/?only=aliases", "tag/?only=unused", "rule/", "rule/?only=idle", "rule/?q=problem", "rule/add/", "errand/"),
    *("change/", "change/?kind__exact=corrected", "change/?only=standing", "change/?by=1", "change/?q=venue"),
    *("digest/?only=behind", "ingest/?only=failed"),
    *(
        "ingest/",
        "ingest/add/",
        "ingest/?only=unfinished",
        "quarantined/",
        "quarantined/?reason=x",
        "quarantined/?ingest=1",
    ),
    *(
        "likelyduplicate/",
        "likelyduplicate/?only=kept_apart",
        "likelyduplicate/?kind__exact=title",
        "likelyduplicate/?p=1",
    ),
    "likelyduplicate/compare/",
    *("user/", "user/?q=al", "user/?is_active__exact=1", "team/", "team/?q=readers", "invitation/", "invitation/add/"),
    *("invitation/?only=waiting", "invitation/?only=revoked", "invitation/?only=expired", "invitation/?only=accepted"),
    *("quarantined/?only=mended", "quarantined/?only=dismissed", "quarantined/?ingest__file=1"),
]
ONES = (Paper, Digest, Source, Tag, Rule, Errand, Ingest, Quarantined, Change, User, Team, Invitation)


def grow(times: int) -> None:
    """So many of everything that there can be more of; the first paper is in all digests."""
    for _ in range(times):
        n = Digest.objects.count()
        tags = ["problems", *(f"set {n * 5 + k}" for k in range(5))]
        for source in ("Daily list", f"Letter {n}"):
            values = {"tags": tags, "source": source, "digest_date": f"2025-03-{n + 1:02}"}
            lines = [world.line(k and n * 100 + k, **values) for k in range(31)]
            lines += [world.line(n * 100 + 50 + k, abstract="", **values) for k in range(30)]
            world.ingest_lines([*lines, {"title": ""}, {"abstract": "?", "title": " "}])
        papers = Paper.objects.order_by("-pk")[:50]
        pairs = ((one, other) for one, other in zip(papers[:25], papers[25:], strict=True))
        LikelyDuplicate.objects.bulk_create(
            LikelyDuplicate(first=other, second=one, score=50, kind="title", evidence="a likeness")
            for one, other in pairs
        )
        for k in range(5):
            set_tag(Tag.objects.get(slug=f"set-{n * 5 + k}"), {"other_names": [f"row {n * 5 + k}"]})
            set_rule(Rule(tag=Tag.objects.get(slug="problems"), question=f"problem {n * 5 + k}"))
    every = list(Paper.objects.order_by("pk").values_list("pk", flat=True))
    for n in range(12 * times):
        curate_all(every[: n + 1], {"venue": f"Venue {Change.objects.count()}"})
        call(Digest.objects.earliest("pk"), f"Title {n}")
    invite(12 * times)
    trust(Source.objects.earliest("pk"), Source.objects.earliest("pk").trust + 1)
    hide(Paper.objects.without_abstract().shown().values_list("pk", flat=True), why="Spam.")
    Ingest.objects.order_by("pk")[0].quarantine.update(reason="x")


def invite(times: int) -> None:
    """So many more people, teams and invitations; all people are in all teams."""
    carol = User.objects.earliest("pk")
    for n in range(User.objects.count(), User.objects.count() + times):
        Team.objects.create(name=f"Readers {n:03}")
        Invitation.objects.make(carol, teams=Team.objects.powerless())
        world.member(f"alan{n:03}").groups.set(Team.objects.powerless())


def addresses() -> list[str]:
    ones = [f"{model._meta.model_name}/{model._default_manager.earliest('pk').pk}/change/" for model in ONES]
    ones += [f"{each._meta.model_name}/{each._default_manager.earliest('pk').pk}/history/" for each in (Paper, Digest)]
    pair = LikelyDuplicate.objects.select_related("first", "second").earliest("pk")
    compared = f"likelyduplicate/compare/?first={pair.first.key}&second={pair.second.key}"
    digests = Digest.objects.filter(source=Digest.objects.earliest("pk").source).order_by("pk")[:2]
    joined = "&".join(f"digest={digest.pk}" for digest in digests)
    joining = [f"digest/joining/?{joined}"] if len(digests) == 2 else []
    return [f"/admin/{'papers/' if each else ''}{each}" for each in (*LISTS, *ones, compared, *joining)]


def queries(client: Client) -> dict[str, list[str]]:
    asked = {}
    for address in addresses():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, address
        asked[address] = [query["sql"] for query in captured]
    return asked


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MOST", 60)


def test_a_page_takes_as_many_queries_at_any_size(desk: Client) -> None:
    grow(2)
    small = {address: len(asked) for address, asked in queries(desk).items()}
    grow(2)
    large = {address: len(asked) for address, asked in queries(desk).items()}
    assert large == small
    assert max(large.values()) < 20


def test_nothing_is_counted_or_skipped_without_bound(desk: Client) -> None:
    grow(2)
    for address, asked in queries(desk).items():
        for sql in asked:
            # Of members there are as many as people, and of one's offers as many as people made.
            if "COUNT(" in sql and not re.search('papers_user_groups|AS "offers"', sql):
                assert re.search(r"LIMIT 61\b", sql), address
            if skipped := re.search(r"OFFSET (\d+)", sql):
                assert int(skipped[1]) < 60, address
            if re.search(r'FROM "papers_(paper|entry)"', sql) and not re.search("/change/|/compare/", address):
                assert "LIMIT" in sql, address


def test_a_list_says_that_there_is_more_and_ends_where_counting_ends(desk: Client) -> None:
    grow(2)
    assert "more than 60 papers" in " ".join(desk.get("/admin/papers/paper/").text.split())
    assert "more than 60 found" in desk.get("/admin/papers/paper/?q=problem").text
    assert desk.get("/admin/papers/paper/?p=3")["Location"].endswith("?e=1")


def test_no_page_offers_a_choice_among_everything(desk: Client) -> None:
    grow(1)
    for address in addresses():
        formats = len(readers()) + 1 if address.endswith("/ingest/add/") else 0
        assert desk.get(address).text.count("<option") <= 5 + formats, address


def test_hidden_papers_are_not_looked_for_in_the_index_which_has_none(desk: Client) -> None:
    grow(1)
    with CaptureQueriesContext(connection) as captured:
        page = desk.get("/admin/papers/paper/?only=hidden&q=problem")
    assert "On the Nature of Problem" in page.text
    assert not any("papers_search" in query["sql"] for query in captured)


@pytest.mark.database("sqlite")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("index", "rows"),
    [
        ("papers_without_abstract", lambda: Paper.objects.all().without_abstract().order_by("-position")),
        ("hidden_papers", lambda: Paper.objects.all().hidden().order_by("-position")),
        ("hidden_papers", lambda: Paper.objects.all().hidden().order_by("-position").values("pk")),
        (
            "pairs_best_first (score<?)",
            lambda: LikelyDuplicate.objects.undecided().behind(LikelyDuplicate(pk=7, score=50)),
        ),
    ],
)
def test_few_rows_are_found_in_order_by_an_index(index: str, rows: Callable[[], QuerySet[Any]]) -> None:
    plan = rows()[:51].explain()
    assert index in plan
    assert "TEMP B-TREE" not in plan
