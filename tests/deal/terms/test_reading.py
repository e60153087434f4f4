"""A term sheet is read whole, or refused with every reason, each with place and fix."""

from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.deal.terms.sheets import EXAMPLE, changed, document, parsed, problem, reading, said
from tests.sampling import examples
from tests.strategies import document_of, sheet_data

from guanzi.base.core import InvalidInput, render
from guanzi.deal.terms import Call, Equity, Put, Unknown, explain, parse_sheet, read_sheet, unknowns
from guanzi.deal.terms.reading import MOST_CLAUSES
from guanzi.record.evidence import builtin_cases, find_case, load_case


@given(sheet_data())
@settings(max_examples=examples(25))
def test_random_term_sheets_are_read_without_an_error(data):
    result = read_sheet(document_of(data))
    assert result.sheet is not None
    assert [p for p in result.problems if p.severity == "error"] == []
    assert [t.id for e in result.sheet.of(Equity) for t in e.tranches] == [
        t["id"] for t in data["instruments"]["stake"]["tranches"]
    ]


@pytest.mark.parametrize("name", builtin_cases())
def test_the_term_sheets_of_the_shipped_cases_are_read_without_a_word(name):
    for sheet in load_case(find_case(name)).sheets:
        result = read_sheet(sheet.document)
        assert result.problems == ()
        assert result.sheet is not None
        assert result.sheet.known_on == sheet.known_on


def test_the_deal_is_read_as_it_is_written():
    sheet = parsed()
    assert (sheet.deal, sheet.currency, sheet.unit, sheet.horizon, sheet.step) == (
        "example-riverton",
        "CNY",
        1e6,
        10,
        3,
    )
    assert sheet.public == ("city", "province")
    (stake,) = sheet.of(Equity)
    assert (stake.share, stake.holders) == (0.18, {"city": 0.12, "province": 0.06})
    assert [t.due for t in stake.tranches] == [date(2024, 4, 15), date(2024, 12, 31), date(2025, 12, 31)]
    assert stake.tranches[1].expires == date(2025, 12, 31)
    assert stake.contributions[0].cash == ((date(2024, 4, 15), 400.0),)
    (put,) = sheet.of(Put)
    assert (put.rate, put.obligors, put.holders) == (0.085, ("company",), ("city", "province"))
    (call,) = sheet.of(Call)
    assert (call.portion, call.of, call.rate, call.basis) == (0.5, "city", 0.1, "simple")


def test_an_unknown_part_of_a_known_total_is_what_the_others_leave():
    part = parsed().of(Equity)[0].tranches[1].amounts["province"]
    assert isinstance(part, Unknown)
    assert part.assumed == pytest.approx(400.0)
    assert part.low <= part.assumed <= part.high


def test_brackets_of_parts_weigh_what_is_left_of_the_total():
    split = "split: {city: 60%, province: {unknown: {low: 10%, high: 20%}}, fund: {unknown: {low: 20%, high: 40%}}}"
    text = changed("split: {city: 60%, province: unknown}", split)
    text = changed("  founder:   {role: holder}", "  fund: {role: public}", text)
    text = changed("holders: {city: 12%, province: 6%}", "holders: {city: 12%, province: unknown, fund: unknown}", text)
    stake = parse_sheet(document(text)).of(Equity)[0]
    parts = stake.tranches[1].amounts
    assert parts["city"] == pytest.approx(600)
    assert (parts["province"].assumed, parts["fund"].assumed) == (pytest.approx(400 / 3), pytest.approx(800 / 3))
    assert [stake.holders[name].assumed for name in ("province", "fund")] == [pytest.approx(0.03)] * 2


def test_a_value_known_by_a_bracket_keeps_it_with_its_note():
    value = parsed().of(Equity)[0].tranches[2].amounts["province"]
    assert (value.low, value.high, value.assumed, value.note) == (200.0, 400.0, None, "press")


def test_a_bracketed_share_leaves_a_bracket_to_holders_that_were_not_seen():
    text = changed("share: 18%", "share: {unknown: {low: 10%, high: 20%}}")
    text = changed("holders: {city: 12%, province: 6%}", "holders: {city: 5%, province: unknown}", text)
    holders = parse_sheet(document(text)).of(Equity)[0].holders
    assert holders["city"] == 0.05
    assert (holders["province"].low, holders["province"].high) == (pytest.approx(0.05), pytest.approx(0.15))


