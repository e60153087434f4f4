"""Every value that a closed list allows has its sentence, in every language, wherever the list is spoken of.

An id that is put together from such a value (``appraisal.sentence.{status}``) is not seen by ``test_messages.py``: a
value without its sentence would end the command that a person happens to run with it.
"""

import ast
import re
from functools import cache
from itertools import product
from string import Formatter
from typing import Any, Literal, TypeAliasType, get_args, get_origin

import pytest
from pydantic import BaseModel
from tests.sources import SRC, called, nodes

from guanzi.advice.appraisal import document, ensemble, needs
from guanzi.advice.appraisal.advice_data import Advice, Row
from guanzi.advice.appraisal.comparison_data import ChangeData
from guanzi.advice.attribution.attribution import Bond
from guanzi.advice.attribution.causes import CauseKind
from guanzi.advice.attribution.held import MethodHeld, ViewHeld
from guanzi.advice.backtest.replicability import Pillar
from guanzi.advice.backtest.replicability import State as Standing
from guanzi.advice.following.fund import MONEY_BY
from guanzi.advice.structuring import GOALS
from guanzi.advice.structuring.budget import NEXT_YEAR, GainVerdict
from guanzi.advice.structuring.figures import FigureKind
from guanzi.advice.structuring.portfolio import GROUPS as CONCENTRATIONS
from guanzi.base.core import Kind, Severity, catalogue
from guanzi.base.reading import shipped_yaml
from guanzi.deal.compliance.judging import State
from guanzi.deal.compliance.pack import ALWAYS, UNKNOWN, Rule
from guanzi.deal.compliance.quantities import QUANTITIES
from guanzi.deal.lint.diagnostic import Level
from guanzi.deal.terms.clause import GROUPS
from guanzi.deal.terms.instruments.convertible_note import AT_MATURITY
from guanzi.deal.terms.instruments.loan import REPAYMENTS
from guanzi.deal.terms.instruments.preference import PROTECTIONS
from guanzi.deal.terms.instruments.revenue_share import BASES
from guanzi.deal.terms.reading import ROLES, STATUSES, STEPS
from guanzi.engine.company.parameters import KINDS as DISTRIBUTIONS
from guanzi.engine.company.parameters import PIECEWISE
from guanzi.intake.conflicts.finding import ConflictKind
from guanzi.intake.reading.heads import NOT_READ
from guanzi.intake.spreadsheets.graph import CellChange
from guanzi.jobs import declared as job_questions
from guanzi.jobs.appraisal.documents.comparison import PAID_AS
from guanzi.jobs.evidence.modelling import HeldIn
from guanzi.office.actions import ACTIONS, load_actions
from guanzi.record.evidence import formats, outcomes
from guanzi.record.evidence.accounts.flows import Form
from guanzi.record.evidence.articles import ClaimVerdict
from guanzi.record.evidence.dataroom.kinds import DocumentKind
from guanzi.record.playbooks import governance, plans, schema
from guanzi.record.playbooks.origins import State as StatementState
from guanzi.study.bets import QUESTIONS
from guanzi.study.bets.record import BetSource, Verdict
from guanzi.study.bets.single import Level as OddsLevel
from guanzi.study.chains import GRADES as LINK_GRADES
from guanzi.study.chains.coverage.stations import CoverageObjective
from guanzi.study.chains.invitations import BindingTier
from guanzi.study.chains.multipliers import MEASURES
from guanzi.study.diligence.checks import CHECKS
from guanzi.study.effects.synthetic import Obstacle
from guanzi.study.experts.elicited import Weighting
from guanzi.study.monitoring.covenants import CovenantState, Use
from guanzi.study.monitoring.milestones import MilestoneKind
from guanzi.study.monitoring.milestones import State as MilestoneState
from guanzi.study.monitoring.outcome import Shown
from guanzi.study.monitoring.patience import Course
from guanzi.study.technology.windows import KINDS
from guanzi.study.tracks.shortlist import CRITERIA

UNREAD = (
    *("no_period", "no_unit", "formula", "sentence", "no_concept", "damaged", "too_many", "garbled", "scanned"),
    *("exhausting", "unrecognised"),
)
"""Why a figure or a page of a document was not read, beside what the head of its column says."""
LANGUAGES = sorted(p.name for p in (SRC / "library" / "locale").iterdir() if p.is_dir())


