"""Rules set, switched and taken away; the library's papers follow."""

from typing import Any

from ..models import Change, Edition, Errand, PaperTag, Rule, Tag, User
from .keep import sole_writer
from .refusal import Refused

_COLUMNS = ("tag_id", "question", "is_on")


def set_rule(rule: Rule, *, by: User | None = None, why: str = "") -> Change | None:
    """Saves a rule, new or changed; tells the change, if anything is otherwise."""
    with sole_writer():
        before = _columns(Rule.objects.filter(pk=rule.pk).first())
        rule.save()
        after = _columns(rule)
        if before == after:
            return None
        verb = "Changed the rule" if before else "Made a rule"
        return _record(rule, f"{verb}: {rule}", (before, after), by, why)


def delete_rule(rule: Rule, *, by: User | None = None, why: str = "") -> Change | None:
    """One that is there no more needs nothing."""
    with sole_writer():
        if not (before := _columns(Rule.objects.filter(pk=rule.pk).first())):
            return None
        change = _record(rule, f"Deleted the rule: {rule}", (before, {}), by, why)
        Rule.objects.filter(pk=rule.pk).delete()
    return change


def take_back(change: Change) -> None:
    pk = int(change.subjects.get(name__startswith="rule:").name.partition(":")[2])
    rule = Rule.objects.filter(pk=pk).first()
    if _columns(rule) != change.after:
        raise Refused("The rule was changed again since; undo that first.")
    if change.before and not Tag.objects.filter(pk=change.before["tag_id"]).exists():
        raise Refused("Its tag is no more; undo first what took that away.")
    _follow(change.after, change.before)
    if not change.before:
        Rule.objects.filter(pk=pk).delete()
    else:
        Rule(pk=pk, **change.before).save()


def _columns(rule: Rule | None) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in _COLUMNS} if rule else {}


def _record(rule: Rule, said: str, states: tuple[dict[str, Any], dict[str, Any]], by: User | None, why: str) -> Change:
    before, after = states
    _follow(before, after)
    Edition.objects.next()
    return Change.objects.record(Change.Kind.RULE, by, [rule, rule.tag], said, why=why, before=before, after=after)


def _follow(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Errands to the papers that it tagged, and to those that it tags now."""
    if before:
        Errand.objects.create(tag_id=before["tag_id"], origin=PaperTag.Origin.RULE)
    if after.get("is_on"):
        Errand.objects.create(question=after["question"])