def test_where_no_part_of_the_share_was_seen_all_parts_stay_open():
    holders = parsed("    holders: {city: 12%, province: 6%}\n", "").of(Equity)[0].holders
    assert [(share.low, share.assumed) for share in holders.values()] == [(None, None)] * 2


def test_a_framework_may_have_no_instruments():
    sheet = parse_sheet(
        document(
            "deal: f\nstatus: framework\ncurrency: CNY\nknown_on: 2020-02-25\nsigned: 2020-02-25\n"
            "parties: {company: {role: issuer}}\ninstruments: {}\nunknown_clauses: {all: nothing was published}\n"
        )
    )
    assert (sheet.of(Equity), sheet.unknown[0].text) == ((), "nothing was published")


def test_a_clause_that_is_missing_is_absent_and_an_unknown_one_is_not():
    control = parsed().covenants[1]
    assert isinstance(control.remedy, Unknown)
    assert parsed("until: listed, remedy: unknown", "until: listed").covenants[1].remedy is None
    assert parsed('require: "founder_share >= 40%"', "require: unknown").covenants[1].require is None
    assert parsed("obligors: [company]", "obligors: unknown").of(Put)[0].obligors is None


WRONG = [
    ("known_on: 2024", "knwon_on: 2024", "unknown_key", "did you mean known_on?"),
    ("currency: CNY", "currency: CNYY", "no_such_currency", "did you mean CNY?"),
    ("currency: CNY", "currency: RMB", "no_such_currency", "did you mean"),
    ("unit: 1e6", "unit: 1e5", "bad_unit", "use 1, 1e3, 1e6 or 1e9"),
    ("horizon: 10 years", "horizon: soon", "bad_horizon", "for example “10 years”"),
    ("horizon: 10 years", "horizon: 18 months", "bad_horizon", "for example “10 years”"),
    ("step: quarter", "step: weekly", "not_choice", "quarter and month"),
    ("status: definitive", "status: definite", "not_choice", "did you mean definitive?"),
    ("signed: 2024-03-15", "signed: 15 March 2024", "not_date", "year-month-day"),
    ("role: issuer, ", "", "missing", "add role"),
    ("share: 18%", "share: 118%", "not_fraction", "between 0% and 100%"),
    ("share: 18%\n    holders: {city: 12%, province: 6%}", "share: 18", "not_fraction", "write 18%"),
    ("share: 18%", "share: 20%", "parts_differ", "make the parts add up"),
    ("{city: 12%, province: 6%}", "{city: 19%, province: unknown}", "parts_differ", "make the parts add up"),
    ("split: {city: 60%, province: unknown}", "split: {city: 60%, province: 30%}", "parts_differ", "make the parts"),
    ("    split: {city: 60%, province: unknown}\n", "", "no_split", "state amounts by party"),
    ("issuer: company", "issuer: compny", "no_such_issuer", "did you mean company?"),
    ("holders: [city, province]", "holders: [city, founder]", "no_such_holder", "city and province"),
    ("obligors: [company]", "obligors: [company, city]", "obligor_is_holder", ""),
    ("obligors: [company]", "obligors: [parent]", "no_such_party", "company, city, province and founder"),
    ("on: stake\n    holders", "on: steak\n    holders", "no_such_equity", "did you mean stake?"),
    ("portion: 50% of city", "portion: 50% of hefei", "no_such_holder", "city and province"),
    ("portion: 50% of city", "portion: half", "not_ratio", "write a percentage"),
    ("holder: company", "holder: city", "no_such_party", "company and founder"),
    ("rate: 8.5%", "rate: 8.5", "not_fraction", "write 8.5%"),
    ("basis: simple", "basis: linear", "not_choice", "compound and simple"),
    ("city: 600", "city: -600", "negative_amount", "zero or more"),
    ("city: 600", "city: 0.6 bn", "not_number", "in the unit of the sheet"),
    ("city: 600", "founder: 600", "no_such_holder", "city and province"),
    ("due: 2024-12-31, if", "due: 2034-12-31, if", "expires_before_due", "after the due date"),
    ("due: 2025-12-31}\n", "due: 2034-12-31}\n", "due_after_horizon", "lengthen the horizon"),
    ("id: t2", "id: t3", "duplicate_id", "another id"),
    ("id: office", "id: plant", "duplicate_id", "another id"),
    ("due: 2024-04-10", "due: 2024-01-10", "event_before_signing", "on or after signing"),
    ("probability: 95%", "probability: 95", "not_fraction", "write 95%"),
    ("by: company", "by: compny", "no_such_party", "did you mean company?"),
    ("remedy: put", "remedy: putt", "no_such_right", "did you mean put?"),
    ("{low: 800, high: 2000", "{low: 8000, high: 2000", "bracket_reversed", "low below high"),
    ("{low: 200, high: 400, note: press}", "{low: 200, note: press}", "half_bracket", "low below high"),
    ("baseline: true", "baseline: yes", "not_flag", "true or false"),
    ("when: not listed", "when: 5", "not_condition", "write a condition"),
    ("when: not listed", "when: unknown", "trigger_unknown", "under unknown_clauses"),
    ("type: call", "type: lottery", "not_choice", "valid options here: equity"),
    ("type: call", "type: land", "wrong_section", "move it to incentives"),
    ("type: call", "type: coll", "not_choice", "did you mean call?"),
    ("liquidation: {", "Liquidation Rank: {", "bad_id", "lower-case letters"),
    ("unknown_clauses:", "promises: {site: land}\nunknown_clauses:", "not_mapping", "from and what"),
    (
        "unknown_clauses:",
        "incentives: {tax: {type: loan}}\nunknown_clauses:",
        "wrong_section",
        "move it to instruments",
    ),
    ("  put:\n", "  t1:\n", "duplicate_id", "another id"),
    ("closing: {name", "call: {name", "duplicate_id", "another id"),
    ("unknown_clauses:", "promises: {put: {from: city, what: land}}\nunknown_clauses:", "duplicate_id", "another id"),
    ("role: public, name: Riverton", "role: issuer, name: Riverton", "issuers", "one party"),
]


