"""Two devices of one reader, marking at once: no error, and no mark is lost."""

import pytest

from tests.installation import Installation

TOGETHER = [
    *("mark_the_same_papers", "mark_one_and_all", "do_the_same", "undo_twice_and_write"),
    *("mark_what_is_being_merged", "mark_before_it_is_merged", "write_while_it_goes"),
    "speak_of_what_is_being_merged",
    "leave_while_a_list_is_given_away",
    *("leave_while_what_one_marked_becomes_one", "leave_while_one_s_name_is_changed"),
    "come_by_a_link_that_is_taken_back",
    *("put_on_a_list_while_pairs_become_one", "put_on_a_list_from_which_one_was_taken_off"),
    "put_on_a_list_what_is_being_hidden",
]


@pytest.mark.parametrize("what", TOGETHER)
def test_what_devices_do_at_once_is_all_done(what: str, installation: Installation) -> None:
    ran = installation.run("shell", "-v0", "-c", f"from tests.models import devices; devices.{what}()")
    assert (ran.code, ran.err) == (0, "")
