"""A library and questions about it, generated: the same each time."""

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any
from unicodedata import normalize

from django.utils import timezone

from papers.ids import Identifier, slug
from papers.language import State
from papers.models import Identifier as IdentifierRow
from papers.models import ListEntry, Paper, ReaderState, User
from papers.query import PaperQuery
from papers.text import clean
from tests import world

from .reference import Bare, Mark

LONG = f"d{'eoxyribo' * 9}nucleotid"
COMMON = """
    the of and for in is as us we on with to by from are at an a i not or
    model models modelling modeled language languages network networks networking learn learns learning learned learner
    train trained training trainable graph graphs graphical attention attend attended transformer transformers transform
    transforming diffusion diffuse diffuses diffusing image images imaging imagery generate generates generating
    generation generative generator sample samples sampling sampled efficient efficiently efficiency scale scales
    scaling scalable reason reasons reasoning reasonable retrieve retrieval retrieved relation relations relational
    relativity relative study studies studied studying analyse analysis analyses analytic theory theories theoretical
    optimal optimise optimising optimisation optimum agree agreed agreement policy policies political probe probing
    probability probable universe universal university universities general generalise generalisation generously
    stop stopped stopping stops plan planned planner play playing enjoy enjoyed query queries querying die dies dying
    class classes classical classify classifier classification robust robustness robustly adapt adaptive adaptation
    adaptively faithful faithfulness curious curiosity dynamic dynamics dynamical stable stability instability measure
    measurement measurable translate translator translation compose composite compositional hallucinate hallucination
    agency agencies tokenise tokenisation variance variant variation national nationalism formula formulate formulation
    speech speeches lens lenses bus buses need needed feed feeding spell spelled spelling fuzz fuzzy size sized use used
    topological methodological assemble assembled feasible grok
""".split()
RARE = """
    gs gas ai ay says ms m ds u ps p os ii cs c css vs v 3s
    naïve Naïve Ångström façade résumé coöperate Zürich señor TÜLU tulu Dvořák Hồ Đà Łódź Øresund Æther æther
    cœur Straße strasse Þing eða ﬁeld ﬂow ﬀt ½ x² H₂O 10µm Ⅳ ｆｕｌｌ ™mark ª1
    Москва ёлка ещё йод Αθήνα ΑΘΗΝΑ δρόμος ΔΡΌΜΟΣ λόγος 注意力机制 綜述 東京 がんばる カタカナ 한국어 언어 שלום عربي
    state-of-the-art low-rank well-known Kullback–Leibler graph—tree I&S-ViT Qwen2.5-VL k1.5 GPT-4o bert2BERT 3D 4-bit
    8x7B 1e6 2024 2,048 3.14 v1.0.2 A100 x86_64 snake_case C++ C# .NET O(n^2) $O(n^2)$ $\\alpha_i$ α-divergence β2 ∇f
    don't reader's O'Neil rock'n'roll “quoted” «guillemets» 「東」 (parenthesis) [bracket] a/b/c user@example.org
    https://example.org/a-b?c=d 10.1000/xyz 🤗 🤗transformers ⊙ → … • 50% #1 @home ; -- -
    pneumonoultramicroscopicsilicovolcanoconiosis antidisestablishmentarianism
    topology methodology methodologies assembly feasibly doubly grokking 1e12xq
""".split()
RARE += [LONG, f"{LONG}es"]
NOWHERE = "zebra xylophones quixotic Żubr 火星 unheard-of zz9 нет ghosts* qq".split()
AUTHORS = [
    *("Ada Lovelace", "Ada Lovelace Jr", "Ben Kay", "Łukasz Król", "Søren Ærø", "Jean-Luc O'Neil", "D'Arcy Müller"),
    *("Þór Guðmundsson", "José Núñez", "李明", "Trần Văn Đức", "А. Ёлкин", "Σοφία Παπαδάκη", "J. R. R. Smith", "is Us"),
]
TAGS = ["Vision", "Language Models", "cs.CV", "C++", "Théorie", "graphs", "3D"]
LISTS = ["Long", "Few", "Theirs"]
SOURCES = ["Daily list", "Weekly Letter", "Foundations"]
FIRST = dt.date(2023, 12, 20)

