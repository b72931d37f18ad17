"""What changes were done to, as links: changes remember things by names that outlive them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from ..models import FormerKey, Paper
from ..models.change import named


class Thing(NamedTuple):
    """What it is called, and its page on the desk; no page where there is none, or not for this person."""

    label: str
    address: str = ""


def things_at(names: Iterable[str], request: HttpRequest) -> dict[str, Thing]:
    """The things of these names. It takes a query for each kind of thing, however many there are."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for name in names:
        kind, _, key = name.partition(":")
        by_kind[kind].add(key)
    things: dict[str, Thing] = {}
    for kind, keys in by_kind.items():
        things |= {f"{kind}:{key}": Thing(f"a {kind} that is no more") for key in keys}
        things |= {name: _thing(each, request) for name, each in _there(kind, keys).items()}
    return things


def _there(kind: str, keys: set[str]) -> Mapping[str, Any]:
    if kind == "paper":
        merged = FormerKey.objects.filter(key__in=keys, paper__isnull=False).select_related("paper")
        return {f"paper:{row.key}": row.paper for row in merged} | _named(
            Paper.objects.filter(key__in=keys)[: len(keys)]
        )
    rows = apps.get_model("papers", kind)._default_manager.filter(pk__in=keys)
    if admin.site.is_registered(rows.model) and (related := admin.site.get_model_admin(rows.model).list_select_related):
        rows = rows.select_related(*related)  # type: ignore[misc]
    return _named(rows)


def _named(rows: Iterable[Any]) -> dict[str, Any]:
    return {named(row): row for row in rows}


def _thing(thing: Any, request: HttpRequest) -> Thing:
    model = type(thing)
    if not admin.site.is_registered(model) or not admin.site.get_model_admin(model).has_view_permission(request):
        return Thing(str(thing))
    return Thing(str(thing), reverse(f"admin:papers_{model._meta.model_name}_change", args=[thing.pk]))
