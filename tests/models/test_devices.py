"""Two devices of one reader, marking at once: no error, and no mark is lost."""

import pytest

from tests.installation import Installation

TOGETHER = [
    *("mark_the_same_papers", "mark_one_and_all", "do_the_same", "undo_twice_and_write"),
    *("mark_what_is_being_merged", "mark_before_it_is_merged", "write_while_it_goes"),
    "leave_while_a_list_is_given_away",
    "put_on_a_list_while_pairs_become_one",
]


@pytest.mark.parametrize("what", TOGETHER)
def test_what_devices_do_at_once_is_all_done(what: str, installation: Installation) -> None:
    ran = installation.run("shell", "-v0", "-c", f"from tests.models import devices; devices.{what}()")
    assert (ran.code, ran.err) == (0, "")
