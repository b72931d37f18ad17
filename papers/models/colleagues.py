"""Colleagues: people and teams found by their names, so that something can be shared with them, or said to them."""

from django.db.models import Q, QuerySet

from .team import Team
from .user import User

type Colleague = User | Team

#: So many of each are offered while somebody types …
_MOST = 8
#: … and so many of one name are told apart.
_MOST_NAMESAKES = 20


def suggested(text: str, reader: User) -> list[Colleague]:
    """Some of those in whose names a word begins so. An address finds nobody, not even whose user name it is."""
    begins = Q(name__istartswith=text) | Q(name__icontains=f" {text}")
    return _found(text, reader, begins, Q(username__istartswith=text), _MOST)


def mentionable(text: str, among: QuerySet[User], by: User) -> list[User]:
    """Some of these people, beside who writes, in whose names a word begins so, and whose user name is no address."""
    if not text:
        return []
    begins = Q(name__istartswith=text) | Q(name__icontains=f" {text}") | Q(username__istartswith=text)
    others = among.filter(begins).exclude(Q(pk=by.pk) | Q(username__contains="@"))
    return list(others.order_by("name", "username")[:_MOST])


def called(text: str, reader: User) -> list[Colleague]:
    """Those who are called just so, by name or user name, however it is capitalised."""
    return _found(text, reader, Q(name__iexact=text), Q(username__iexact=text), _MOST_NAMESAKES)


def _found(text: str, reader: User, named: Q, by_user_name: Q, most: int) -> list[Colleague]:
    if not text or "@" in text:
        return []
    people = _others(reader).filter(named | (by_user_name & ~Q(username__contains="@"))).order_by("name", "username")
    teams = Team.objects.filter(named).in_order()
    return [*people[:most], *teams[:most]]


def _others(reader: User) -> QuerySet[User]:
    return User.objects.filter(is_active=True).exclude(pk=reader.pk)