@pytest.mark.parametrize(("old", "new", "cause", "fix"), WRONG)
def test_what_is_wrong_is_named_with_its_place_and_mend(old, new, cause, fix):
    found = reading(old, new)
    assert found.sheet is None
    causes = {p.cause.id.removeprefix("terms.sheet."): p for p in found.problems}
    assert cause in causes
    assert fix in said(causes[cause])
    line = changed(old, new).split("\n")[causes[cause].place.line - 1]
    assert causes[cause].line == line


def test_the_sentence_for_a_date_before_the_signing():
    found = problem("due: 2024-04-10", "due: 2024-01-10")
    assert said(found).startswith("`due` of event closing is 10 January 2024, before the deal is signed (15 March")
    assert found.place.field == "events.closing.due"


def test_a_tier_that_waits_for_itself_is_found():
    found = problem("when: plant_local, baseline: true", "when: \"tier('plant') or tier('office')\"")
    assert (
        said(found)
        == "commitments depend on each other in a circle: office → office — make one of them depend only on the company"
    )


def test_a_circle_over_several_tiers_is_reported_once():
    text = changed("when: plant_local, baseline", "when: \"tier('plant')\", baseline")
    text = changed('when: "capacity_local >= 100_000"', "when: \"tier('office')\"", text)
    found = read_sheet(document(text)).problems
    assert [p.cause.id for p in found] == ["terms.sheet.circular_tiers"]
    assert "office → plant → office" in said(found[0])


def test_all_problems_come_at_once_in_the_order_of_the_text():
    text = changed("share: 18%", "share: 180%")
    text = changed("due: 2024-04-15", "due: someday", text)
    text = changed("or control_changed", "or control_change", text)
    text = changed("remedy: put}", "remedy: pot}", text)
    with pytest.raises(InvalidInput) as refused:
        parse_sheet(document(text))
    problems = refused.value.problems
    assert [p.excerpt for p in problems] == ["180%", "someday", "control_change", "pot"]
    assert [p.place.line for p in problems] == sorted(p.place.line for p in problems)


@pytest.mark.parametrize(
    "text", ["[]", "just text", "", "deal: 5", "parties: [a]\ninstruments: 3\ntiers: {a: 1}\nevents: x"]
)
def test_what_is_no_term_sheet_is_refused_with_reasons(text):
    result = read_sheet(document(text))
    assert result.sheet is None
    assert result.problems


