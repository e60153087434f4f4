"""What differs between two appraisals is laid to single changes: parts that are the whole; the unused moves nothing."""

import json
from dataclasses import replace
from datetime import date
from functools import partial
from math import fsum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.jobs.watched_case import signed_case
from tests.sampling import examples

from guanzi.advice.appraisal import AppraisalOptions, appraise, from_json, to_json
from guanzi.advice.attribution import attribute, changes_between, hold, items_of, standpoint, walk
from guanzi.base.core import Period
from guanzi.engine.simulation import Remembered, Running
from guanzi.record.evidence import load_case
from guanzi.record.playbooks import load_playbook

DAY, LATER = date(2020, 4, 29), date(2020, 5, 4)
PATHS = 60
HEFEI = load_playbook("hefei")
RUNNING = Running(memory=Remembered())


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return load_case(signed_case(tmp_path_factory.mktemp("case")))


def figured(at, proposed=False, paths=PATHS, seed=1):
    return appraise(
        at.case, at.as_of, at.playbook, paths, seed, RUNNING, AppraisalOptions(sensitivity=False, proposal=proposed)
    )


def with_facts(case, *values):
    """The case with further facts: name, value, unit, period, day."""
    first = case.facts[0]
    more = tuple(
        replace(first, id=f"more-{n}", name=name, value=value, unit=unit, period=Period.parse(period), known_on=day)
        for n, (name, value, unit, period, day) in enumerate(values)
    )
    kept = tuple(f for f in case.facts if (f.name, str(f.period)) not in {(m.name, str(m.period)) for m in more})
    return replace(case, facts=tuple(sorted((*kept, *more), key=lambda fact: fact.id)))


def with_sheet(case, change):
    """The case with another term sheet, of the same name."""
    sheet = case.sheets[-1]
    data = change({part: dict(v) if isinstance(v, dict) else v for part, v in sheet.document.data.items()})
    return replace(case, sheets=(replace(sheet, document=replace(sheet.document, data=data)),))


def between(old, new):
    """The attribution of two standpoints, nothing of it recorded before."""
    walked = walk(old, new, figured)
    ends = figured(old, True), figured(new, True)
    return attribute(ends[0], ends, walked)


def alike(a, b):
    """Whether two values of a figure are one, but for rounding."""
    return a == b or (None not in (a, b) and tuple(a) == pytest.approx(tuple(b), rel=1e-11, abs=0.0))


def moved_by(found, id):
    return [d.item for d in found.differences if any(shift.cause.id == id for shift in d.shifts)]


CASH = ("cash_and_short_term_investments", "CNY m", "2019-12-31")
FACTS = st.fixed_dictionaries(
    {
        ("deliveries", "vehicles", "2019"): st.floats(1_000.0, 90_000.0),
        CASH: st.floats(10.0, 20_000.0),
        ("revenue", "CNY m", "2019"): st.floats(500.0, 20_000.0),
        ("headcount", "people", "2019"): st.floats(10.0, 20_000.0),
        ("budget_revenue", "CNY m", "2019"): st.floats(500.0, 90_000.0),
    }
)

MOST_MOVED = examples(5, 2)
"""So many of these facts change at most: each takes three appraisals."""


