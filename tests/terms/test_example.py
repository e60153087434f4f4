"""An invented deal with every kind of clause: it is read, it is said, and it can be simulated."""

import pytest
from tests.simulation.examples import POLICY, model
from tests.terms.sheets import EXAMPLE, document

from guanzi.core import InvalidInput, render
from guanzi.simulation.assembler import assemble
from guanzi.simulation.compose import compose
from guanzi.simulation.interpreter import run_path
from guanzi.terms import GROUPS, explain, parse_sheet, read_sheet, unknowns

TEXT = EXAMPLE.read_text("utf-8")


def test_the_example_is_read_without_a_word():
    found = read_sheet(document(TEXT))
    assert found.problems == ()
    sheet = found.sheet
    kinds = (sheet.equities, sheet.loans, sheet.puts, sheet.calls, sheet.grants, sheet.lands, sheet.guarantees)
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
        ("incentive.rebate.clawback", "the simulation draws it evenly between 30 % and 80 %"),
        ("incentive.settling", "the simulation takes the day of signing"),
        ("incentive.land", "the simulation takes the day of signing"),
    ]


def test_a_terse_sheet_is_read_with_a_warning_for_each_value_that_it_leaves_out():
    terse = TEXT.replace("hectares: 100, value: 1000,", "hectares: 100,").replace(", probability: 80%, cost: 25", "")
    terse = terse.replace("      enforced: {unknown: {low: 30%, high: 80%, note: judgement}}\n", "")
    found = read_sheet(document(terse))
    assert found.sheet is not None
    assert [p.cause.id for p in found.problems] == ["terms.sheet.needs_bracket"] * 3


def test_the_simulation_refuses_what_the_company_model_does_not_provide():
    with pytest.raises(InvalidInput) as refused:
        compose(parse_sheet(document(TEXT)), model(), POLICY)
    assert {p.cause.id for p in refused.value.problems} == {"simulation.not_provided"}
    assert {dict(p.cause.params)["name"] for p in refused.value.problems} == {"jobs_local"}


def test_the_example_runs_once_the_model_provides_what_it_observes():
    text = TEXT.replace("jobs_local >= 3000", "year_total(units) >= 1000")
    text = text.replace("jobs_local < 2000", "year_total(units) < 500")
    program = assemble(compose(parse_sheet(document(text)), model(), POLICY))
    results = [run_path(program, 1, path, trace=True) for path in range(12)]
    assert {"land", "rebate", "settling", "bridge"} <= {entry.clause for result in results for entry in result.trace}
    for result in results:
        assert max(result.account_sums) - min(result.account_sums) < 1e-6
