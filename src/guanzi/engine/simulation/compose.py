"""Composes a deal and a company into one program: both worlds on common draws."""

from __future__ import annotations

from guanzi.base.core import InvalidInput, Message, Problem, without_collection
from guanzi.deal.program import DealLowering, Emitter, Program
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


@without_collection()
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
    for t in range(deal.grid.count):
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
        for w, slots in ((WITH, with_slots), (WITHOUT, without_slots)) if deal.grid.closes(t) else ():
            failed = model.solvency(e, w, slots, deal.grid.quarter(t))
            record.failure(w, failed, t)
            model.liquidate(e, w, slots, failed)
            if w == WITH:
                deal.failure(failed)
            model.close(e, w, slots, failed)
        record.after(t)
        watch.after(t)
        e.end_step()
    record.epilogue()
    watch.epilogue()
    e.end_step()
    return e.program
