"""Every way to narrow papers."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db import connections, models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When

from ..access import Reader, may_curate, may_read_library
from ..language import Node, State
from ..search import engine
from .answer import Answer
from .user import User

if TYPE_CHECKING:
    from .paper import Paper

#: So many papers are looked up one by one; where there are more, the library is gone through until enough are found.
FEW = 1_000
#: To look a paper up in the index takes as long as to pass by thousands there.
_VERY_FEW = 100
#: What papers look like without a mark, and on which side of the day up to which a reader is caught up.
_BY_DAY: dict[str, str] = {State.UNREAD: "gt", State.READ: "lte"}


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, reader: Reader) -> Self:
        return self.shown() if may_read_library(reader) else self.none()

    def shown(self) -> Self:
        """Not hidden, and so what the site knows of."""
        return self.filter(hidden=False)

    def hidden(self) -> Self:
        """Which curators took off the site."""
        return self.filter(hidden=True)

    def hidden_but_known_to(self, reader: Reader) -> Self:
        """Those that only curators know of."""
        return self.hidden() if may_curate(reader) else self.none()

    def at(self, key: str) -> "Paper | None":
        """The paper with this key, or that took in the one with it."""
        return self.filter(key=key).first() or self.of_former_key(key).first()

    def is_spoken_of(self, key: str) -> bool:
        """Whether somebody said something of this paper to everybody, or that it is worth reading."""
        said, recommended = (
            Exists(self._related(name).filter(paper=OuterRef("pk"), reading_list=None))
            for name in ("remarks", "recommendations")
        )
        return self.filter(said | recommended, key=key).exists()

    def of_former_key(self, key: str) -> Self:
        """The one that took in the paper with this key, if one did."""
        return self.filter(former_keys__key=key)

    def held(self, key: str) -> "Paper":
        """The same, which nobody merges or deletes until the end of the transaction. Raises DoesNotExist where there is
        none any more."""
        if paper := self.select_for_update(of=("self",), no_key=True).at(key):
            return paper
        raise self.model.DoesNotExist

    def to_stay(self) -> Self:
        """Held, as something is about to be tied to them: nobody merges or deletes them until the end of the
        transaction."""
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")

    def hold(self) -> None:
        """As they are about to go: who marks one of them has done so, or waits and finds where it went."""
        list(self.select_for_update(of=("self",)).order_by("pk").values_list("pk"))

    def answering(self, node: Node, reader: User | None = None) -> Self:
        """Of which this is true; `reader` is whose states `is` speaks of, and who may see the lists."""
        answer = Answer(self, node, reader)
        papers = self.filter(index__document__matches=answer.sought) if answer.sought else self
        if answer.sought and not engine(connections[self.db]).FINDS_IN_ORDER and answer.lies_far_back:
            papers = papers.annotate(place=F("index__paper_id") + 0)  # which no index has in order
        return papers.filter(*answer.conditions)

    def found_by(self, ingest: models.Model) -> Self:
        """With entries that the ingest found, the oldest paper first."""
        entries: Any = self._related("entries")
        return self.filter(Exists(entries.found_by(ingest).filter(paper=OuterRef("pk")))).order_by("pk")

    def of_file(self, file: int) -> Self:
        """With entries that ingests found in the file of this id, the oldest paper first."""
        entries: Any = self._related("entries")
        return self.filter(Exists(entries.in_file(file).filter(paper=OuterRef("pk")))).order_by("pk")

    def named_only_by(self, entries: Collection[int]) -> Self:
        """Which have no entries but these, by their ids."""
        others = self._related("entries").filter(paper=OuterRef("pk")).exclude(pk__in=entries)
        return self.filter(~Exists(others))

    def nameless(self) -> Self:
        """Which no entry is of any more."""
        return self.filter(entries__isnull=True)

    def held_by_people(self) -> Self:
        """Which somebody marked, tagged, put on a list, discussed, recommended, corrected or hid."""
        marked: Any = self._states().with_something_said()  # type: ignore[attr-defined]
        tagged, listed, discussed = (self._related(name) for name in ("paper_tags", "list_entries", "remarks"))
        done: list[Any] = [
            *(marked, tagged.by_people(), listed.present()),  # type: ignore[attr-defined]
            *(discussed.filter(removed_at=None), self._related("recommendations")),
        ]
        said = reduce(or_, (Q(Exists(rows.filter(paper=OuterRef("pk")))) for rows in done))
        return self.filter(said | ~Q(curated={}) | Q(hidden=True))

    def after(self, pk: int) -> Self:
        return self.filter(pk__gt=pk)

    def holding(self, words: Iterable[str]) -> Self:
        """In whose titles or authors all of these stand; looked for in each, as no index knows hidden ones."""
        return self.filter(*(Q(title__icontains=word) | Q(author_lines__icontains=word) for word in words))

    def among(self, papers: Iterable[int]) -> Self:
        """Those with these ids."""
        return self.filter(pk__in=papers)

    def found_in(self, papers: Self) -> Self:
        """What was found of some papers; each is looked up in the index where they are few."""
        places = list(papers.values_list("position", flat=True)[: FEW + 1]) if self.is_matched else []
        return self.filter(index__paper_id__in=places) if self.is_matched and len(places) <= FEW else self

    def listed_in(self, digest: models.Model) -> Self:
        """Which readers see in a digest."""
        entries: Any = self._related("entries")
        return self.filter(pk__in=entries.listed().filter(digest=digest).values("paper"))

    def in_brief(self) -> Self:
        """With what tells them apart only."""
        return self.only("key", "title", "hidden")

    def without_abstract(self) -> Self:
        """With nothing in its place either."""
        return self.filter(abstract_kind=self.model.AbstractKind.NONE)

    def uncompared(self) -> Self:
        """That are new, or say another thing than when likely duplicates of them were looked for."""
        return self.filter(is_compared=False)

    def marked(self, state: str, reader: User | None, *, among_found: bool = False, alone: bool = False) -> Q:
        """What is true of papers as the reader left them; nobody's papers are in any state.

        `among_found`: words were sought, whose matches are gone through. They can be looked up one by one where this is
        `alone`, and not one of several things that may be true: SQLite would look these up without the words.
        """
        if reader is None:
            return Q(pk__in=[])
        near = partial(_near, among_found=among_found, alone=alone)
        if state == State.NEW:
            came = self.come_since_last_visit(reader)
            return near([self.model._default_manager.filter(came).values_list("position")]) & came
        states: Any = self._states()
        places = states.places_in_state(reader, state)
        if state not in _BY_DAY or (state == State.READ and reader.caught_up_to is None):
            return near(places) & self.looking(state, reader)
        if reader.caught_up_to is None:
            return self.looking(state, reader)
        few = _few(places)
        otherwise = states.looking_otherwise(reader, state).filter(paper=OuterRef("pk"))
        by_day = self.model._default_manager.filter(_by_day(state, reader))
        left = by_day.alias(otherwise=Subquery(otherwise.values("pk")[:1])).filter(otherwise=None)  # asked one by one
        return near([*places, left.values_list("position")]) & self.looking(state, reader, few=few)

    def on_lists(self, lists: Collection[int], *, among_found: bool = False, alone: bool = False) -> Q:
        """What is true of papers that are on some of these reading lists, by their ids; the rest is as in `marked`."""
        listed: Any = self._related("list_entries")
        entries = listed.present().filter(reading_list__in=lists)
        places = entries.values_list("paper__position")
        near = _near([places], among_found=among_found, alone=alone)
        return near & (Q(Exists(entries.filter(paper=OuterRef("pk")))) if among_found else Q(position__in=places))

    def come_since_last_visit(self, reader: User) -> Q:
        """What is true of papers that have come in since the reader was here before this visit, if they were."""
        return Q(pk__in=[]) if reader.visited_before is None else Q(pk__gt=reader.last_paper_before)

    def looking(self, state: str, reader: User, path: str = "", few: Sequence[int] | None = None) -> Q:
        """What is true of papers of which this word of `is:` is: that the reader marked them so; or, of what looks
        unread or read, that they did not mark otherwise what was named on that side of the day up to which they are
        caught up. `path` leads to the paper from what is filtered: `paper__`; `few` are the positions of all that they
        marked so, where these are known."""
        states: Any = self._states().filter(paper=OuterRef(f"{path}pk"))
        is_marked: Any = Exists(states.in_state(reader, state))
        if state not in _BY_DAY:
            return Q(is_marked)
        is_not_otherwise = ~Exists(states.looking_otherwise(reader, state))
        if reader.caught_up_to is None:
            return Q(is_not_otherwise) if state == State.UNREAD else Q(is_marked)
        if few is not None:
            is_marked = Q(position__in=few) if few else Value(False)
        # In cases, so that a day that is passed by costs no look at the states, and no side is sorted apart.
        by_day = When(_by_day(state, reader, path), then=is_not_otherwise)
        return Q(Case(by_day, default=is_marked, output_field=models.BooleanField()))

    @property
    def is_matched(self) -> bool:
        """Whether words were looked for in the index."""
        return any(join.table_name == "papers_search" for join in self.query.alias_map.values())

    @property
    def is_newest_first(self) -> bool:
        return str(self.query.order_by[0]).startswith("-")

    def in_date_order(self, *, oldest_first: bool = False) -> Self:
        """By position: the index's own where words were matched, so that the engine finds them in order."""
        place = "index__paper_id" if self.is_matched else "position"
        place = "place" if "place" in self.query.annotations else place
        return self.order_by(place if oldest_first else f"-{place}")

    def tagged_by_rules(self, tag: Any) -> Self:
        """On which rules put this tag, in no order."""
        ties = self._related("paper_tags").filter(tag=tag, origin="rule")
        return self.filter(pk__in=ties.values("paper"))

    def at_places(self, places: Sequence[int]) -> Self:
        """Of a few, by their positions, beyond which the index need not look."""
        few = Q(position__in=places)
        if self.is_matched and places:
            few &= Q(index__paper_id__gte=min(places), index__paper_id__lte=max(places))
        return self.filter(few)

    def before(self, place: int) -> Self:
        """Further back in date order than a position."""
        further = Q(position__lt=place)
        return self.filter(further & Q(index__paper_id__lt=place) if self.is_matched else further)

    def in_detail(self) -> Self:
        """With what a row shows beside the paper's own columns: tags, and the digests that named it."""
        entries = self._related("entries").select_related("digest__source").defer("record")
        tags = self._related("paper_tags").select_related("tag__alias_of").order_by("tag__slug")
        return self.prefetch_related(
            Prefetch("entries", entries.order_by("digest__date", "id")), Prefetch("paper_tags", tags)
        )

    def _states(self) -> models.QuerySet[Any]:
        return self._related("states")

    def _related(self, name: str) -> models.QuerySet[Any]:
        field: Any = self.model._meta.get_field(name)
        related: models.QuerySet[Any] = field.related_model._default_manager.all()
        return related


def _by_day(state: str, reader: User, path: str = "") -> Q:
    return Q(**{f"{path}named_on__{_BY_DAY[state]}": reader.caught_up_to})


def _few(places: Sequence[models.QuerySet[Any, tuple[int]]]) -> list[int] | None:
    """Where they are; None where they are too many to be looked up."""
    first, *others = places
    few = [place for (place,) in (first.union(*others, all=True) if others else first)[: FEW + 1]]
    return few if len(few) <= FEW else None


def _near(places: Sequence[models.QuerySet[Any, tuple[int]]], *, among_found: bool, alone: bool) -> Q:
    """Where papers are few, the places to look at, so that not all of the library is looked through for them."""
    few = _few(places)
    if few is None:
        return Q()
    if among_found and alone and 0 < len(few) <= _VERY_FEW:
        return Q(index__paper_id__in=few)
    if few and among_found:
        start, end = min(few), max(few)
        in_index = Q(index__paper_id__gte=start, index__paper_id__lte=end)
        return Q(position__range=(start, end)) & in_index
    return Q(position__in=few)
