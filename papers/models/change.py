"""Changes: what people did to the library, told as its history, each with what it takes to take it back."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from .former_key import FormerKey
from .paper import Paper
from .user import User


class ChangeQuerySet(models.QuerySet["Change"]):
    def about(self, thing: models.Model) -> Self:
        """What was done to one thing; to a paper also what was done to those that it took in."""
        return self.filter(subjects__name__in=_names(thing)).distinct()

    def hides(self, paper: Paper, *, otherwise: bool) -> bool:
        """Whether it is hidden, or something that it took in, by what was last decided; `otherwise` nothing was."""
        deciding = self.standing().filter(kind__in=(Change.Kind.HIDDEN, Change.Kind.SHOWN))
        about = ChangeSubject.objects.filter(name__in=_names(paper), change__in=deciding)
        latest = dict(about.order_by("change").values_list("name", "change__kind"))
        return Change.Kind.HIDDEN in latest.values() if latest else otherwise

    def hiding(self, paper: Paper) -> "Change | None":
        """What last hid a paper."""
        return self.about(paper).standing().filter(kind=Change.Kind.HIDDEN).newest_first().first()

    def after(self, change: "Change", *kinds: "Change.Kind") -> Self:
        """What was done later, of these kinds."""
        return self.filter(pk__gt=change.pk, kind__in=kinds)

    def newest_first(self) -> Self:
        return self.select_related("by", "taken_back_by").order_by("-pk")

    def with_subjects(self, most: int) -> Self:
        """With the first names of what each was done to."""
        first = ChangeSubject.objects.order_by("pk")[:most]
        return self.prefetch_related(models.Prefetch("subjects", first, to_attr="first_subjects"))

    def made_by(self, person: int) -> Self:
        return self.filter(by=person)

    def people(self) -> models.QuerySet[User]:
        """Those who made any."""
        return User.objects.filter(Exists(self.filter(by=OuterRef("pk")))).order_by("name", "username")

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(taken_back_at__isnull=True)

    def taken_back(self) -> Self:
        return self.filter(taken_back_at__isnull=False)


class ChangeManager(models.Manager["Change"]):
    def record(
        self,
        kind: "Change.Kind",
        by: Any,
        things: Iterable[models.Model],
        said: str,
        *,
        why: str = "",
        before: Any = None,
        after: Any = None,
    ) -> "Change":
        """Writes down what somebody has done to these things, in the transaction that does it."""
        change = self.create(kind=kind, by=by, said=said, why=why, before=before or {}, after=after or {})
        names = dict.fromkeys(map(named, things))
        ChangeSubject.objects.bulk_create(ChangeSubject(change=change, name=name) for name in names)
        return change


class Change(models.Model):
    """One thing that somebody did. How each kind is taken back is in `exchange.taking_back`."""

    class Kind(models.TextChoices):
        CORRECTED = "corrected", "corrected"
        MERGED = "merged", "merged"
        SPLIT = "split", "split"
        APART = "apart", "kept apart"
        WITHDRAWN = "withdrawn", "undid an ingest"
        TAG = "tag", "tag changed"
        TAGGED = "tagged", "paper tagged"
        RULE = "rule", "rule changed"
        MENDED = "mended", "taken in from quarantine"
        DISMISSED = "dismissed", "dismissed from quarantine"
        BROUGHT_BACK = "brought back", "brought back into quarantine"
        REDATED = "redated", "digest dated"
        JOINED = "joined", "digests joined"
        NAMED = "named", "called otherwise"
        TRUSTED = "trusted", "trust changed"
        HIDDEN = "hidden", "hidden"
        SHOWN = "shown", "shown"

    kind = models.CharField(max_length=20, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="changes")
    made_at = models.DateTimeField(auto_now_add=True)
    said = models.TextField(help_text="What was done, in words.")
    why = models.TextField(blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ChangeManager.from_queryset(ChangeQuerySet)()

    #: Of what it was done to, where a query has asked for it.
    first_subjects: "list[ChangeSubject]"

    class Meta:
        verbose_name_plural = "history"

    def __str__(self) -> str:
        return self.said


class ChangeSubject(models.Model):
    """What a change was done to, by a name that outlives it: `paper:<key>`, `tag:<id>`."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="subjects")
    name = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["name"], name="changes_by_subject")]

    def __str__(self) -> str:
        return self.name


def named(thing: models.Model) -> str:
    """The name by which changes remember a thing: a paper's is its key, which merges and splits give back."""
    return f"paper:{thing.key}" if isinstance(thing, Paper | FormerKey) else f"{thing._meta.model_name}:{thing.pk}"


def _names(thing: models.Model) -> list[str]:
    """All names that a thing goes by: a paper's also by those of what it took in."""
    formers = FormerKey.objects.of_papers([thing.pk]) if isinstance(thing, Paper) else ()
    return [named(thing), *map(named, formers)]
