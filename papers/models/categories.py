"""arXiv's categories with two names: one archive's, and another's that it stands for."""

from collections.abc import Mapping

from ..ids import slug

#: The slug of each such name, and the name that arXiv itself uses.
ARXIV_NAMES: Mapping[str, str] = {
    slug(alias): name
    for alias, name in (
        ("cs.NA", "math.NA"),
        ("cs.SY", "eess.SY"),
        ("math.IT", "cs.IT"),
        ("math.MP", "math-ph"),
        ("q-fin.EC", "econ.GN"),
        ("stat.TH", "math.ST"),
    )
}
