"""Whether an instalment or another payment may be released on a day, and what is at stake if it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from typing import TYPE_CHECKING, Any

from guanzi.advice.appraisal import Prepared, prepare_sheet
from guanzi.advice.appraisal import run as run_paths
from guanzi.advice.structuring import TieredForm, bind_to_tiers
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.engine.simulation import SimulationResult
from guanzi.jobs.following.declared import MonitorRequest, ReleaseRequest
from guanzi.jobs.following.documents.release import Loss
from guanzi.jobs.following.monitoring import Watched, must_be_within, watch
from guanzi.jobs.following.watched import condition_data, demand_data, settlement_data, value_data
from guanzi.jobs.shared.run import Run
from guanzi.jobs.shared.unsimulated import not_simulable
from guanzi.record.playbooks import Gate, Playbook, load_playbook, worded
from guanzi.study.monitoring import Release, payments_meant, payout_of, release_of, step_end

if TYPE_CHECKING:
    from guanzi.render import Document

CURVES = ("loss_on_failure", "loss_on_departure")
Request = ReleaseRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The test, with what the playbook asks and what is at stake.

    Attributes:
        gates: What the playbook asks before money moves.
        losses: By the forecast of the day of signing; empty where the deal cannot be simulated.
        unsimulated: What is in the way of a simulation of the deal, where losses were asked for.
        received: Public money that reached the company by facts or the sheet, for any instalment; None: not known.
    """

    watched: Watched
    release: Release
    playbook: Playbook
    gates: tuple[Gate, ...]
    losses: tuple[Loss, ...]
    received: float | None
    unsimulated: tuple[Problem, ...] = ()

    @property
    def clear(self) -> bool:
        """The sheet lets it be paid, and every demand is met."""
        return self.release.clear


def release(request: Request) -> Result:
    """Test an instalment.

    Raises:
        InvalidInput: There is no such case, playbook or instalment, or facts after signing cannot be.
    """
    watched = watch(MonitorRequest(request.case, request.as_of))
    playbook = load_playbook(request.playbook)
    if request.as_of is not None:
        must_be_within(watched.sheet, request.as_of, "--as-of")
    tested = try_instalment(watched, request.tranche, playbook)
    prepared = prepare_sheet(watched.case.view(watched.case.decision_date), playbook, watched.sheet)
    if prepared.model is None or prepared.sheet is None:
        return replace(tested, unsimulated=tuple(not_simulable(watched.sheet, prepared)))
    return replace(
        tested, losses=_losses(prepared, bind_to_tiers(prepared.sheet, prepared.model), tested.release, request.run)
    )


def try_instalment(watched: Watched, tranche: str, playbook: Playbook) -> Result:
    """Test an instalment of a deal that is watched; nothing is simulated, so that no losses are told.

    Raises:
        InvalidInput: There is no such instalment.
    """
    from guanzi.advice.following import flows_of  # loads late: compiled code needs a moment

    sheet, view = watched.sheet, watched.view
    found = payout_of(sheet, tranche)
    if found is None:
        raise _unknown(watched, tranche)
    tested = release_of(sheet, view, found, watched.rules, watched.signs, watched.examined)
    asked = (gate for gate in playbook.governance.gates if gate.before == "money")
    buys = found.shares and found.nature == "invested"
    paid_out = tested.settled.completed is not None
    gates = tuple(gate for gate in asked if (buys or not gate.shares) and not paid_out)
    paid = [-flow.amount * 1e6 / sheet.unit for flow in flows_of(sheet, view) if flow.amount < 0.0]
    return Result(watched, tested, playbook, gates, (), sum(paid) if paid else None)


def data(result: Result) -> dict[str, Any]:
    """The test as plain data; amounts in the unit of the sheet."""
    release, watched = result.release, result.watched
    return {
        "case": watched.view.id,
        "as_of": watched.view.as_of.isoformat(),
        "tranche": release.payout.id,
        "instrument": release.payout.instrument,
        "due": (release.payout.already or release.payout.due).isoformat(),
        "answer": release.answer,
        "clear": release.clear,
        "currency": watched.sheet.currency,
        "unit": watched.sheet.unit,
        "amounts": {payer: value_data(value) for payer, value in release.amounts},
        "amount": release.amount,
        "assumed": release.assumed,
        "paid_and_verified": release.paid,
        "paid_by_facts": settlement_data(release.settled),
        "received_by_facts": result.received,
        "all_instalments": release.whole,
        "forgone": release.forgone,
        "unseen": release.unseen,
        "conditions": [condition_data(test) for test in release.conditions],
        "demands": [demand_data(test) for test in release.demands],
        "playbook": result.playbook.id,
        "gates": [{"id": gate.id, "state": gate.state, "source": gate.source} for gate in result.gates],
        "at_stake": [
            {"deal": x.form, "curve": x.curve, "day": x.day.isoformat(), "median": x.median, "p95": x.p95}
            for x in result.losses
        ],
    }


def document_of(result: Result) -> Document:
    """The test of the payment as a document."""
    from guanzi.jobs.following.documents.release import (  # loads late: most who test a payment draw nothing
        ReleaseStudy,
        release_document,
    )

    watched, gates = result.watched, tuple(worded(gate.text) for gate in result.gates)
    playbook, losses = result.playbook.called, result.losses
    told = result.release, playbook, gates, losses, result.received, result.unsimulated
    return release_document(ReleaseStudy(watched.view, watched.sheet, *told))


def _unknown(watched: Watched, id: str) -> InvalidInput:
    ids = payments_meant(watched.sheet, id)
    if not ids:
        return InvalidInput(Problem(Message.of("desk.release.no_tranches"), Place("TRANCHE")))
    fix = Message.of("desk.release.no_tranche.mend", ids=ids)
    if len(ids) == 1:
        fix = Message.of("core.near", near=ids[0])
    return InvalidInput(Problem(Message.of("desk.release.no_tranche", id=id), Place("TRANCHE"), fix, excerpt=id))


def _losses(prepared: Prepared, bound: TieredForm, release: Release, run: Run) -> tuple[Loss, ...]:
    """Both losses in the step of the day and a year on, for the deal as signed and bound to steps."""
    grid, found = release.examined.seen.grid, []
    now = release.examined.seen.until
    steps = [t for t in dict.fromkeys((now, now + 12 // grid.months)) if t < grid.count]
    with run.simulating(2 * run.paths) as running:
        for form, sheet in (("signed", bound.signed), ("bound", bound.bound)):
            result = run_paths(replace(prepared, sheet=sheet), run.paths, run.seed, running)
            if result is not None:
                found += [_loss(result, form, curve, step_end(grid, t), t) for curve in CURVES for t in steps]
    return tuple(found)


def _loss(result: SimulationResult, form: str, curve: str, day: date, t: int) -> Loss:
    fan = result.fans[curve]
    median, p95 = fan.p50[t], fan.p95[t]
    return Loss(form, curve, day, None if isnan(median) else median, None if isnan(p95) else p95)