def allowed(what: Any, field: str = "") -> tuple[str, ...]:
    """The values of a literal type, or of a field of a format."""
    if isinstance(what, TypeAliasType):
        what = what.__value__
    if field:
        assert issubclass(what, BaseModel)
        return allowed(what.model_fields[field].annotation)
    if get_origin(what) is Literal:
        return tuple(str(v) for v in get_args(what) if v != "")
    return tuple(v for part in get_args(what) for v in allowed(part))


ADVICE, OUTCOMES, STAGES = allowed(schema.Advice), allowed(Row, "outcome"), allowed(schema.Stage)
DECIDING = tuple(outcome for outcome in OUTCOMES if outcome != "not_applicable")
"""A row that the deal can neither meet nor break decides nothing, so it is no reason."""
MONTHS = tuple(str(months) for months in STEPS.values())
VERDICTS = tuple(state.value for state in State if state is not State.OUTSIDE)
GRADES = allowed(document.SourceData, "grade")

load_actions()

SAID: dict[str, tuple[tuple[str, ...], ...]] = {
    # questions of the jobs
    "cli.help.{words}": (tuple(one.words for one in job_questions.OFFERED),),
    "cli.help.{help}": (tuple(field.asked.help for one in job_questions.OFFERED for field in one.fields),),
    # one budget
    "reports.budget.next.{next_year}": (NEXT_YEAR,),
    "reports.budget.open.{next_year}": (NEXT_YEAR,),
    "reports.budget.verdict.{verdict}": (get_args(GainVerdict.__value__),),
    "reports.budget.wait.{verdict}": (get_args(GainVerdict.__value__),),
    # documents that are read
    "reading.unread.{why}": ((*NOT_READ, *UNREAD),),
    # terms as a form
    "desk.clauseform.{kind}": (get_args(FigureKind.__value__),),
    # models of companies
    "desk.model.in_{held_in}": (get_args(HeldIn.__value__),),
    # public bets
    "appraisal.odds.question.{question}": (QUESTIONS,),
    "reports.bets.head.{question}": (QUESTIONS,),
    "reports.bets.left_out.{left_out}": (tuple(shipped_yaml("bets", "protocol.yaml").data["left_out"]),),
    "reports.bets.level.{level}": (get_args(OddsLevel.__value__),),
    "reports.bets.outcome.{outcome}": (tuple(shipped_yaml("bets", "outcomes.yaml").data["classes"]),),
    "reports.bets.record.from.{source}": (get_args(BetSource.__value__),),
    "reports.bets.record.{verdict}": (get_args(Verdict.__value__),),
    "evidence.annual.{form}": (get_args(Form.__value__),),
    # changes since an earlier appraisal
    "reports.advice.{before}": (get_args(Advice),),
    "reports.advice.{after}": (get_args(Advice),),
    "reports.changes.cause.{kind}": (tuple(k for k in get_args(CauseKind.__value__) if k != "fact"),),
    "reports.changes.causes.{bond}": (get_args(Bond.__value__),),
    "reports.changes.outcome.{before}": (allowed(Row, "outcome"),),
    "reports.changes.outcome.{after}": (allowed(Row, "outcome"),),
    "reports.changes.state.{state}": (("new", "gone", "changed"),),
    "reports.changes.view.{view}": (get_args(ViewHeld.__value__),),
    "reports.changes.method.{method}": (get_args(MethodHeld.__value__),),
    # term sheets
    "appraisal.sentence.unsimulated.{status}": (tuple(s for s in STATUSES if s != "definitive"),),
    "appraisal.sentence.{status}": (tuple(s for s in STATUSES if s != "definitive"),),
    "reports.sheet.{sheet_status}": (STATUSES,),
    "reports.deal.{sheet_status}": (STATUSES,),
    "reports.deal.{status}": (STATUSES,),
    "terms.explain.{status}": (STATUSES,),
    "terms.explain.{status}_ahead": (tuple(s for s in STATUSES if s != "draft"),),
    "terms.explain.party_{role}": (ROLES,),
    "terms.explain.promise_{step}": (MONTHS,),
    "terms.explain.event_{step}": (MONTHS,),
    "terms.explain.{repayment}_{step}": (REPAYMENTS, MONTHS),
    "terms.explain.note_{basis}": (("simple", "compound"),),
    "terms.explain.note_{at_maturity}": (AT_MATURITY,),
    "terms.explain.guard_{anti_dilution}": (tuple(p for p in PROTECTIONS if p != "none"),),
    "terms.explain.{kind}_once": (("grant", "rebate"),),
    "terms.explain.{kind}_unseen": (("grant", "rebate"),),
    "terms.explain.{kind}_yearly": (("grant", "rebate"),),
    "desk.simulate.{KIND}.mend": (("implausible", "self_funded", "borrowed"),),
    "terms.observable.{of}": (BASES,),
    "cli.explain.{state}": (tuple(s for s in allowed(document.ClauseData, "state") if s != "known"),),
    "reports.clause.{state}": (tuple(s for s in allowed(document.ClauseData, "state") if s != "known"),),
    "core.problem.{severity}": (("error", "warning", "info"),),
    "core.problem.{level}": (tuple(level.value for level in Level),),
    "compliance.{state}": (VERDICTS,),
    "compliance.later.{state}": (VERDICTS,),
    "compliance.force.{since}": ((ALWAYS, UNKNOWN),),
    "compliance.not_seen.{type}": (tuple(sorted({q.type for q in QUANTITIES.values()})),),
    "cli.rules.kind.{kind}": (allowed(Rule, "kind"),),
    "cli.rules.binds.{binds}": (allowed(Rule, "binds"),),
    # decision tables and advice
    "cli.advice.{advice}": (ADVICE,),
    "reports.advice.{advice}": (ADVICE,),
    "reports.advice.{becomes}": (ADVICE,),
    "reports.brief.conditions.{advice}": (ADVICE,),
    "reports.compare.why.{advice}": (ADVICE,),
    "appraisal.reason.{outcome}": (DECIDING,),
    "appraisal.reason.bare.{outcome}": (DECIDING,),
    "appraisal.reason.found.{outcome}": (DECIDING,),
    "appraisal.applicant.outcome.{outcome}": (DECIDING,),
    "reports.row.{outcome}": (OUTCOMES,),
    "reports.stage.{stage}": (STAGES,),
    "cli.playbook.stage.{stage}": (STAGES,),
    "reports.consequence.{consequence}": (
        tuple(sorted({*allowed(schema.TableRow, "if_fail"), *allowed(schema.TableRow, "no_evidence")})),
    ),
    "cli.playbook.state.{state}": (tuple(s for s in allowed(StatementState) if s != "known"),),
    "reports.compare.paid_as.{form}": (PAID_AS,),
    "terms.called.{form}": (
        ("convertible_note", "grant", "loan", "park", "promise", "purchase", "rebate", "revenue_share"),
    ),
    "reports.compare.form.{form}": (allowed(governance.Form),),
    "reports.compare.kind.{kind}": (allowed(ChangeData, "kind"),),
    "playbooks.form.{form}": (allowed(governance.Form),),
    # evidence and figures
    "reports.kind.{kind}": (tuple(kind.value for kind in Kind),),
    "reports.severity.{severity}": (tuple(severity.value for severity in Severity),),
    "reports.grade.{grade}": (GRADES,),
    "evidence.confidence.{confidence}": (allowed(document.FactData, "confidence"),),
    "core.currency.{currency}": (("CNY", "EUR", "GBP", "USD"),),
    "reports.confidence.{confidence}": (tuple(c for c in allowed(document.FactData, "confidence") if c != "high"),),
    "reports.figure_kind.{kind}": (allowed(document.Figure, "kind"),),
    "reports.origin.{origin}": (allowed(document.ParameterData, "origin"),),
    "appraisal.forecast.{quantity}": (allowed(ensemble.Quantity),),
    "cli.review.measured.{measured}": (allowed(needs.Measured),),
    "appraisal.panel.instead.{kind}": (("trend", "comparable", "judgement"),),
    "terms.group.{group}": (GROUPS,),
    "reports.stream.{stream}": (tuple(sorted({check.stream for check in CHECKS} | set(allowed(plans.Stream)))),),
    "appraisal.distribution.{distribution}": (tuple(sorted(PIECEWISE | DISTRIBUTIONS.keys())),),
    "appraisal.unit_cost.of.{tornado_of}": (("break_even", "unit_margin"),),
    "cli.unitcost.tornado.{tornado_of}": (("break_even", "unit_margin"),),
    "reports.experts.weighting.{weighting}": (allowed(Weighting),),
    "appraisal.outside.class.{kind}": (("model", "instrument", "industry", "country", "all"),),
    "appraisal.why.source.{withheld}": (allowed(document.SourceData, "withheld"),),
    "cli.cases.{decision}": (allowed(formats.Decision),),
    "cli.model.{kind}_changed": (allowed(CellChange),),
    "cli.conflicts.kind.{kind}": (allowed(ConflictKind),),
    "cli.evidence.kind.{kind}": (allowed(DocumentKind),),
    # what happened, and what could be repeated
    "backtest.label.{label}": (allowed(outcomes.Label),),
    "backtest.replicate.pillar.{pillar}": (allowed(Pillar),),
    "backtest.replicate.sentence.{state}": (allowed(Standing),),
    "cli.replicate.state.{state}": (allowed(Standing),),
    # after signing
    "reports.chain.plan.tier.{tier}": (allowed(BindingTier),),
    "reports.cover.title.{objective}": (allowed(CoverageObjective),),
    "diligence.check.{check}": (tuple(check.id for check in CHECKS),),
    "reports.monitor.state.{state}": (allowed(CovenantState),),
    "reports.monitor.claim.{claim}": (allowed(Shown),),
    "reports.monitor.course.{course}": (allowed(Course),),
    "reports.monitor.step.{course}": (("stop", "failed", "warned", "exit", "leave"),),
    "reports.monitor.milestone.{state}": (tuple(s for s in allowed(MilestoneState) if s != "late"),),
    "reports.monitor.use.{use}": (allowed(Use),),
    "reports.source.withheld.{withheld}": (tuple(allowed(document.SourceData, "withheld")),),
    "monitoring.calendar.{kind}": (allowed(MilestoneKind),),
    "monitoring.release.covenant.{state}": (("breached", "curing", "failed", "unknown", "no_text"),),
    "reports.fund.spread.{by}": (MONEY_BY,),
    "reports.fund.head.{by}": (MONEY_BY,),
    "reports.fund.sheet.shares.{by}": (MONEY_BY,),
    # an office
    "office.stage.{stage}": (("opened", "examining", "judging", "deciding", "signing", "paying", "watching", "left"),),
    "office.action.{action}": (tuple(sorted(ACTIONS)),),
    "office.change.{kind}": (("invite", "roles", "password", "device", "enter"),),
    "office.scenes.state.{state}": (("offered", "taken", "withdrawn"),),
    "office.state.{state}": (("open", "signed", "declined", "closed"),),
    "office.stream.{stream}": (("finance", "market", "technology", "chain", "legal", "fiscal"),),
    "office.refused.tranche_{state}": (("asked", "released"),),
    "office.refused.sitting_state.{purpose}": (("decide", "add_money"),),
    "office.warning.milestone_{state}": (("late", "untold", "refused"),),
    "terms.words.{op}": (("and", "or"),),
    "ledger.flaw.{kind}": (
        ("gap", "content", "entry", "time", "tree", "shorter", "rewritten", "words", "file", "note", "key"),
    ),
    "ledger.said.kind.{kind}": (("facts", "sheets", "documents"),),
    "appraisal.note.staged_{bound}": (("duality", "foresight"),),
    "appraisal.turn.{account}": (("budget", "cluster"),),
    # chains
    "chains.grade.{grade}": (LINK_GRADES,),
    "multipliers.measure.{measure}": (MEASURES,),
    "cli.trace.{what}": (("pays", "becomes_true", "ends"),),
    "reports.clauses.{kind}": (("added", "removed", "changed"),),
    "lint.story.{flow}_often": (("paid", "back"),),
    "structuring.verdict.{verdict}": (("same", "noise", "better", "worse"),),
    "reports.structure.price.{verdict}": (("binds", "small", "none"),),
    "reports.walkaway.status.{status}": (("still", "everywhere", "never", "crosses", "beyond"),),
    "reports.portfolio.by.{by}": (CONCENTRATIONS,),
    "reports.structure.none_{goal}": (tuple(GOALS),),
    "scan.criterion.{needs}": (CRITERIA,),
    "scan.kind.{kind}": (tuple(KINDS),),
    "scan.tendency.{tendency}": (("opens", "neutral", "closes", "unknown"),),
    "reports.article.verdict.{verdict}": (allowed(ClaimVerdict),),
    "reports.effect.none.{obstacle}": (tuple(one for one in allowed(Obstacle) if one),),
    "scan.window.{verdict}": (("blue", "mixed", "red", "undecided"),),
    "reports.structure.suggestion_{goal}": (tuple(GOALS),),
}
"""Pattern of an id, and for each of its places the values that can stand there."""


