"""Programs that were composed and assembled last are used again: a what-if has other numbers, not other code."""

from __future__ import annotations

import threading
from collections import OrderedDict

from guanzi.deal.program import Program
from guanzi.deal.terms import TermSheet
from guanzi.engine.company import CompanyModel, Policy
from guanzi.engine.machine import Assembled, assemble, with_constants
from guanzi.engine.simulation.compose import compose
from guanzi.engine.simulation.pruning import prune

KEPT = 16
"""Assembled programs that are kept, one for each structure and choice of outputs."""

type _Deal = tuple[TermSheet, CompanyModel, Policy]

_assembled: OrderedDict[tuple[int, tuple[str, ...] | None], Assembled] = OrderedDict()
_lock = threading.Lock()
_last: tuple[_Deal, Program] | None = None
_hashed: tuple[Program, int] | None = None


def program_of(sheet: TermSheet, model: CompanyModel, policy: Policy) -> Program:
    """The program of a deal, as :func:`guanzi.engine.simulation.compose.compose` gives it; the last one is kept.

    It is not to be changed.

    Raises:
        InvalidInput: See there.
    """
    global _last
    deal, last = (sheet, model, policy), _last
    if last is not None and last[0] == deal:
        return last[1]
    program = compose(sheet, model, policy)
    _last = (deal, program)
    return program


def assembled_of(program: Program, outputs: tuple[str, ...] | None = None) -> Assembled:
    """A composed program ready to run: assembled, or an assembled one of its structure with its constants.

    Args:
        program: The program.
        outputs: The outputs to which it is cut down; None: all, with distributions over time.
    """
    key = (structure_of(program), outputs)
    with _lock:
        found = _assembled.get(key)
        if found is not None:
            _assembled.move_to_end(key)
    if found is None:
        found = assemble(program if outputs is None else prune(program, outputs))
        with _lock:
            _assembled[key] = found
            while len(_assembled) > KEPT:
                _assembled.popitem(last=False)
    return with_constants(found, program)


def structure_of(program: Program) -> int:
    """A hash of everything in a program but the values of its constants: instructions, slots and records.

    That of the last program is kept: several ask for it before the next one is composed.
    """
    global _hashed
    last = _hashed
    if last is None or last[0] is not program:
        last = _hashed = (program, _structure_of(program))
    return last[1]


def _structure_of(program: Program) -> int:
    index = {name: i for i, name in enumerate(program.constants)}
    steps = tuple(
        hash(tuple([(*x[:3], x.clause, *[index[name] for name in x.constants]) for x in step]))
        for step in program.steps
    )
    slots = (tuple(program.numbers.items()), tuple(program.truths.items()), tuple(sorted(program.accounts)))
    # Literals are named after their value: they belong to the structure, and so do the rows of the records.
    literals = tuple((name, value) for name, value in program.constants.items() if name.startswith("="))
    rows = (tuple(program.outputs), tuple(program.histograms), tuple(program.tallies), program.flows, len(index))
    return hash((steps, slots, literals, rows))
