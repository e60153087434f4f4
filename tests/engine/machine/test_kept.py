"""Lane code is kept for the next program of the same structure, and never used for another one."""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.peers.toy import toy_program

from guanzi.engine.machine import halves, halves_of, kept, lanes, lanes_of, shelf
from guanzi.engine.machine.assembler import with_values
from guanzi.engine.simulation.run import ThreadRecords, run_leaf


@pytest.fixture
def made(monkeypatch, tmp_path):
    """How often a program was lowered, with nothing kept at first and an own folder to keep it in."""
    count: list[object] = []
    lower = lanes.lane_code

    def counted(program):
        count.append(program)
        return lower(program)

    monkeypatch.setattr(lanes, "lane_code", counted)
    monkeypatch.setattr(kept, "WORTH", 0)
    monkeypatch.setattr(shelf, "folder_of", lambda _function: tmp_path)
    kept.clear()
    yield count
    kept.clear()


@pytest.fixture(scope="module")
def program():
    return toy_program()


def again(program):
    """The same program, as another command would make it."""
    kept.clear()
    return replace(program)


def same(one, other) -> bool:
    arrays = all(np.array_equal(getattr(one, n), getattr(other, n)) for n in ("words", "sources", "literals"))
    return arrays and (one.numbers, one.truths, one.flows) == (other.numbers, other.truths, other.flows)


def test_a_program_is_lowered_once_for_all_commands(program, made):
    first = lanes_of(replace(program))
    assert same(lanes_of(again(program)), first)
    assert len(made) == 1


def test_a_program_has_the_same_structure_in_every_process():
    code = """
from guanzi.engine.machine.assembler import assemble
from guanzi.deal.program import Emitter
e = Emitter()
e.number("out")
for _ in range(20):
    x, y, z = (e("SET", k=float(i)) for i in range(3))
    e.do("ACC", "out", e("MADD", x, y, z))
e.end_step()
print(assemble(e.program).structure.hex())
"""
    found = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1


def test_what_is_kept_gives_the_paths_that_what_is_made_gives(program, made):
    def paths(of) -> np.ndarray:
        return run_leaf(of, ThreadRecords(of), 7, 0, 256)

    assert np.array_equal(paths(replace(program)), paths(again(program)), equal_nan=True)
    assert len(made) == 1


def test_other_numbers_of_the_deal_are_the_same_structure_and_another_instruction_is_not(program, made):
    deal = np.flatnonzero(~program.literal)[0]
    changed = program.constants.copy()
    changed[deal] += 1.0
    assert replace(program, constants=changed).structure == program.structure
    assert with_values(program, changed).structure == program.structure
    code = program.code.copy()
    code[np.flatnonzero(code[:, 0] == 4)[0], 0] = 5
    assert replace(program, code=code).structure != program.structure
    literal = np.flatnonzero(program.literal)[0]
    changed[literal] += 1.0
    assert replace(program, constants=changed).structure != program.structure


@pytest.mark.parametrize("harm", [lambda x: x[:-1], lambda x: b"", lambda x: x[:99] + bytes([x[99] ^ 1]) + x[100:]])
def test_a_damaged_file_counts_as_none_and_is_mended(program, made, tmp_path, harm):
    first = lanes_of(replace(program))
    (file,) = tmp_path.rglob("*.lanes")
    whole = file.read_bytes()
    file.write_bytes(harm(whole))
    assert same(lanes_of(again(program)), first)
    assert len(made) == 2
    assert file.read_bytes() == whole


def test_where_nothing_can_be_written_programs_are_lowered_in_every_run(program, made, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    for folder in (None, tmp_path / "file"):
        monkeypatch.setattr(shelf, "folder_of", lambda _function, folder=folder: folder)
        made.clear()
        lanes_of(again(program))
        lanes_of(again(program))
        assert len(made) == 2


@pytest.mark.parametrize(("asked", "kept"), [("3", 3), ("", 2), ("many", 2)])
def test_old_files_make_room_for_new_ones(program, made, monkeypatch, tmp_path, asked, kept):
    monkeypatch.setattr(shelf, "ON_DISK", 2)
    monkeypatch.setenv(shelf.FOLDER_VARIABLE, asked)
    for flows in (60, 61, 62, 63):
        lanes_of(replace(program, flows=flows))
    assert len(list(tmp_path.rglob("*.lanes"))) == kept
    assert not [x for x in tmp_path.rglob("*") if x.is_file() and x.suffix != ".lanes"]


def test_the_halves_of_a_program_are_made_once_for_all_commands(program, made, monkeypatch):
    count: list[object] = []
    parted = halves.split

    def counted(whole, varying):
        count.append(whole)
        return parted(whole, varying)

    monkeypatch.setattr(halves, "split", counted)
    deal = np.flatnonzero(~program.literal)
    some, others = np.zeros(len(program.constants), np.bool_), np.zeros(len(program.constants), np.bool_)
    some[deal[0]] = others[deal[1]] = True
    first = halves_of(replace(program), some)
    found = [halves_of(again(program), some), halves_of(replace(program), some)]
    assert len(count) == 1
    for other in found:
        assert same(other.first, first.first)
        assert same(other.second, first.second)
        assert other.rows == first.rows
    halves_of(again(program), others)
    assert len(count) == 2
