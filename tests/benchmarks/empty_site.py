"""The product's settings, and one view more: one that does nothing but return bytes to whoever signed in."""

from digest_site.settings import *  # noqa: F403
from digest_site.settings import DATA_DIR

ROOT_URLCONF = "tests.benchmarks.empty_view"
#: All libraries share their static files, and the pages beside which ours are measured.
STATIC_ROOT = DATA_DIR.parent / "empty" / "static"