def branches(data, path=()):
    """Paths of everything in a document."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from branches(value, (*path, key))


JUNK = (None, [], {}, "x", 5, -1, 1e300, True, date(1999, 1, 1), ["unknown"], {"unknown": {"low": 1}}, "unknown", [[1]])


DATA = {"deal": document(changed()).data, "example": document(EXAMPLE.read_text("utf-8")).data}
PLACES = [(name, path) for name, data in DATA.items() for path in branches(data)]


@given(st.sampled_from(PLACES), st.sampled_from(JUNK))
@settings(max_examples=examples(300))
def test_whatever_stands_in_a_place_the_sheet_is_read_or_refused_with_reasons(place, junk):
    name, path = place
    data = deepcopy(DATA[name])
    parent = data
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = junk
    result = read_sheet(document_of(data))
    assert (result.sheet is None) == any(p.severity == "error" for p in result.problems)
    for found in result.problems:
        assert said(found)
    if result.sheet is not None:
        assert [render(clause.message) for clause in explain(result.sheet)]


def test_what_the_simulation_needs_and_nobody_saw_is_a_warning():
    found = reading("share: 18%\n    holders: {city: 12%, province: 6%}", "share: unknown")
    assert found.sheet is not None
    assert {p.severity for p in found.problems} == {"warning"}
    assert {p.cause.id for p in found.problems} == {"terms.sheet.needs_bracket"}


def test_an_obligor_without_means_is_a_warning():
    found = problem("obligors: [company]", "obligors: [company, founder]")
    assert (found.severity, found.cause.id) == ("warning", "terms.sheet.obligor_without_limit")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("obligors: [company]", "obligors: [compani]", "`obligors` names “compani”"),
        ("holders: [city, province]", "holders: [city, provinz]", "“provinz”"),
        (
            "probability: 95%",
            "probability: {unknown: {low: 9%, high: 3%, note: x}}",
            "low end 9% is above the high end 3%",
        ),
        ("{low: 800, high: 2000", "{low: 8000, high: 2000", "low end 8000 is above the high end 2000"),
        ("city: 600", "city: -600", "`city` is negative: −600"),
        ("due: 2024-12-31, if", "due: 2024-12-32, if", "2024-12-32 is not a calendar date"),
    ],
)
def test_a_refusal_names_the_field_and_shows_the_number_as_it_is_written(old, new, said):
    assert any(said in render(problem.cause) for problem in reading(old, new).problems)


@pytest.mark.parametrize("amount", ["1.0e308", "9" * 60, "1.0e999"])
def test_an_amount_beyond_all_bounds_is_refused_where_it_stands(amount):
    found = reading("amount: 1000", f"amount: {amount}").problems
    assert [(p.cause.id, p.place.field) for p in found] == [
        ("terms.sheet.not_number", "instruments.stake.tranches.1.amount")
    ]


def test_a_number_beyond_all_bounds_in_a_condition_is_refused():
    found = reading("months_since('t1') > 60", "months_since('t1') > 1e300").problems
    assert [p.cause.id for p in found] == ["terms.condition.bad_number"]


def test_a_sheet_of_more_clauses_than_a_contract_has_is_refused_at_the_first_beyond():
    rows = "".join(f"      - {{id: x{n}, amount: 1, due: 2025-12-31}}\n" for n in range(MOST_CLAUSES))
    (found,) = reading("    contribution: ", rows + "    contribution: ").problems
    assert found.cause.id == "terms.sheet.too_many"
    assert found.place.line > MOST_CLAUSES


@pytest.mark.parametrize("cure", ["4 months", "0 months", "6 years", "soon", "not seen"])
def test_a_period_of_cure_is_whole_steps_of_at_most_five_years(cure):
    found = problem("{require: hq_local, from", f"{{require: hq_local, cure: {cure}, from")
    assert found.cause.id == "terms.clause.bad_cure"
    assert found.fix is not None
    assert render(found.fix, "en").startswith("write a number of months that is a multiple of 3")


def test_a_period_of_cure_that_was_not_seen_stays_unknown_and_the_simulation_says_what_it_does():
    sheet = parsed("{require: hq_local, from", "{require: hq_local, cure: unknown, from")
    assert sheet.covenants[0].cure is None
    clause = next(c for c in explain(sheet) if c.id == "covenant.headquarters")
    assert clause.state == "unknown"
    assert "with an unseen cure period (assumed: none)" in render(clause.message, "en")
    gap = next(g for g in unknowns(sheet) if "can be cured" in render(g.what, "en"))
    assert render(gap.assumption, "en") == "no cure period assumed: a failure to meet the covenant is a breach at once"


def test_a_period_of_cure_is_told_with_its_covenant():
    sheet = parsed("{require: hq_local, from", "{require: hq_local, cure: 6 months, from")
    assert sheet.covenants[0].cure == 6
    clause = next(c for c in explain(sheet) if c.id == "covenant.headquarters")
    assert "a failure to meet it becomes a breach after 6 months" in render(clause.message, "en")
    assert "满6个月方构成违约" in render(clause.message, "zh")