type Line = dict[str, Any]


def _text(rng: Random, length: int) -> str:
    words = [rng.choice(COMMON if rng.random() < 0.85 else RARE) for _ in range(length)]
    return "".join(_written(rng, word) + rng.choice(("", "", "", ",", ".", ":", "!", " –")) + " " for word in words)


def _written(rng: Random, word: str) -> str:
    chance = rng.random()
    if chance < 0.03:
        return normalize("NFD", word)
    return word.upper() if chance < 0.1 else word.capitalize() if chance < 0.25 else word


def _line(rng: Random, n: int) -> Line:
    """A line of JSON Lines; its title and DOI tell it from all others."""
    digests = {(rng.choice(SOURCES), FIRST + dt.timedelta(rng.randrange(60))) for _ in range(rng.choice((1, 1, 1, 2)))}
    return {
        "title": f"{_text(rng, rng.randint(2, 8))} {1000 + n}",
        "abstract": _text(rng, rng.randint(0, 60)),
        "authors": rng.sample(AUTHORS, rng.randint(0, 3)),
        "tags": rng.sample(TAGS, rng.randint(0, 3)),
        "doi": f"10.1000/p{n}",
        **({"arxiv_id": f"2401.{n:05}" + "v2" * (n % 3 == 0)} if n % 2 else {}),
        **({"published": str(FIRST - dt.timedelta(rng.randrange(900)))} if n % 2 or n % 3 else {}),
        "digests": [{"source": source, "date": str(day)} for source, day in sorted(digests)],
    }


def _bare(line: Line, mark: Mark, lists: frozenset[str]) -> Bare:
    digests = frozenset((slug(each["source"]), dt.date.fromisoformat(each["date"])) for each in line["digests"])
    names = [
        Identifier("doi", line["doi"]),
        *([Identifier("arxiv", line["arxiv_id"].removesuffix("v2"))] if "arxiv_id" in line else []),
    ]
    return Bare(
        title=clean(line["title"]),
        abstract=clean(line["abstract"]),
        authors=line["authors"],
        tags=frozenset(map(slug, line["tags"])),
        digests=digests,
        identifiers=frozenset(names),
        day=dt.date.fromisoformat(line["published"]) if "published" in line else min(day for _, day in digests),
        mark=mark,
        lists=lists,
    )


