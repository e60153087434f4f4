"""Everything that is fixed before anything is simulated: view, playbook, term sheet, model, policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from guanzi.advice.appraisal.deal import budget_parties
from guanzi.advice.appraisal.effects import LocalEffects, local_effects_of
from guanzi.advice.appraisal.panel_weights import FAILURE, LEVELS
from guanzi.advice.appraisal.plausible import Implausible, implausible
from guanzi.advice.appraisal.rates import without_rate
from guanzi.advice.appraisal.unfitted import Borrowed, SelfFunded, borrowed, self_funded
from guanzi.advice.calibration import calibrate, judgement_problems, quoted_debts, rules_sha256
from guanzi.base.core import InvalidInput, Message, Place, Problem, extensions, sha256_of
from guanzi.base.reading import YamlDocument
from guanzi.deal.program import ExitPolicy
from guanzi.deal.terms import Gap, Observable, TermSheet, as_computed, parse_sheet, unknowns
from guanzi.engine.company import MODELS, CompanyModel, Policy
from guanzi.record.evidence import Case, Ended, SheetFile, View, converted_to, end_of, recalled
from guanzi.record.playbooks import Playbook

TABLE_VERSION = "appraisal/5"
"""Raised with every change of how figures are derived and rows are fed."""
SELF_FUNDED = "self-funded"
"""Kind of a company that lives whatever is given."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an appraisal works with.

    Attributes:
        view: What was known; two are the same where all that was derived from it is.
        sheet: Newest term sheet that was known; None when there was none.
        model, policy: None when nothing can be simulated.
        blocking: Unknown values without bracket, because of which nothing is simulated.
        uncomputed: What conditions look at and the model does not compute.
        ended: How the company or its project had come to its end: then nothing is forecast of it.
        local: What jobs and taxes of the region rest on; None when nothing can be simulated.
        implausible: Why the model cannot forecast the company, so that nothing is simulated: medians outside the ranges
            of its industry, sales that only aircraft tell, or earnings that no gift matters to.
    """

    view: View = field(compare=False)
    playbook: Playbook
    sheet: TermSheet | None
    model: CompanyModel | None
    policy: Policy | None
    blocking: tuple[Gap, ...] = ()
    uncomputed: tuple[Observable, ...] = ()
    local: LocalEffects | None = None
    ended: Ended | None = None
    implausible: tuple[Implausible | SelfFunded | Borrowed, ...] = ()

    @property
    def kind(self) -> str:
        """The company model by which the table of a playbook tells which rows apply."""
        return SELF_FUNDED if any(isinstance(x, SelfFunded) for x in self.implausible) else self.view.model

    @property
    def obstacles(self) -> Iterator[Message]:
        """Why nothing is simulated of a deal that is held: every document gives these reasons."""
        if self.ended is not None:
            what = Message.of(f"appraisal.ended.{self.ended.name}")
            yield Message.of("appraisal.sentence.ended", what=what, at=str(self.ended.period))
        if self.blocking:
            yield Message.of("appraisal.sentence.blocked", what=tuple(gap.what for gap in self.blocking))
        if self.implausible:
            yield Message.of("appraisal.sentence.implausible", reasons=tuple(x.message for x in self.implausible))


def prepare(case: Case, as_of: date | None, playbook: Playbook) -> Prepared:
    """Read the newest term sheet of the as-of date and derive the model from the view.

    Args:
        case: The case.
        as_of: Knowledge date; None: the decision date.
        playbook: The governance model.

    Raises:
        InvalidInput: Nothing was known on the day, the term sheet has errors, an amount that counts is in a currency
            whose rate is not held, or the playbook is not meant for the company model of the case.
    """
    view = case.view(as_of or case.decision_date)
    if view.model not in playbook.models or view.model not in MODELS:
        raise InvalidInput(
            Problem(
                Message.of("appraisal.model.unfit", model=view.model, playbook=playbook.called),
                Place(str(case.folder / "case.yaml"), field="model"),
                Message.of("appraisal.model.unfit.mend", models=playbook.models),
            )
        )
    if not view.facts:
        raise _nothing_known(case, view)
    unfit = judgement_problems(view.judgements, view.model)
    if unfit:
        raise InvalidInput(case.located(unfit))
    unrated = recalled(view, without_rate)
    if unrated:
        raise InvalidInput(case.located(unrated))
    try:
        quoted_debts(view)
    except InvalidInput as error:
        raise InvalidInput(case.located(error.problems)) from error
    if view.sheet is None:
        return Prepared(view, playbook, None, None, None, ended=end_of(view))
    sheet = _read(case, view.sheet)
    try:
        return prepare_sheet(view, playbook, sheet)
    except InvalidInput as error:
        raise InvalidInput(case.located(error.problems)) from error


def prepare_sheet(view: View, playbook: Playbook, sheet: TermSheet) -> Prepared:
    """A term sheet with the model that the view gives it: the one of the case, or a variant that is being examined."""
    blocking = tuple(gap for gap in recalled(view, _gaps, sheet) if not gap.simulated)
    payers, ended = budget_parties(sheet, view), end_of(view)
    if blocking or not payers or ended is not None or not sheet.moves_money:
        return Prepared(view, playbook, sheet, None, None, blocking, ended=ended)
    told = converted_to(view, sheet.currency).view
    rich = recalled(told, self_funded, sheet)
    if rich is not None:
        return Prepared(view, playbook, sheet, None, None, implausible=(rich,))
    model = recalled(view, calibrate, sheet)
    lent = recalled(view, borrowed, model)
    outside = recalled(told, implausible, model, sheet.unit) if lent is None else (lent,)
    if outside:
        return Prepared(view, playbook, sheet, None, None, implausible=outside)
    missing = as_computed(sheet, model.provides())[1]
    local = recalled(view, local_effects_of, sheet, playbook, model)
    policy = replace(policy_of(playbook, *payers), effects=local.effects)
    return Prepared(view, playbook, sheet, model, policy, (), missing, local)


def _gaps(view: View, sheet: TermSheet) -> tuple[Gap, ...]:
    return unknowns(sheet)


def prepare_variant(of: Prepared, sheet: TermSheet) -> Prepared:
    """Another deal in the place of one: a company that cannot be forecast under one cannot be under the other."""
    other = prepare_sheet(of.view, of.playbook, sheet)
    if not of.implausible:
        return other
    return replace(other, model=None, policy=None, local=None, implausible=of.implausible)


def policy_of(playbook: Playbook, *payers: str) -> Policy:
    """What a playbook says about leaving and counting, for the parties whose budget is examined."""
    leave = playbook.exit
    return Policy(
        exit=ExitPolicy(leave.lock_up_months.value, leave.discount_on_sale.value, leave.horizon_haircut.value),
        hurdle=playbook.hurdle_rate.value,
        budget_rate=playbook.discount_rate.value,
        payers=payers,
    )


def _read(case: Case, file: SheetFile) -> TermSheet:
    try:
        return _parsed(file.document)
    except InvalidInput as error:
        raise InvalidInput(case.located(error.problems)) from error


_last: tuple[YamlDocument, TermSheet] | None = None


def _parsed(document: YamlDocument) -> TermSheet:
    """The term sheet of a document; that of the last one is kept, for what-ifs of facts leave the sheet as it is."""
    global _last
    last = _last
    if last is None or last[0] is not document:
        last = _last = (document, parse_sheet(document))
    return last[1]


def _nothing_known(case: Case, view: View) -> InvalidInput:
    """An appraisal of nothing would look like one of little evidence."""
    day, place = view.as_of.isoformat(), Place(str(case.folder / "facts"))
    if not case.facts:
        return InvalidInput(Problem(Message.of("appraisal.no_facts"), place, Message.of("appraisal.no_facts.mend")))
    first = min(fact.known_on for fact in case.facts).isoformat()
    fix = Message.of("appraisal.no_facts_yet.mend", first=first)
    return InvalidInput(Problem(Message.of("appraisal.no_facts_yet", day=day), place, fix))


def method_sha256(playbook: Playbook) -> str:
    """Hash of the method: playbook, rules of calibration, model and judgements. It depends on no case."""
    return of_method(playbook.sha256)


def of_method(playbook_sha256: str) -> str:
    """Hash of today's method with a playbook of which only the hash is known."""
    weights = {"failure": dict(FAILURE), "levels": {name: dict(w) for name, w in LEVELS.items()}}
    method = {
        "playbook": playbook_sha256,
        "calibration": rules_sha256(),
        "appraisal": TABLE_VERSION,
        "weights": weights,
    }
    if beside := {one.name: one.version for one in extensions()}:
        method["extensions"] = beside
    return sha256_of(method)


def uncomputed_problems(sheet: TermSheet, model: str) -> Iterator[Problem]:
    """Conditions that the company model of a case cannot test, as warnings with what can be written instead."""
    if model not in MODELS:
        return
    offered = MODELS[model].provides()
    for observed in as_computed(sheet, offered)[1]:
        cause = Message.of("appraisal.uncomputed", name=observed.name, model=model)
        fix = Message.of("appraisal.uncomputed.mend", offered=tuple(sorted(offered)))
        yield Problem(cause, observed.place, fix, "warning")
