"""What throughput is compared with gives the same results as the lane machine."""

import ast
from importlib import import_module

import numpy as np
import pytest
from benchmarks.peers.arrays import whole_arrays
from benchmarks.peers.blocks import run_blocks
from benchmarks.peers.frames import frames
from benchmarks.peers.toy import toy_program
from benchmarks.throughput import MEMORY, START, draws_only, machine
from tests.engine.simulation.examples import POLICY, model, sheet

from guanzi.engine.machine.assembler import NAMES, assemble
from guanzi.engine.machine.irr import CONVERGED
from guanzi.engine.simulation.compose import compose

PATHS = 600


@pytest.fixture(scope="module")
def toy():
    program = toy_program()
    return program, machine(program, PATHS)


def test_whole_arrays_give_the_results_of_the_machine(toy):
    for name, values in whole_arrays(7, PATHS).items():
        assert np.allclose(values, toy[1][name], rtol=1e-9, atol=1e-9, equal_nan=True), name


def test_the_frame_of_gaspatchio_gives_the_results_of_the_machine(toy):
    pytest.importorskip("gaspatchio")
    for name, values in frames(7, PATHS).items():
        assert np.allclose(values, toy[1][name], rtol=1e-9, atol=1e-9, equal_nan=True), name


def test_the_executor_in_blocks_gives_the_results_of_the_machine_on_a_toy_and_on_a_sheet(toy):
    for name, values in run_blocks(toy[0], 7, PATHS).items():
        assert np.allclose(values, toy[1][name], rtol=1e-9, atol=1e-9, equal_nan=True), name
    whole = assemble(compose(sheet(), model(), POLICY))
    ours, theirs = machine(whole, PATHS), run_blocks(whole, 7, PATHS)
    one = ours["fund.irr_status"] == CONVERGED  # the peer does not count rates: it finds one, and says no status
    for name in ours.keys() - {"fund.irr_status"}:
        same = np.isclose(ours[name], theirs[name], rtol=1e-6, atol=1e-6, equal_nan=True)
        assert same[one if name == "fund.irr" else slice(None)].mean() > 0.995, name


def test_random_numbers_alone_are_as_many_as_the_program_draws(toy):
    for kind in ("NORMAL", "UNIFORM"):
        numbers = [program.code[program.code[:, 0] == NAMES.index(kind)] for program in (toy[0], draws_only(toy[0]))]
        assert len(numbers[0]) == 120
        assert len(numbers[1]) == 120 if kind == "NORMAL" else 60 < len(numbers[1]) < 120  # nobody lists at the start


@pytest.mark.parametrize("script", [MEMORY, START], ids=["memory", "start"])
def test_what_is_measured_in_a_process_of_its_own_imports_what_there_is(script):
    for found in ast.walk(ast.parse(script)):
        if isinstance(found, ast.ImportFrom):
            module = import_module(str(found.module))
            assert [x.name for x in found.names if not hasattr(module, x.name)] == []