OPEN = {"id", "pk", "name", "code", "figure", "fact", "subject", "bet", "label"}
"""What holds no value of a closed list: names that cases, tables and cards bring with them."""

PAIRS = {"appraisal.outside.{kind}.{name}"}
"""A name of an open list after a value of a closed one."""


NAMES = {"appraisal.{number}", "terms.{clause}"}
"""Names of things, that begin as ids of messages do."""


def said_in_code():
    """Ids that end in the attribute of something (``{sheet.status}``), as patterns, with their place."""
    found = {}
    calls = (call for module, call in nodes(ast.Call) if module.parent.name == "documents" and call.args)
    own = {id(call.args[0]) for call in calls if called(call) == "message"}
    for module, node in nodes(ast.JoinedStr):
        parts = [_part(value) for value in node.values]
        pattern = "".join(p for p in parts if p is not None)
        pattern = f"reports.{pattern}" if id(node) in own else pattern
        if None not in parts and pattern.split(".")[0] in DOMAINS and "." in pattern.partition("{")[0]:
            found[pattern] = f"{module.relative_to(SRC)}:{node.lineno}"
    return found


def coded():
    """The same for codes that are put into words: ``code_words("grade", source.grade)``."""
    found = {}
    for module, call in nodes(ast.Call):
        if called(call) not in {"code_words", "word"} or len(call.args) < 2:
            continue
        stem, code = call.args[:2]
        if isinstance(stem, ast.Constant) and isinstance(code, ast.Attribute):
            kind = str(stem.value)
            pattern = f"{OWNERS.get(kind, f'reports.{kind}')}.{{{code.attr}}}"
            found[pattern] = f"{module.relative_to(SRC)}:{call.lineno}"
    return found


