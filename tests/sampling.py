"""What `make test` takes of a long sweep, by rule; `make prove` takes all of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Protocol

import pytest
from hypothesis import settings

PROVE = "prove"
"""The marker, and the profile of hypothesis, of `make prove`."""
SWEEPS: Mapping[str, int] = {
    "tests/deal/terms/test_workbook.py::test_a_shipped_case_comes_back_whole": 4,
    "tests/docs/test_docs_run.py::test_a_page_does_what_it_says": 3,
    "tests/office/test_forgeries.py::test_every_column_of_the_schema_is_noticed_or_has_a_reason": 4,
    "tests/office/test_forgeries.py::test_what_is_done_cleverly_in_the_database_is_noticed": 4,
    "tests/office/test_odd_addresses.py::test_json_of_many_levels_is_no_error_of_the_server": 3,
    "tests/office/test_serving.py::test_other_machines_reach_no_office_without_a_server_in_front": 4,
    "tests/truth/test_metamorphic.py::test_what_must_not_matter_changes_nothing": 3,
    "tests/truth/test_nothing_later.py::test_what_came_later_changes_no_byte": 2,
    "tests/truth/test_reversals.py::test_what_turns_the_advice_on_a_case_of_the_library_does": 3,
    "tests/truth/test_signs.py::test_a_bad_fact_improves_nothing_and_a_good_one_worsens_nothing": 4,
}
"""Tests with many parameters that cost seconds each: `make test` takes one of so many."""


class Collected(Protocol):
    """A test as it was collected."""

    @property
    def nodeid(self) -> str:
        """Its file, name and parameters."""

    def add_marker(self, marker: str) -> None:
        """Mark it."""


def rank(id: str) -> bytes:
    """Where the member of a sweep stands in the order in which members are taken: a hash, the same in every run."""
    return sha256(id.encode()).digest()


def sampled[T](members: Iterable[T], one_in: int) -> set[T]:
    """The members of a sweep that `make test` takes: one of so many, and at least one."""
    order = sorted(members, key=lambda one: rank(str(one)))
    return set(order[: -(-len(order) // one_in)])


PARTS = ("part", pytest.param("rest", marks=getattr(pytest.mark, PROVE)))
"""Parameters of a fixture that is made for a part of a sweep, and for its rest in the proofs."""


def members_of[T](part: str, members: Iterable[T], one_in: int) -> list[T]:
    """The members of a sweep that are in a part of it, see :data:`PARTS`, in their order."""
    members = list(members)
    taken = sampled(members, one_in)
    return [one for one in members if (one in taken) == (part == "part")]


def leave_to_the_proofs(items: Iterable[Collected], sweeps: Mapping[str, int] = SWEEPS) -> None:
    """Mark for `make prove` what `make test` does not take of the sweeps."""
    found = defaultdict[str, dict[str, Collected]](dict)
    for item in items:
        found[item.nodeid.partition("[")[0]][item.nodeid] = item
    for name, one_in in sweeps.items():
        for id in found[name].keys() - sampled(found[name], one_in):
            found[name][id].add_marker(PROVE)


def examples(whole: int, one_in: int = 3) -> int:
    """How many random examples a test looks at: all in `make prove`, else one of so many, and at least two."""
    return whole if settings.get_current_profile_name() == PROVE else max(2, whole // one_in)