def library(rng: Random, size: int, reader: User) -> dict[int, Bare]:
    """Papers in the database, by their ids, with the reader's marks."""
    lines = [_line(rng, n) for n in range(size)]
    report = world.ingest_lines(lines)
    assert report.created == size, report
    ids = dict(IdentifierRow.objects.filter(scheme="doi").values_list("value", "paper"))
    reader.caught_up_to = FIRST + dt.timedelta(10)
    reader.visited_before, reader.last_paper_before = timezone.now(), sorted(ids.values())[size // 2]
    reader.save()
    bare, listed = {}, _listed(rng, sorted(ids.values()), reader)
    for line in lines:
        named_on = dt.date.fromisoformat(min(each["date"] for each in line["digests"]))
        marks: dict[str, Any] = rng.choice(
            [
                *({}, {}, {"status": rng.choice(["unread", "reading", "read"])}, {"starred": True}),
                *({"dismissed": True}, {"note": "Hm."}, {"rating": 3, "note": "Well."}),
            ]
        )
        outdated = line.get("arxiv_id", "").endswith("v2")
        pk = ids[line["doi"]]
        if marks:
            ReaderState.objects.create(reader=reader, paper_id=pk, **marks)
        known = {"outdated": outdated, "caught_up": named_on <= reader.caught_up_to}
        on = frozenset(slug(name) for name in LISTS[:2] if pk in listed[name])
        bare[pk] = _bare(line, Mark(**marks, **known, new=pk > reader.last_paper_before), on)
    return bare


def _listed(rng: Random, papers: list[int], reader: User) -> dict[str, set[int]]:
    """Two lists that the reader may see, one of half the library and one of a few papers, and one that is another's."""
    owners = dict(zip(LISTS, (reader, reader, world.member("bob")), strict=True))
    listed = {name: set(rng.sample(papers, 7 if name == "Few" else len(papers) // 2)) for name in LISTS}
    for name, owner in owners.items():
        shared = world.reading_list(owner, name)
        ListEntry.objects.add(shared, list(Paper.objects.filter(pk__in=listed[name])), by=owner)
    return listed


def _words(rng: Random, papers: list[Bare]) -> str:
    """A word or a few: of the vocabulary, of a paper in a row, or of nowhere."""
    chance = rng.random()
    if chance < 0.45:
        return rng.choice(COMMON)
    if chance < 0.6:
        return rng.choice(RARE)
    if chance < 0.65:
        return rng.choice(NOWHERE)
    text = getattr(rng.choice(papers), rng.choice(("title", "abstract"))).split() or ["nothing"]
    start, length = rng.randrange(len(text)), rng.randint(1, 3)
    return " ".join(text[start : start + length]).replace('"', "")


def _beginning(rng: Random, words: str) -> str:
    return words[: rng.randint(2, max(2, len(words)))]


def _term(rng: Random, papers: list[Bare], depth: int) -> str:
    chance = rng.random()
    if chance < 0.45:
        return _written(rng, _words(rng, papers))
    if chance < 0.53:
        return _beginning(rng, rng.choice(COMMON + RARE)) + "*"
    if chance < 0.61:
        between = rng.choice(("", " ", " - ", " of "))
        return f'"{_words(rng, papers)}{between}{_words(rng, papers)}"{rng.choice(("", "", "*"))}'
    if chance < 0.71:
        place = rng.choice(("title", "abstract", "author"))
        name = rng.choice(rng.choice(AUTHORS).split())
        return f'{place}:"{name if place == "author" else _words(rng, papers)}"{rng.choice(("", "", "*"))}'
    if chance < 0.86 or not depth:
        return _filter(rng, rng.choice(papers))
    return rng.choice(("({})", "title:({})", "-({})", "abstract:({})")).format(_typed(rng, papers, depth - 1))


def _filter(rng: Random, paper: Bare) -> str:
    source, day = rng.choice(sorted(paper.digests))
    week = "{}-w{:02}".format(*day.isocalendar())
    said = rng.choice(sorted(paper.identifiers))
    return rng.choice(
        [
            f'tag:"{rng.choice(TAGS)}"',
            f"in:{rng.choice((source[:5], day, str(day)[:7], day.year, week, 'nowhere'))}",
            f"{said.scheme.replace('arxiv', 'id')}:{said.value}",
            rng.choice(("https://doi.org/{0.value}", "arXiv:{0.value}v2")).format(said),
            f"{rng.choice(('since', 'until'))}:{str(paper.day)[: rng.choice((4, 7, 10))]}",
            f"year:{paper.day.year}",
            f"is:{rng.choice(list(State))}",
            f"list:{rng.choice(LISTS)}",
        ]
    )


def _typed(rng: Random, papers: list[Bare], depth: int = 2) -> str:
    parts = [_term(rng, papers, depth)]
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
        parts += rng.choice(("", "", "", "", "or", "|", "-", "NOT ", "AND")), _term(rng, papers, depth)
    return " ".join(parts).replace("- ", "-")


def questions(rng: Random, count: int, papers: list[Bare]) -> Iterator[PaperQuery]:
    """Questions of every kind about these papers, most of them typed."""
    for _ in range(count):
        params = {"q": [_typed(rng, papers)]}
        if rng.random() < 0.1:
            name, value = rng.choice(
                [("author", rng.choice(AUTHORS)), ("source", "weekly-letter"), ("tag", "vision"), ("until", "2023-12")]
            )
            params[name] = [value]
        yield PaperQuery.from_params(params)
