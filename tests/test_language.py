"""The language of the search box: what each text means, said aloud, and that any text means something."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.language import AllOf, AnyOf, Filter, Node, Not, Place, Words, filters, parse, say, spell


def words(text: str) -> tuple[Node, ...]:
    return tuple(map(Words, text.split()))


def both(*nodes: Node) -> Node:
    return AllOf(nodes)


A, B, C = words("a b c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        # Words
        ("low", Words("low")),
        ("low rank", AllOf(words("low rank"))),
        ('"low rank" kernels', both(Words("low rank"), Words("kernels"))),
        ("“low rank” kernels", both(Words("low rank"), Words("kernels"))),
        ('kernels of"low rank"', AllOf((*words("kernels of"), Words("low rank")))),
        ('"never closed', Words("never closed")),
        ("self-attention", Words("self-attention")),
        ("I&S-ViT k1.5", AllOf(words("I&S-ViT k1.5"))),
        ("O(n^2)", Words("O(n^2)")),
        ("C++ C#", AllOf(words("C++ C#"))),
        ('"" - "?" ?!', None),
        ("", None),
        # The beginning of a word
        ("diffus*", Words("diffus", is_prefix=True)),
        ("title:diffus*", Words("diffus", Place.TITLE, is_prefix=True)),
        ("d*", Words("d")),
        ('"low ran"*', Words("low ran", is_prefix=True)),
        ("*", None),
        # Not
        ("a -b", both(A, Not(B))),
        ("a NOT b", both(A, Not(B))),
        ("-b", Not(B)),
        ('-"low rank"', Not(Words("low rank"))),
        ("-(a b)", Not(both(A, B))),
        ("-(-a)", A),
        ("a - b", both(A, B)),
        # A choice is between its neighbours
        ("a or b", AnyOf((A, B))),
        ("a OR b", AnyOf((A, B))),
        ("a | b|c", AnyOf((A, Words("b|c")))),
        ("a b or c", both(A, AnyOf((B, C)))),
        ("a or b or c", AnyOf((A, B, C))),
        ("a or -b", AnyOf((A, Not(B)))),
        ("(a b) or c", AnyOf((both(A, B), C))),
        ('"a"or"b"', AnyOf((A, B))),
        ("or a", AllOf(words("or a"))),
        ("a or", AllOf(words("a or"))),
        ("Trick Or Treat", AllOf(words("Trick Or Treat"))),
        ("a AND b", both(A, B)),
        ("a and b", AllOf(words("a and b"))),
        # Parentheses
        ("(a)", A),
        ("((a) b)", both(A, B)),
        ("(a b", both(A, B)),
        ("a) b", both(Words("a)"), B)),
        ("(a or O(n))", AnyOf((A, Words("O(n)")))),
        ("()", None),
        ("a () b", both(A, B)),
        ("(a or ) b", AllOf((A, Words("or"), B))),
        # Fields
        ("title:low", Words("low", Place.TITLE)),
        ('author:"Ada Lovelace"', Words("Ada Lovelace", Place.AUTHOR)),
        ("abstract:(a or b)", AnyOf((Words("a", Place.ABSTRACT), Words("b", Place.ABSTRACT)))),
        ("-title:a", Not(Words("a", Place.TITLE))),
        ("title:-a", Not(Words("a", Place.TITLE))),
        ("TITLE:low", Words("low", Place.TITLE)),
        ("tag:Vision", Filter("tag", "vision")),
        ('tag:"Language models"', Filter("tag", "language-models")),
        ("tag:(a or b)", AnyOf((Filter("tag", "a"), Filter("tag", "b")))),
        ("in:Daily", Filter("in", "daily")),
        ("in:2025-03-11", Filter("in", "2025-03-11")),
        ("id:1706.03762v2", Filter("id", "1706.03762v2")),
        ("doi:10.1000/X", Filter("doi", "10.1000/x")),
        ("year:2025", Filter("year", "2025")),
        ("since:2025-3-1 until:2025-04", both(Filter("since", "2025-03-01"), Filter("until", "2025-04"))),
        ("is:Unread", Filter("is", "unread")),
        ('list:"Thursday readers"', Filter("list", "thursday-readers")),
        # What is no field is words
        ("title: low", AllOf(words("title: low"))),
        ("k:means", Words("k:means")),
        ("BERT: pre-training", AllOf(words("BERT: pre-training"))),
        # Identifiers are known by their looks
        ("1706.03762", Filter("id", "1706.03762")),
        ("arXiv:1706.03762v5 a", both(Filter("id", "arXiv:1706.03762v5"), A)),
        ("https://arxiv.org/abs/1706.03762", Filter("id", "https://arxiv.org/abs/1706.03762")),
        ("10.1000/xyz", Filter("id", "10.1000/xyz")),
        ('"1706.03762"', Words("1706.03762")),
    ],
)
def test_each_text_has_its_tree(text: str, node: Node | None) -> None:
    assert parse(text) == (node, ())


@pytest.mark.parametrize(
    ("text", "node", "ignored"),
    [
        ("year:soon low", Words("low"), ("year:soon",)),
        ("is:lost", None, ("is:lost",)),
        ("year:2500", None, ("year:2500",)),
        ("year:1000 low", Words("low"), ("year:1000",)),
        ("tag:?!", None, ("tag:?!",)),
        ("list:?!", None, ("list:?!",)),
        ("low -since:yesterday", Words("low"), ("since:yesterday",)),
        ("year:(2025 or MMXXV)", Filter("year", "2025"), ("year:MMXXV",)),
        ("doi:nonsense", None, ("doi:nonsense",)),
        ("until:2025-02-30", None, ("until:2025-02-30",)),
    ],
)
def test_what_makes_no_sense_is_told_and_the_rest_is_asked(
    text: str, node: Node | None, ignored: tuple[str, ...]
) -> None:
    assert parse(text) == (node, ignored)


PIECES = st.sampled_from(
    [
        *'()"-|*: ',
        " or ",
        " AND ",
        " NOT ",
        "title:",
        "tag:",
        "is:",
        "year:",
        "in:",
        "low",
        "rank*",
        "1706.03762",
        "2025",
    ]
)


@given(st.text(max_size=80) | st.lists(PIECES, max_size=60).map("".join))
def test_any_text_has_a_tree_that_can_be_said(text: str) -> None:
    node, ignored = parse(text)
    assert parse(text) == (node, ignored)
    if node:
        assert say(node)
        assert all(each.value for each in filters(node))


@example(":1001.0000")
@example("in:2000/0)")
@given(st.text(max_size=80) | st.lists(PIECES, max_size=60).map("".join))
def test_a_tree_can_be_spelled(text: str) -> None:
    node = parse(text).node
    assert node is None or parse(spell(node)) == (node, ())


@pytest.mark.parametrize(
    "text", ["(" * 500, "-(" * 250, "title:" * 80 + "a", "NOT " * 100 + "a", "a or " * 100, "-" * 500]
)
def test_no_depth_of_nesting_is_too_much(text: str) -> None:
    assert parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("low rank", "matching “low rank”"),
        ('"low rank"', "matching the phrase “low rank”"),
        ('kernels "low rank"', "matching “kernels” and the phrase “low rank”"),
        ("diffus*", "matching words that begin with “diffus”"),
        ("title:low author:ada", "matching “low” in the title and “ada” in the authors"),
        ("a -b", "matching “a” but not “b”"),
        ("a (b or c)", "matching “a” and (“b” or “c”)"),
        ("tag:vision -tag:video", "tagged vision but not tagged video"),
        ("low is:unread since:2025-03", "matching “low” that I have not read since March 2025"),
        ("in:daily year:2025", "named by daily from 2025"),
        ("in:2025-03-11", "named in a digest of 11 March 2025"),
        ("id:1706.03762", "known as 1706.03762"),
        ("tag:(a or b)", "(tagged a or tagged b)"),
        ("list:thursday low", "matching “low” on the list “thursday”"),
        ("list:any diffusion", "matching “diffusion” on any of my lists"),
        ("-list:thursday", "but not on the list “thursday”"),
    ],
)
def test_a_tree_can_be_said_aloud(text: str, said: str) -> None:
    node = parse(text).node
    assert node
    assert say(node) == said


def test_tags_are_called_by_the_names_people_know() -> None:
    node = parse("tag:cs.cv").node
    assert node
    assert say(node, {("tag", "cs.cv"): "cs.CV"}) == "tagged cs.CV"