@settings(max_examples=examples(6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=FACTS, after=FACTS, kept=st.sets(st.integers(0, 4), min_size=5 - MOST_MOVED))
def test_the_parts_of_every_figure_add_up_to_its_change(case, before, after, kept):
    rows = [
        [(name, value, unit, period, DAY) for (name, unit, period), value in facts.items()] for facts in (before, after)
    ]
    mixed = [old if n in kept else new for n, (old, new) in enumerate(zip(*rows, strict=True))]
    old = standpoint(with_facts(case, *rows[0]), DAY, HEFEI)
    found = between(old, standpoint(with_facts(case, *mixed), LATER, HEFEI))
    assert found.causes[0].kind == "day"
    for d in found.of("figure"):
        way = [d.before, *(end for shift in d.shifts for end in (shift.before, shift.after)), d.after]
        assert all(map(alike, way[::2], way[1::2]))  # what is moved by a rounding alone is no shift
        if d.change is not None:
            assert fsum(amount for _, amount in d.parts) == pytest.approx(d.change, rel=1e-9, abs=1e-9)
    for d in found.differences:
        assert d.shifts
        assert d.because


def test_a_fact_that_nothing_uses_moves_nothing_and_is_said_to(case):
    odd = ("strategic_backers", 3.0, "number", "2019", DAY)
    cash = (CASH[0], 900.0, CASH[1], CASH[2], DAY)
    found = between(standpoint(case, DAY, HEFEI), standpoint(with_facts(case, odd, cash), DAY, HEFEI))
    unused, used = "fact:company strategic_backers 2019", f"fact:company {CASH[0]} {CASH[2]}"
    assert {c.id for c in found.causes} == {unused, used}
    assert not moved_by(found, unused)
    assert moved_by(found, used)
    assert unused in found.idle
    assert used not in found.idle


def test_between_the_same_nothing_changed(case):
    at = standpoint(case, DAY, HEFEI)
    found = between(at, at)
    assert (found.causes, found.differences, found.idle) == ((), (), frozenset())
    assert found.same["figure"] == sum(f.value is not None for f in found.after.figures.values())


def test_facts_come_after_day_and_terms_and_in_the_order_in_which_they_became_known(case):
    facts = (("revenue", 8_000.0, "CNY m", "2019", date(2020, 5, 2)), ("headcount", 90.0, "people", "2019", LATER))
    new = with_sheet(with_facts(case, *facts), lambda data: data | {"horizon": "5 years"})
    causes = [c.id for c, _ in changes_between(standpoint(case, DAY, HEFEI), standpoint(new, LATER, HEFEI))]
    assert causes == ["day", "terms:horizon", "fact:company revenue 2019", "fact:company headcount 2019"]


@given(order=st.permutations(range(4)))
@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_single_changes_lead_to_the_new_view_in_any_order(case, order):
    def cheaper(data):
        data["instruments"] |= {"put": {**data["instruments"]["put"], "price": {"rate": "6%", "basis": "simple"}}}
        return data

    facts = (("revenue", 8_000.0, "CNY m", "2019", DAY), ("deliveries", 9_000.0, "vehicles", "2019", DAY))
    new = standpoint(with_sheet(with_facts(case, *facts), cheaper), LATER, HEFEI)
    old = standpoint(case, DAY, HEFEI)
    changes = changes_between(old, new)
    assert len(changes) == len(order)
    at = old
    for n in order:
        at = changes[n][1](at)
    assert at.case.view(at.as_of).sha256 == new.case.view(LATER).sha256


def test_a_standpoint_holds_the_view_of_its_day_and_nothing_later(case):
    later = with_facts(case, ("revenue", 8_000.0, "CNY m", "2019", LATER))
    at = standpoint(later, DAY, HEFEI)
    assert at.case.view(DAY).sha256 == case.view(DAY).sha256
    assert at.case.view(LATER).facts == case.view(DAY).facts


def test_one_clause_is_one_change_and_moves_what_it_pays(case):
    def dearer(data):
        tranches = [t | {"amount": t["amount"] * 2} for t in data["instruments"]["stake"]["tranches"]]
        data["instruments"] |= {"stake": {**data["instruments"]["stake"], "tranches": tranches}}
        return data

    found = between(standpoint(case, DAY, HEFEI), standpoint(with_sheet(case, dearer), DAY, HEFEI))
    assert [c.id for c in found.causes] == ["terms:instruments.stake"]
    paid = found.difference("figure", "budget.worst_planned")
    assert paid is not None
    assert [(c.id, amount) for c, amount in paid.parts] == [("terms:instruments.stake", 6_000.0)]


def test_clauses_that_hang_together_are_one_change(case):
    def without_put(data):
        data["instruments"] = {k: v for k, v in data["instruments"].items() if k != "put"}
        data["covenants"] = data["covenants"] | {"lock": data["covenants"]["lock"] | {"remedy": "unknown"}}
        return data

    found = between(standpoint(case, DAY, HEFEI), standpoint(with_sheet(case, without_put), DAY, HEFEI))
    assert [c.kind for c in found.causes] == ["joint"]
    assert [c.key for c in found.causes[0].joined] == ["instruments.put", "covenants.lock"]


def test_changes_that_act_together_say_what_they_do_only_together(case):
    old = with_facts(case, ("budget_revenue", 20_000.0, "CNY m", "2019", DAY))
    budget = replace(old.facts[-1], subject="region")
    old = replace(old, facts=(*old.facts[:-1], budget))
    new = replace(old, facts=(*old.facts[:-1], replace(budget, value=50_000.0)))

    def dearer(data):
        tranches = [t | {"amount": t["amount"] * 2} for t in data["instruments"]["stake"]["tranches"]]
        data["instruments"] |= {"stake": {**data["instruments"]["stake"], "tranches": tranches}}
        return data

    found = between(standpoint(old, DAY, HEFEI), standpoint(with_sheet(new, dearer), DAY, HEFEI))
    size = found.difference("figure", "known.budget_revenue")
    assert size is not None
    assert size.rest == 0.0
    share = next(d for d in found.of("figure") if "share" in d.item.id and d.alone and all(d.alone.values()))
    # twice the payment of two fifths of the share: what each does depends on the other
    assert share.rest == pytest.approx(sum(a for _, a in share.parts) - sum(share.alone.values()))
    assert share.rest != pytest.approx(0.0)


def test_what_todays_method_says_otherwise_is_laid_to_the_method(case):
    at = standpoint(case, DAY, HEFEI)
    now = figured(at, True)
    figure = now.figures["budget.paid"]
    before = now.model_copy(update={"figures": now.figures | {figure.id: figure.model_copy(update={"value": 1.0})}})
    found = attribute(before, (now, now), walk(at, at, figured))
    assert [d.item.id for d in found.differences] == ["budget.paid"]
    assert [(c.kind, amount) for c, amount in found.differences[0].parts] == [("method", figure.value - 1.0)]


def test_more_paths_are_no_fact_and_no_method(case):
    old = standpoint(case, DAY, HEFEI)
    new = standpoint(with_facts(case, ("deliveries", 5_000.0, "vehicles", "2019", DAY)), DAY, HEFEI)
    ends = figured(old, True, 3 * PATHS), figured(new, True, 3 * PATHS)
    again = [(figured(old, True, seed=s), figured(new, True, seed=s)) for s in (2, 3)]
    found = attribute(ends[0], ends, walk(old, new, figured), again)
    kinds = {cause.kind for d in found.of("figure") for cause, _ in d.parts}
    assert kinds == {"paths", "fact"}
    for d in found.of("figure"):
        if d.change is not None:
            assert fsum(amount for _, amount in d.parts) == pytest.approx(d.change, rel=1e-9, abs=1e-9)
    assert any(d.error for d in found.of("figure"))


# -- earlier appraisals --------------------------------------------------------------------------------------


def test_the_hashes_of_an_earlier_appraisal_are_verified(case):
    made = appraise(case, DAY, HEFEI, PATHS, options=AppraisalOptions(sensitivity=False))
    same, held = hold(case, made, HEFEI)
    assert (same, held.view, held.method, held.playbook) == (case, "same", "same", True)
    changed = with_facts(case, ("deliveries", 5.0, "vehicles", "2019", DAY), ("headcount", 9.0, "people", "2019", DAY))
    seen, held = hold(changed, made, HEFEI)
    assert held.view == "rebuilt"
    assert seen.view(DAY).sha256 == made.versions.view_sha256
    assert (held.facts, held.added) == ((case.facts[0].id,), ("more-0", "more-1"))
    renamed = replace(case, question=type(case.question)("Another question?"))
    assert hold(renamed, made, HEFEI)[1].view == "lost"


def test_another_playbook_is_told_from_other_rules(case):
    made = appraise(case, DAY, HEFEI, PATHS, options=AppraisalOptions(sensitivity=False))
    other = HEFEI.model_copy(update={"version": "9"})
    assert hold(case, made, other)[1].method == "playbook"
    assert not hold(case, made, other)[1].playbook
    versions = made.versions.model_copy(update={"method_sha256": "0" * 64})
    assert hold(case, made.model_copy(update={"versions": versions}), HEFEI)[1].method == "other"


EARLIER = ("as_signed", "missing", "proposal", "forecast", "effects", "track", "later_sources")
"""What the first format of ``appraisal.json`` did not have."""


def test_the_first_format_of_an_appraisal_is_still_read(case):
    made = appraise(case, DAY, HEFEI, PATHS, options=AppraisalOptions(sensitivity=False))
    data = made.model_dump(mode="json", by_alias=True)
    for name in EARLIER:
        del data[name]
    for figure in data["figures"].values():
        del figure["bounds"]
    for fact in data["facts"]:
        del fact["used_for"], fact["unused"]
    for clause in data["clauses"]:
        del clause["held_because"]
    del data["summary"]["lead"]
    read = from_json(json.dumps(data))
    assert read.as_signed == read.advice == made.advice
    assert (read.missing, read.proposal) == ((), None)
    ours, theirs = items_of(made), items_of(read)
    assert {item: said for item, said in theirs.items() if item.id != "as-signed"} == {
        item: said for item, said in ours.items() if item.id != "as-signed"
    }
    assert from_json(to_json(read)) == read


def test_evaluations_are_counted(case):
    old = standpoint(case, DAY, HEFEI)
    new = standpoint(with_facts(case, ("deliveries", 5_000.0, "vehicles", "2019", DAY)), LATER, HEFEI)
    asked: list[int] = []
    walk(old, new, partial(figured), asked.append)
    assert sum(asked) == 7  # both ends, the way of two, base and end, and one fact alone and left out
