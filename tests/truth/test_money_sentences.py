"""Every sentence on money says a sum of the flows of the deal, and what could be broken or claimed back is told so."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from tests.advice.appraisal.money_figures import EXAMPLES, PUBLIC, deal

from guanzi.base.core import Kind, Message, Severity, render
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.lint import LintContext, lint
from guanzi.deal.lint.examples import example
from guanzi.deal.terms import Unknown, explain, parse_sheet
from guanzi.record.evidence import builtin_cases, find_case, load_case
from guanzi.study.diligence import run_checks

GIFT = 7.0
"""What the base deal of the examples gives."""
TIGHT = LintContext(
    revenue={PUBLIC: 1.0}, revenue_share=0.1, year_share=0.1, single_name={PUBLIC: 1.0}, debt_room={PUBLIC: 1.0}
)
"""Means and limits that any sum exceeds."""

type Sums = Mapping[tuple[str, str], float]
"""Clause and nature to the sum, by hand."""


def sums(words) -> Sums:
    found = {("gift", "given"): GIFT}
    for word in words:
        found |= {(f"the-{word.replace('_', '-')}", nature): amount for nature, amount in EXAMPLES[word].sums}
    return found


def total(held: Sums, *natures: str) -> float:
    return sum(amount for (_, nature), amount in held.items() if not natures or nature in natures)


def whole(held: Sums, clause: str) -> set[float]:
    return {total(held)}


def outright(held: Sums, clause: str) -> set[float]:
    return {total(held, "invested", "lent")}


def at_risk(held: Sums, clause: str) -> set[float]:
    """What is invested and lent, with what is answered for if the company fails."""
    return {total(held, "invested", "lent") + held.get(("the-guarantee", "contingent"), 0.0)}


def limit(held: Sums, clause: str) -> set[float]:
    return {0.1, 1.0}


def of_clause(held: Sums, clause: str) -> set[float]:
    """What stands under the clause of the finding: all of it, or one nature of it."""
    own = [(id, amount) for (id, _), amount in held.items() if id in clause.split(".")]
    return {amount for _, amount in own} | {sum(amount for _, amount in own)}


def of_year(held: Sums, clause: str) -> set[float]:
    """A part of what is planned: not more than that, and no sum of something else."""
    parts = [amount for (_, nature), amount in held.items() if nature != "contingent"]
    yearly = [*parts, *(amount * part for amount in parts for part in (1 / 2, 1 / 3, 2 / 9, 4 / 9))]  # by its quarters
    return {round(sum(some), 6) for n in range(1, len(parts) + 1) for some in itertools.combinations(yearly, n)}


SAYS: Mapping[tuple[str, str], Callable[[Sums, str], set[float]]] = {
    ("GZ101", "amount"): of_clause,
    ("GZ102", "before"): outright,
    ("GZ102", "whole"): outright,
    ("GZ103", "whole"): at_risk,
    ("GZ104", "whole"): outright,
    ("GZ105", "amount"): whole,
    ("GZ215", "amount"): of_clause,
    ("GZ218", "amount"): of_clause,
    ("GZ307", "amount"): whole,
    ("GZ308", "amount"): outright,
    ("GZ501", "amount"): of_clause,
    ("GZ502", "amount"): of_clause,
    ("GZ506", "amount"): of_clause,
    ("GZ511", "amount"): of_clause,
    ("GZ702", "most"): whole,
    ("GZ703", "most"): whole,
    ("GZ703", "limit"): limit,
    ("GZ704", "most"): whole,
    ("GZ704", "room"): limit,
    ("GZ706", "most"): of_year,
}
"""Rule and field to the sums that the sentence may say; a rule that says money anew enters it here."""
OTHERS = {("GZ205", "means"), ("GZ205", "price"), ("GZ601", "value"), ("GZ603", "value"), ("GZ604", "value")}
"""Fields of sentences on money that is not paid by the public side."""


def told(found):
    """Amounts of a finding: field and value in the unit of the sheet."""
    for field, value in found.message.params:
        if isinstance(value, Message) and value.id == "terms.words.money":
            yield field, dict(value.params)["value"]


COMBINED = [(word,) for word in EXAMPLES] + [
    ("equity", "park"), ("loan", "guarantee"), ("equity", "earn_out"), ("loan", "land"), ("equity", "purchase"),
    ("equity", "loan", "park", "guarantee"),
]  # fmt: skip


@pytest.mark.parametrize("words", COMBINED, ids="-".join)
def test_every_amount_that_the_linter_says_is_a_sum_of_the_flows(words):
    held = sums(words)
    for found in lint(deal(*words), TIGHT):
        for field, value in told(found):
            if (found.code, field) in OTHERS:
                continue
            assert (found.code, field) in SAYS, "a sentence on money that no test holds to the flows"
            allowed = SAYS[found.code, field](held, found.clause)
            assert any(value == pytest.approx(one) for one in allowed), render(found.message)


CODES = tuple(dict.fromkeys(code for code, _ in SAYS))


def test_each_sum_of_the_table_is_said_by_some_example():
    found = {(f.code, field) for words in COMBINED for f in lint(deal(*words), TIGHT) for field, _ in told(f)}
    shown = map(example, CODES)
    found |= {
        (f.code, field) for one in shown for f in lint(parse_sheet(one.bad_sheet), one.context) for field, _ in told(f)
    }
    assert SAYS.keys() <= found


@pytest.mark.parametrize("word", [w for w, one in EXAMPLES.items() if one.sums and w not in ("equity", "contribution")])
def test_no_part_is_called_all_public_money(word):
    """A stake of 100 beside 9,000 in whatever form: no sentence calls the 100 all, or all that is at risk."""
    for found in lint(deal("equity", word, amounts={"equity": 100, word: 9000}), TIGHT):
        if found.code in ("GZ105", "GZ307", "GZ702", "GZ703", "GZ704"):
            assert all(v > 100 + GIFT for field, v in told(found) if field in ("amount", "most")), render(found.message)


# -- what could be broken, and what can be claimed back ------------------------------------------------------------

HEAD = """\
deal: d
currency: EUR
unit: 1e6
known_on: 2025-03-15
signed: 2025-06-30
horizon: 10 years
parties: {company: {role: issuer, name: Works}, land: {role: public, name: Land}}
"""
NEVER = "jobs_local > 5 and jobs_local < 3"


def sheet_of(text):
    return parse_sheet(parse_yaml(TextFile("terms.yaml", HEAD + text, tuple((HEAD + text).split("\n")))))


def codes(text):
    return {found.code for found in lint(sheet_of(text), LintContext())}


GRANT = "incentives:\n  aid: {type: grant, from: land, amount: 50, start: 2025-12-31%s}\n"
PLAIN = GRANT % ""
CLAWED = GRANT % ', clawback: {when: "jobs_local < 900", recover: 100%, enforced: 50%}'
RECAPTURED = PLAIN + "  back: {type: clawback, on: [aid], when: jobs_local < 900, recover: 50%, enforced: 50%}\n"
PROMISED = PLAIN + "covenants:\n  jobs: {require: jobs_local >= 900, remedy: unknown}\n"
UNSEEN = PLAIN + "unknown_clauses: {aid_clawback: it was said that there is one}\n"


def test_money_for_nothing_is_said_to_be_so():
    assert {"GZ307", "GZ501", "GZ502"} <= codes(PLAIN)


@pytest.mark.parametrize("text", [CLAWED, RECAPTURED, PROMISED, UNSEEN])
def test_where_something_can_be_broken_or_may_be_nobody_says_that_nothing_can(text):
    assert "GZ307" not in codes(text)
    assert "GZ501" not in codes(text), "nor that there is no way to get it back"
    said = [render(clause.message) for clause in explain(sheet_of(text))]
    assert not any("None of it can be reclaimed" in one for one in said)


def test_only_where_nothing_was_seen_that_takes_it_back_a_grant_is_said_to_be_gone():
    (grant,) = (render(c.message) for c in explain(sheet_of(PLAIN)) if c.id == "incentive.aid")
    assert "None of it can be reclaimed" in grant
    (untold,) = (render(c.message) for c in explain(sheet_of(PROMISED)) if c.id == "incentive.aid")
    assert "it is not known whether any of this can be reclaimed" in untold


DENIES_WORDS = ("No clause that was seen", "None of it can be reclaimed", "remedy for a breach was not seen")


@pytest.mark.parametrize("name", builtin_cases())
def test_no_sentence_denies_the_words_of_a_covenant_whose_remedy_is_not_known(name):
    """A covenant in words may demand repayment: its clause was seen, only its sum and condition are not known."""
    case = load_case(find_case(name))
    sheet = parse_sheet(case.view(case.decision_date).sheet.document)
    if any(covenant.text and isinstance(covenant.remedy, Unknown) for covenant in sheet.covenants):
        said = [render(clause.message) for clause in explain(sheet)]
        assert not [one for one in said if any(words in one for words in DENIES_WORDS)]


CONDITIONED = {
    "tranche": "instruments:\n  stake: {type: equity, issuer: company, share: 10%%, tranches: "
    '[{id: t1, amount: 50, due: 2025-12-31, if: "%s"}]}\n',
    "loan": "instruments:\n  loan: {type: loan, lender: land, borrower: company, amount: 50, drawn: 2025-12-31, "
    'rate: 4%%, years: 3, if: "%s"}\n',
    "earn_out": 'instruments:\n  more: {type: earn_out, from: land, to: company, amount: 50, when: "%s"}\n',
    "grant": 'incentives:\n  aid: {type: grant, from: land, amount: 50, start: 2025-12-31, if: "%s"}\n',
    "purchase": "incentives:\n  buys: {type: purchase, from: land, amount: 50, start: 2025-12-31, worth: 50%%, "
    'if: "%s"}\n',
    "park": "incentives:\n  hall: {type: park, from: land, cost: 50, ready: 2026-12-31, rent: 5%%, years: 9, "
    'if: "%s"}\n',
}


@pytest.mark.parametrize("word", CONDITIONED)
def test_a_condition_that_contradicts_itself_is_found_on_every_form_of_money(word):
    assert "GZ401" in codes(CONDITIONED[word] % NEVER)
    assert "GZ401" not in codes(CONDITIONED[word] % "jobs_local > 3")


# -- one sum of money, one side ------------------------------------------------------------------------------------

WEIGHT = {severity: rank for rank, severity in enumerate(reversed(Severity), 1)}


def with_more(view, fact, times):
    """The view with more of the money that a fact states."""
    value = fact.value
    more = tuple(end * times for end in value) if isinstance(value, tuple) else value * times
    return replace(view, facts=tuple(replace(f, value=more) if f.id == fact.id else f for f in view.facts))


def weights(view, codes):
    return {f.code: WEIGHT[f.severity] for f in run_checks(view, None) if f.kind == Kind.RISK and f.code in codes}


@pytest.mark.parametrize("name", builtin_cases())
def test_money_on_both_sides_counts_as_good_on_both(name):
    """Where a risk and an asset rest on one sum, the risk is what it falls short of: more of it never weighs more."""
    case = load_case(find_case(name))
    view = case.view(case.decision_date)
    findings = run_checks(view, None)
    sides = {kind: {id for f in findings if f.kind == kind for id in f.facts} for kind in (Kind.RISK, Kind.ASSET)}
    for id in sorted(sides[Kind.RISK] & sides[Kind.ASSET]):
        fact = view.fact(id)
        if not fact.unit.endswith(" m"):
            continue
        risks = {f.code for f in findings if f.kind == Kind.RISK and id in f.facts}
        before, after = weights(view, risks), weights(with_more(view, fact, 1.5), risks)
        assert all(after.get(code, 0) <= before[code] for code in before), (id, risks)
