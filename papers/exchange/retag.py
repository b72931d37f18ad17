"""Papers tagged anew: what rules say of them, and what aliases mean, is put on them and into their tokens."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ..models import Paper, PaperTag, Rule
from ..search import with_tags
from .fields import borne_by
from .rows import insert, rewrite
from .totals import Totals


def obey(papers: Sequence[Paper]) -> None:
    """Tags papers that are otherwise in step as the rules want it, if there are any."""
    if rules := list(Rule.objects.standing()):
        retag(papers, rules)


def retag(papers: Sequence[Paper], rules: Iterable[Rule]) -> None:
    """Makes the tags that papers bear what was put on them by digests, people, and these rules: all that there are."""
    _rule(papers, rules)
    ties: dict[int, list[Any]] = defaultdict(list)
    for tie in PaperTag.objects.filter(paper__in=papers).with_meaning():
        ties[tie.paper_id].append(tie)
    totals = Totals()
    changed = []
    for paper in papers:
        facets = with_tags(paper.facets, borne_by(ties[paper.pk]))
        if facets != paper.facets:
            totals.remove(paper)
            paper.facets = facets
            totals.add(paper)
            changed.append(paper)
    rewrite(Paper, "facets", [(paper.facets, paper.pk) for paper in changed])
    totals.save()


def _rule(papers: Sequence[Paper], rules: Iterable[Rule]) -> None:
    """Each rule is asked about these papers only. None can see what another one did, as none asks for tags."""
    wanted = {(paper, rule.tag_id) for rule in rules for paper in rule.among(papers)}
    ties = PaperTag.objects.filter(paper__in=papers, origin=PaperTag.Origin.RULE)
    present = {(tie.paper_id, tie.tag_id): tie.pk for tie in ties}
    PaperTag.objects.filter(pk__in=[present[pair] for pair in present.keys() - wanted]).delete()
    new = [(*pair, PaperTag.Origin.RULE.value) for pair in sorted(wanted - present.keys())]
    insert(PaperTag, ("paper_id", "tag_id", "origin"), new)
