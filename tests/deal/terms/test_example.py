"""An invented deal with every kind of clause: it is read, it is said, and it can be simulated."""

from tests.deal.terms.sheets import EXAMPLE, document
from tests.engine.simulation.examples import POLICY, model

from guanzi.base.core import render
from guanzi.deal.terms import (
    GROUPS,
    Call,
    Equity,
    Grant,
    Guarantee,
    Land,
    Loan,
    Put,
    as_computed,
    explain,
    parse_sheet,
    read_sheet,
    unknowns,
)
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.interpreter import run_path
from guanzi.engine.simulation.compose import compose

TEXT = EXAMPLE.read_text("utf-8")


def test_the_example_is_read_without_a_word():
    found = read_sheet(document(TEXT))
    assert found.problems == ()
    sheet = found.sheet
    kinds = (
        sheet.of(Equity),
        sheet.of(Loan),
        sheet.of(Put),
        sheet.of(Call),
        sheet.of(Grant),
        sheet.of(Land),
        sheet.of(Guarantee),
    )
    assert [len(kind) for kind in kinds] == [1, 1, 1, 1, 2, 1, 1]
    assert [promise.id for promise in sheet.promises] == ["site"]


def test_every_clause_of_the_example_has_its_sentence():
    clauses = explain(parse_sheet(document(TEXT)))
    assert {clause.group for clause in clauses} == set(GROUPS) - {"unknown"}
    for clause in clauses:
        sentence = render(clause.message)
        assert sentence.endswith(".")
        assert "terms." not in sentence
        assert "{" not in sentence


def test_what_the_example_leaves_open_is_listed():
    assert [(g.clause, render(g.assumption)) for g in unknowns(parse_sheet(document(TEXT)))] == [
        ("incentive.rebate.clawback", "assumed to lie anywhere between 30 % and 80 % with equal probability"),
        ("incentive.settling", "assumed to be the signing date"),
        ("incentive.land", "assumed to be the signing date"),
    ]


def test_a_terse_sheet_is_read_with_a_warning_for_each_value_that_it_leaves_out():
    terse = TEXT.replace("hectares: 100, value: 1000,", "hectares: 100,").replace(", probability: 80%, cost: 25", "")
    terse = terse.replace("      enforced: {unknown: {low: 30%, high: 80%, note: judgement}}\n", "")
    found = read_sheet(document(terse))
    assert found.sheet is not None
    assert [p.cause.id for p in found.problems] == ["terms.sheet.needs_bracket"] * 3


def test_what_the_company_model_does_not_compute_is_read_cautiously_and_the_rest_runs():
    """A grant on tax is paid, and its clawback never opens."""
    text = TEXT.replace("jobs_local >= 3000", "tax_local >= 3000").replace("jobs_local < 2000", "tax_local < 2000")
    sheet = parse_sheet(document(text))
    computed, missing = as_computed(sheet, model().provides())
    assert {x.name for x in missing} == {"tax_local"}
    trees = [g.condition.tree.op for g in computed.of(Grant) if g.condition is not None]
    rights = [g.clawback.when.tree.op for g in computed.of(Grant) if g.clawback is not None]
    assert (">=" in trees, "<" in rights) == (True, True)
    assert as_computed(sheet, model().provides() | {"tax_local"}) == (sheet, ())
    compose(sheet, model(), POLICY)


def test_a_promise_of_jobs_runs():
    program = assemble(compose(parse_sheet(document(TEXT)), model(), POLICY))
    results = [run_path(program, 1, path, trace=True) for path in range(12)]
    assert {"land", "rebate", "settling", "bridge"} <= {entry.clause for result in results for entry in result.trace}
    for result in results:
        assert max(result.account_sums) - min(result.account_sums) < 1e-6
