"""Twenty people write on one list at once: no error, nothing lost, and no paper there twice."""

import pytest

from tests.installation import Installation

TOGETHER = ["add_the_same", "move_the_same", "claim_the_same", "do_everything"]


@pytest.mark.parametrize("what", TOGETHER)
def test_what_twenty_do_at_once_is_all_done(what: str, installation: Installation) -> None:
    ran = installation.run("shell", "-v0", "-c", f"from tests.models import list_writers; list_writers.{what}()")
    assert (ran.code, ran.err) == (0, "")
