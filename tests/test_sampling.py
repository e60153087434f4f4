"""What `make test` leaves out of a sweep is named, chosen by rule, and run by `make prove`."""

import ast
from types import SimpleNamespace
from typing import cast

import pytest
from tests import sampling
from tests.sampling import PROVE, SWEEPS, examples, leave_to_the_proofs, members_of, sampled


@pytest.mark.parametrize("name", SWEEPS)
def test_every_sweep_is_a_test_with_parameters(repository, name):
    file, _, function = name.partition("::")
    tree = ast.parse((repository / file).read_text("utf-8"))
    (found,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function]
    told = {ast.unparse(decorator) for decorator in found.decorator_list}
    named = (node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in told)
    assert any("parametrize" in text for text in (*told, *map(ast.unparse, named)))


@pytest.mark.parametrize(("count", "one_in", "taken"), [(26, 4, 7), (3, 4, 1), (8, 1, 8), (0, 2, 0)])
def test_one_of_so_many_is_taken_whatever_the_order(count, one_in, taken):
    members = range(count)
    assert len(sampled(members, one_in)) == taken
    assert sampled(reversed(members), one_in) == sampled(members, one_in) <= set(members)


def test_a_part_of_a_sweep_and_its_rest_are_all_of_it():
    part, rest = (members_of(name, range(10), 3) for name in ("part", "rest"))
    assert (len(part), sorted(part + rest)) == (4, list(range(10)))


class Item:
    """A test as it is collected."""

    def __init__(self, nodeid):
        self.nodeid, self.marks = nodeid, []

    def add_marker(self, mark):
        self.marks.append(mark)


def test_what_is_not_taken_is_marked_for_the_proofs_and_nothing_else():
    swept, others = [Item(f"a.py::one[{n}]") for n in range(9)], [Item("a.py::two[1]"), Item("a.py::three")]
    leave_to_the_proofs(cast(list[pytest.Item], [*swept, *others]), {"a.py::one": 3})
    assert sorted(item.marks for item in swept) == [[]] * 3 + [[PROVE]] * 6
    assert not any(item.marks for item in others)


@pytest.mark.parametrize(("profile", "seen"), [(PROVE, (30, 3)), ("guanzi", (6, 2))])
def test_the_proofs_look_at_all_examples(monkeypatch, profile, seen):
    monkeypatch.setattr(sampling, "settings", SimpleNamespace(get_current_profile_name=lambda: profile))
    assert (examples(30), examples(3)) == seen


def test_the_make_file_asks_for_the_profile_of_the_proofs_wherever_it_proves(repository):
    _, proofs = (repository / "Makefile").read_text("utf-8").split("\nprove:", 1)
    asked = [line for line in proofs.split("\n\n", 1)[0].splitlines() if "$(BIN)/pytest" in line]
    assert len(asked) == 2
    assert all(f"--hypothesis-profile {PROVE}" in line for line in asked)