def _part(value):
    """A part of an id: its words, or the attribute that stands there; None when a name or a call stands there."""
    if isinstance(value, ast.Constant):
        return str(value.value)
    return f"{{{value.value.attr}}}" if isinstance(value.value, ast.Attribute) else None


def said_on_pages():
    """The same for the templates: ``t('advice.' ~ a.advice)`` and ``word('grade', source.grade)``."""
    found = {}
    for page in sorted((*(SRC / "jobs").rglob("*.j2"), *(SRC / "render" / "templates").glob("*.j2"))):
        text = page.read_text("utf-8")
        for stem, attribute in re.findall(r"t\('([\w.]+)\.' [~+] [\w.]+\.(\w+)[),]", text):
            found[f"reports.{stem}.{{{attribute}}}"] = page.name
        for stem, attribute in re.findall(r"word\('(\w+)', [\w.]+\.(\w+)\)", text):
            found[f"{OWNERS.get(stem, f'reports.{stem}')}.{{{attribute}}}"] = page.name
    return found


OWNERS = {"check": "diligence.check", "clauses": "terms.group", "currency": "core.currency"}
"""Words on pages that stand in the catalogue of another package."""


DOMAINS = {p.stem for p in (SRC / "library" / "locale" / "en").glob("*.po")}


@cache
def spoken():
    return {**said_in_code(), **coded(), **said_on_pages()}


def test_the_lists_that_are_spoken_of_are_found():
    assert "appraisal.sentence.{status}" in spoken()
    assert "reports.sheet.{sheet_status}" in spoken()


@pytest.mark.parametrize("pattern", SAID)
def test_every_value_of_a_closed_list_has_its_sentence(pattern):
    assert pattern in spoken(), "nobody says it any more"
    places = [name for _, name, _, _ in Formatter().parse(pattern) if name]
    ids = [pattern.format(**dict(zip(places, values, strict=True))) for values in product(*SAID[pattern])]
    missing = [(id, lang) for id in ids for lang in LANGUAGES if id not in catalogue(id.partition(".")[0], lang)]
    assert ids
    assert missing == []


def test_an_id_that_ends_in_an_attribute_is_known_with_its_values_here():
    new = {p: where for p, where in spoken().items() if not set(re.findall(r"{(\w+)}", p)) <= OPEN}
    assert {p: where for p, where in new.items() if p not in {*SAID, *PAIRS, *NAMES}} == {}
