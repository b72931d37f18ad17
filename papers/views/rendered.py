"""Pieces of pages, rendered many at a time, and kept for as long as they look the same to everybody."""

from collections.abc import Callable, Iterable, Mapping

from django.core.cache import caches
from django.template import Context, Template
from django.template.loader import get_template


def each(component: str, contexts: Iterable[Mapping[str, object]]) -> list[str]:
    """A component rendered in each context, all in one go: to begin takes longer than to render a few words."""
    template: Template = get_template(f"components/{component}.html").template  # type: ignore[attr-defined]
    context = Context()
    rendered: list[str] = []
    with context.render_context.push_state(template), context.bind_template(template):
        for one in contexts:
            with context.push(**one):
                rendered.append(template.nodelist.render(context))
    return rendered


def kept[T](kind: str, edition: int, ids: Iterable[int], make: Callable[[list[int]], dict[int, T]]) -> dict[int, T]:
    """What is made of rows, by their ids; each once an edition by each worker."""
    cache = caches["rendered"]
    keys = {f"{edition}-{kind}-{pk}": pk for pk in ids}
    known: dict[int, T] = {keys[key]: made for key, made in cache.get_many(keys).items()}
    new = [pk for pk in keys.values() if pk not in known]
    if not new:
        return known
    made = make(new)
    cache.set_many({f"{edition}-{kind}-{pk}": one for pk, one in made.items()}, timeout=None)
    return known | made
