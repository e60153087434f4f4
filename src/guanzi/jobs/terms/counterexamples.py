"""Counterexamples of the linter: simulated, and kept with the finding that they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from guanzi.advice.appraisal import Prepared, generic_model, policy_of, prepare_sheet
from guanzi.advice.structuring import DealSetting, Stories, counterexamples, runs
from guanzi.base.core import InvalidInput, Message
from guanzi.deal.lint import Diagnostic
from guanzi.deal.terms import TermSheet, unknowns
from guanzi.engine.company import CompanyModel
from guanzi.jobs.shared.run import Run
from guanzi.record.evidence import View
from guanzi.record.playbooks import Playbook


def find_stories(
    sheet: TermSheet, diagnostics: Sequence[Diagnostic], view: View | None, playbook: Playbook, run: Run
) -> Stories:
    """Counterexamples of one sheet: with the calibrated model of its case, or with a stated one for a bare file.

    Of a company that has ended or that the model cannot forecast there are none, and the note says why.
    """
    if not sheet.public or not sheet.moves_money:
        return Stories(note=Message.of("desk.lint.no_money"))
    if any(not gap.simulated for gap in unknowns(sheet)):
        return Stories(note=Message.of("desk.lint.no_bracket"))
    prepared = prepare_sheet(view, playbook, sheet) if view is not None and view.facts else None
    if prepared is not None and (why := next(prepared.obstacles, None)) is not None:
        return Stories(note=why)
    model, note = _model(sheet, prepared)
    policy = policy_of(playbook, sheet.public[0])
    total = runs(sheet, diagnostics) * run.paths
    if not total:
        return Stories()
    try:
        with run.working("paths", total) as advance:
            found = counterexamples(
                DealSetting(sheet, model, policy),
                diagnostics,
                paths=run.paths,
                seed=run.seed,
                threads=run.threads,
                progress=advance,
            )
    except InvalidInput as error:
        return Stories(note=Message.of("desk.lint.not_simulated", why=error.problems[0].cause))
    return Stories({one.diagnostic: one for one in found}, note)


def _model(sheet: TermSheet, prepared: Prepared | None) -> tuple[CompanyModel, Message]:
    if prepared is not None and prepared.model is not None:
        return prepared.model, Message.of("desk.lint.case_model", model=prepared.model.VERSION)
    generic = generic_model(sheet)
    return generic, Message.of("desk.lint.generic_model", model=generic.VERSION)
