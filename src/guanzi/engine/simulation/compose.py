"""Composes a deal and a company into one program: both worlds on common draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from guanzi.base.core import InvalidInput, Message, Problem, without_collection
from guanzi.deal.program import CompanySlots, DealLowering, Emitter, Program
from guanzi.deal.terms import TermSheet, as_computed
from guanzi.engine.company import WITH, WITHOUT, CompanyModel, Policy
from guanzi.engine.simulation.recording import Recorder
from guanzi.engine.simulation.watching import Watch


def check_fit(sheet: TermSheet) -> None:
    """There must be something to pay, before anything runs.

    Raises:
        InvalidInput: There is nothing to pay.
    """
    if not sheet.moves_money:
        raise InvalidInput(Problem(Message.of("simulation.no_tranches", deal=sheet.deal), sheet.place))


@dataclass(frozen=True, slots=True)
class BegunProgram:
    """A program of which the declarations and the values of step 0 are written, and not yet the steps.

    All numbers of a company are in what is written, as constants: where a what-if has another company of the same kind,
    what is written differs in the values of constants alone, and the steps are the same.

    Attributes:
        head: What is written.
        shape: What the steps look at beside what is written.
        finish: Writes the steps; it is called once.
    """

    head: Emitter
    shape: tuple[object, ...]
    finish: Callable[[], Program]


def compose(
    sheet: TermSheet, model: CompanyModel, policy: Policy, *, given: bool = False, watched: tuple[str, ...] = ()
) -> Program:
    """The whole program of a deal.

    ``given``: the caller gives the parameters of each path. ``watched``: quantities that are put out step by step; see
    :mod:`guanzi.engine.simulation.watching`.

    Company models move by quarters. On a grid of months the company moves in the first month of a quarter (and in that
    of signing), and its solvency is tested in the last; the deal lives in every month.

    What a condition says of state that the model does not compute is read cautiously for the public side: see
    :func:`guanzi.deal.terms.as_computed`. Whoever shows results says so.

    Raises:
        InvalidInput: See :func:`check_fit`; or a value is unknown and has no bracket.
    """
    return begin(sheet, model, policy, given=given, watched=watched).finish()


@without_collection()
def begin(
    sheet: TermSheet, model: CompanyModel, policy: Policy, *, given: bool = False, watched: tuple[str, ...] = ()
) -> BegunProgram:
    """The declarations of a deal's program and the values of its step 0; see :func:`compose`.

    Raises:
        InvalidInput: See :func:`check_fit`; or a value is unknown and has no bracket.
    """
    check_fit(sheet)
    sheet = as_computed(sheet, model.provides())[0]
    e = Emitter(model.streams.own)
    model.declare(e, given=given)
    with_slots = model.declare_world(e, WITH)
    without_slots = model.declare_world(e, WITHOUT)
    deal = DealLowering(sheet, e, with_slots, policy.exit)
    deal.begin()
    record = Recorder(e, deal, policy, with_slots, without_slots)
    watch = Watch(e, deal, with_slots, watched)
    shape = (sheet, replace(policy, effects=None), watched, with_slots, without_slots, *shape_of(model))
    steps = _Steps(e, model.for_steps(), deal, record, watch, {WITH: with_slots, WITHOUT: without_slots})
    return BegunProgram(e, shape, steps.write)


def shape_of(model: CompanyModel) -> tuple[object, ...]:
    """What the steps of a company look at beside its slots."""
    looked_at = tuple(model.parameters[name].distribution for name in sorted(model.SHAPING))
    return (model.VERSION, type(model).__qualname__, model.streams, looked_at)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Writes the steps of a begun program."""

    e: Emitter
    model: CompanyModel
    deal: DealLowering
    record: Recorder
    watch: Watch
    slots: Mapping[str, CompanySlots]

    @without_collection()
    def write(self) -> Program:
        for t in range(self.deal.grid.count):
            self._step(t)
            self.e.end_step()
        self.record.epilogue()
        self.watch.epilogue()
        self.e.end_step()
        return self.e.program

    def _step(self, t: int) -> None:
        e, model, deal, record = self.e, self.model, self.deal, self.record
        with_slots, without_slots = self.slots[WITH], self.slots[WITHOUT]
        if deal.grid.moves(t):
            quarter = deal.grid.quarter(t)
            model.market(e, quarter)
            model.move(e, WITH, with_slots, quarter, bound=deal.draws(t))
            model.move(e, WITHOUT, without_slots, quarter, bound=None)
        deal.events(t)
        deal.tiers_and_covenants(t)
        record.before(t)
        deal.rights(t)
        deal.payments(t)
        model.mark(e, WITH, with_slots)
        model.mark(e, WITHOUT, without_slots)
        deal.recoveries(t)
        record.losses(t)
        for w, slots in self.slots.items() if deal.grid.closes(t) else ():
            failed = model.solvency(e, w, slots, deal.grid.quarter(t))
            record.failure(w, failed, t)
            model.liquidate(e, w, slots, failed)
            if w == WITH:
                deal.failure(failed)
            model.close(e, w, slots, failed)
        record.after(t)
        self.watch.after(t)
