"""The library's vocabulary: the words of its titles and the names of its authors, and how many papers have each."""

from collections.abc import Mapping
from itertools import batched
from typing import Any, Self

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ExpressionWrapper, F, Q

from ..access import Reader, may_read_library
from ..words import folded

#: A term of so many papers is common. However large the library, only some hundreds of those begin alike.
_COMMON = 50
#: How many of the others are looked at, in alphabetical order.
_LOOKED_AT = 1_000
#: How many rows one statement writes.
_AT_ONCE = 1_000
#: Letters; a longer word or name is none.
LONGEST_WORD, LONGEST_NAME = 40, 200
_LAST_LETTER = "\U0010ffff"


def words(text: str) -> set[str]:
    """The words of a title that count as such: of two letters or more, and no mere numbers."""
    return {word for word in folded(text).split() if 1 < len(word) <= LONGEST_WORD and not word.isdecimal()}


class BytewiseField(models.CharField):  # type: ignore[type-arg]
    """Text in the order of its bytes, whatever language the database sorts by, so that an index finds beginnings."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}


def begins(field: str, start: str) -> Q:
    """That a `BytewiseField` begins so."""
    return Q(**{f"{field}__gte": start, f"{field}__lt": start + _LAST_LETTER})


class TermQuerySet[T: "Term"](models.QuerySet[T]):
    def visible_to(self, reader: Reader) -> Self:
        return self if may_read_library(reader) else self.none()

    def most_used(self, most: int) -> list[T]:
        """At most so many, the most used first; the same work at any size of the library, as of those that are not
        common it looks at only so many."""
        common = list(self.filter(is_common=True).order_by("-size", "pk")[:most])
        if len(common) == most:
            return common
        looked_at = self.filter(is_common=False)[:_LOOKED_AT]
        others = self.model._default_manager.filter(pk__in=looked_at.values("pk")).order_by("-size", "pk")
        return [*common, *others[: most - len(common)]]

    def grow(self, more: Mapping[str, int]) -> None:
        """Adds to the sizes of terms, known or new, or takes from them. What no paper has any more is gone."""
        growing = sorted(key for key, number in more.items() if number > 0)  # as neighbours are sooner written together
        for keys in batched(growing, _AT_ONCE):
            self._add({key: more[key] for key in keys})
        for key, number in more.items():
            if number < 0:
                self.filter(pk=key).update(size=F("size") + number)
                self.filter(pk=key, size=0).delete()

    def _add(self, more: Mapping[str, int]) -> None:
        """In SQL, because where there is a row `bulk_create` can set a column, but not add to it."""
        table, key, columns = self.model._meta.db_table, self.model._meta.pk.column, [*self.model.forms(""), "size"]
        row = f"({', '.join(['%s'] * len(columns))})"
        values: list[str | int] = []
        for term, number in more.items():
            values += (*self.model.forms(term).values(), number)
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * len(more))} "
                f"ON CONFLICT ({key}) DO UPDATE SET size = {table}.size + excluded.size",
                values,
            )


class Term(models.Model):
    """Something that papers have, and how many do. `exchange.totals` keeps it in step with them."""

    size = models.PositiveIntegerField(default=0)
    is_common = models.GeneratedField(
        expression=ExpressionWrapper(Q(size__gte=_COMMON), models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        abstract = True

    @staticmethod
    def forms(key: str) -> dict[str, str]:
        """The columns by which it is known and found."""
        raise NotImplementedError


class WordQuerySet(TermQuerySet["Word"]):
    def beginning(self, start: str) -> Self:
        return self.filter(begins("text", start))

    def near(self, word: str) -> Self:
        """Those that differ from `word` in one letter, and others that are like it.

        One letter more, less or other leaves one half of a word as it was, and each half is a beginning that an index
        finds, be it from behind; two letters that changed places do, too, unless it is where the halves meet. It takes
        no trigrams, for which each database would need an index of its own kind.
        """
        middle = len(word) // 2
        first, last = word[:middle], word[middle:]
        swapped = first[:-1] + last[:1] + first[-1:] + last[1:]
        return self.filter(begins("text", first) | begins("backwards", last[::-1]) | Q(text=swapped))


class Word(Term):
    """A folded word, and how many papers have it in their titles."""

    text = BytewiseField(max_length=LONGEST_WORD, primary_key=True)
    backwards = BytewiseField(max_length=LONGEST_WORD)

    objects = WordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["backwards"], name="words_backwards"),
            models.Index(fields=["text"], condition=Q(is_common=True), name="common_words"),
            models.Index(fields=["backwards"], condition=Q(is_common=True), name="common_words_backwards"),
        ]

    def __str__(self) -> str:
        return str(self.text)

    @staticmethod
    def forms(key: str) -> dict[str, str]:
        return {"text": key, "backwards": key[::-1]}


class AuthorQuerySet(TermQuerySet["Author"]):
    def beginning(self, text: str) -> Self:
        """Whose names, as they are given or from the last word on, begin with a text, however it is spelled."""
        start = folded(text)
        return self.filter(begins("folded", start) | begins("rotated", start))


class Author(Term):
    """A name as papers show it, and how many have it. Two people of one name are one here."""

    name = models.CharField(max_length=LONGEST_NAME, primary_key=True)
    folded = BytewiseField(max_length=LONGEST_NAME)
    rotated = BytewiseField(max_length=LONGEST_NAME, help_text="Folded, beginning with the last word.")

    objects = AuthorQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["folded"], name="authors_by_first_word"),
            models.Index(fields=["rotated"], name="authors_by_last_word"),
            models.Index(fields=["folded"], condition=Q(is_common=True), name="common_authors_by_first_word"),
            models.Index(fields=["rotated"], condition=Q(is_common=True), name="common_authors_by_last_word"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def forms(key: str) -> dict[str, str]:
        given = folded(key)
        first, _, last = given.rpartition(" ")
        return {"name": key, "folded": given[:LONGEST_NAME], "rotated": f"{last} {first}".strip()[:LONGEST_NAME]}
