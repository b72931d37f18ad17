"""The page on speed, `docs/speed.md`: its words stay, and what was measured is put between them."""

import re
from collections.abc import Sequence

from tests.commands import ROOT

from .plot import plot
from .report import report
from .results import Results

PLACE = re.compile(r"(?<=<!-- measured -->\n).*(?=<!-- end of measured -->)", re.DOTALL)


def write(measured: Sequence[Results]) -> None:
    """What was last measured on each database."""
    (ROOT / "docs" / "speed.svg").write_text(plot([results for results in measured if results.pages]))
    page = ROOT / "docs" / "speed.md"
    reports = "\n".join(map(report, measured))
    page.write_text(PLACE.sub(lambda _: f"\n{reports}\n", page.read_text()))
