"""What is said of a watched deal is true: what is late, unknown, quiet or held is read against the facts.

The tests read facts by themselves: their names, periods and values, without the readings of the product.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.jobs.watched_case import add_facts, fact, milestone, signed_case
from tests.sampling import examples
from tests.truth.properties import OF_TRUTH
from tests.truth.signs import added

from guanzi.base.core import InvalidInput, Message, Period, render
from guanzi.deal.terms import parse_sheet, payouts
from guanzi.jobs.chains.documents import open_gauge
from guanzi.jobs.following import monitoring, release
from guanzi.jobs.following.documents.monitor import unread
from guanzi.jobs.following.documents.monitor_tables import _when
from guanzi.jobs.following.monitoring import Watched
from guanzi.record.evidence import builtin_cases, find_case, load_case, watched_case
from guanzi.record.playbooks import load_playbook
from guanzi.render import localise
from guanzi.study.monitoring import READ_FROM, release_of, settlements, warning_rules

STEADY = settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FAILURES = {"insolvency_opened", "operations_suspended", "project_cancelled"}
STATEMENTS = ("milestone_reported", "milestone_verified")
LAST = date(2026, 1, 31)


@cache
def held(name):
    """A case of the library with what came after signing, its newest sheet, and the other companies by name."""
    case = watched_case(load_case(find_case(name)))
    newest = case.view(LAST)
    assert newest.sheet is not None
    return case, parse_sheet(newest.sheet.document)


def watched(name, day):
    case, sheet = held(name)
    return Watched(case, case.view(day), sheet, warning_rules())


def looked(name, day, paths=0):
    request = monitoring.Request(name, day, paths=paths)
    return monitoring.look(watched(name, day), request)


def tried(name, day, tranche):
    return release.try_instalment(watched(name, day), tranche, load_playbook("hefei"))


def messages(document) -> Iterator[Message]:
    """All messages of a document, those within others too."""
    words = [s.words for s in document.sentences()] + [s.name for s in document.sentences()]
    for table in document.tables():
        words += [x for row in table.rows for x in (row.head.value, *(cell.value for cell in row.cells))]
    yield from within(words)


def within(words):
    for word in words:
        if isinstance(word, Message):
            yield word
            yield from within(dict(word.params).values())
        elif isinstance(word, tuple):
            yield from within(word)


def ids(document):
    return {message.id.removeprefix("reports.monitor.") for message in messages(document)}


def lead(result):
    document = monitoring.document_of(result)
    return [localise(s.words, "en") for s in next(s for s in document.sections if s.id == "lead").blocks[0].items]


# -- failing examples --------------------------------------------------------------------------------------------


def test_an_instalment_of_which_money_came_is_not_late():
    found = {m.id: m for m in looked("nio-hefei-2020", LAST).milestones}
    assert (found["i2"].state, found["i1"].state) == ("paid", "part")
    assert (found["i1"].settled.paid, found["i1"].settled.planned) == pytest.approx((3_300.0, 3_500.0))
    assert {found[id].state for id in ("i3", "i4", "i5")} == {"untold"}
    assert "late" not in {m.state for m in found.values()}


def test_an_event_that_a_payment_took_for_met_is_met():
    closing = next(m for m in looked("nio-hefei-2020", LAST).milestones if m.id == "closing")
    assert (closing.state, closing.implied.day) == ("implied", date(2020, 6, 29))
    asked = tried("nio-hefei-2020", LAST, "i3").release.conditions[-1]
    assert asked.holds
    assert asked.facts == ("reported-paid-2020-06",)


def test_what_was_reported_is_told_as_reported_and_not_as_late():
    agreement = next(t for t in looked("nio-hefei-2020", LAST).examined.tiers if t.id == "headquarters-agreement")
    (told,) = [late for late in agreement.late if late.what == "headquarters_agreement"]
    assert told.reported == date(2020, 4, 29)


def test_a_clock_runs_from_the_first_money_of_an_instalment():
    found = looked("nio-hefei-2020", date(2024, 12, 31)).examined
    (put,) = [right for right in found.rights if right.id == "put"]
    assert "i1" not in {late.what for late in put.late}
    assert "listing_filed" in {late.what for late in put.late}
    assert found.seen.steps["i1"] == 0


def test_a_part_of_a_year_that_is_held_is_told():
    result = looked("nio-hefei-2020", LAST, paths=64)
    (row,) = [r for r in result.followed.outcome if (r.quantity, str(r.period)) == ("revenue", "2024")]
    assert row.part is not None
    assert row.part.value == pytest.approx(9_908.6 + 17_446.0 + 18_673.5)
    assert (row.months, row.claim) in {(9, "in_part"), (9, "above")}


def test_cash_that_newer_accounts_should_have_replaced_warns_of_nothing():
    found = looked("nio-hefei-2020", date(2020, 9, 15)).signs
    assert "cash-months" not in {sign.rule.id for sign in found.found}
    (cash,) = [one for one in found.unseen if one.rule.id == "cash-months"]
    assert cash.lasted is not None
    assert cash.lasted < date(2020, 9, 15)


def test_a_company_of_which_nothing_became_known_is_not_called_free_of_signs():
    told = lead(looked("byton-nanjing-2018", date(2019, 3, 31)))
    assert (
        "The latest fact on the company became known on 11 June 2018, 293 days before the date of this page"
        in " ".join(told)
    )
    assert not any("No sign of trouble" in words for words in told)
    (cash,) = [
        one for one in looked("byton-nanjing-2018", date(2019, 3, 31)).signs.unseen if one.rule.id == "cash-months"
    ]
    assert cash.facts == ("equity-raised-2018",)


def test_a_reason_that_cannot_be_tested_leaves_an_answer_with_both_ends():
    for day in (date(2020, 12, 31), date(2022, 6, 30), LAST):
        result = looked("nio-hefei-2020", day)
        document = monitoring.document_of(result)
        assert "course.unknown" in ids(document) or "course.warned" in ids(document)
        if "course.unknown" in ids(document):
            assert ids(document) & {"course.then.stop", "course.then.exit"}


def test_a_company_that_has_failed_is_not_held_and_waiting_is_not_valued():
    result = looked("borgward-beijing-2019", date(2023, 1, 31))
    assert result.advice.course == "failed"
    assert not result.advice.calm


@pytest.mark.parametrize("paths", [64])
def test_a_failure_or_an_unanswered_sign_overrides_hold_and_the_value_of_waiting(tmp_path, paths):
    calm = [fact("d", "deliveries", 9_000, "vehicles", "2020Q2"), fact("m", "revenue", 900, "CNY m", "2020Q2")]
    doubt = fact("g", "going_concern_doubt", True, "flag", date(2020, 6, 30))
    end = fact("e", "insolvency_opened", True, "flag", date(2020, 7, 15))
    for course, more in (("warned", doubt), ("failed", end)):
        folder = tmp_path / course
        case = signed_case(folder, *calm, more)
        result = monitoring.monitor(monitoring.Request(str(case), date(2020, 8, 31), paths=paths))
        assert result.advice.course == course
        assert result.followed is None or result.followed.waiting is None
        assert not {"course.hold", "followed.waiting"} & ids(monitoring.document_of(result))


def test_no_reason_of_a_right_to_sell_is_seen_where_no_stake_is_left(tmp_path):
    sold = fact("s", "public_stake", 0.0, "ratio", date(2020, 7, 31))
    result = monitoring.monitor(monitoring.Request(str(signed_case(tmp_path, sold)), date(2020, 8, 31), paths=0))
    assert next(t for t in result.advice.triggers if t.id == "put_open").met is False
    assert result.advice.course == "no_stake"


def test_no_fact_that_quiets_a_rule_is_said_to_be_read_by_no_test(tmp_path):
    calm = fact("calm", "going_concern_doubt", False, "flag", date(2020, 6, 30))
    stray = fact("stray", "recall_cost", 3, "CNY m", date(2020, 6, 30))
    result = monitoring.monitor(monitoring.Request(str(signed_case(tmp_path, calm, stray)), date(2020, 8, 31), paths=0))
    assert "going-concern" in {rule.id for rule in result.signs.quiet}
    left = unread(monitoring.study_of(result))
    assert "stray" in left
    assert "calm" not in left


def test_payments_of_an_instrument_are_named_in_the_order_of_their_days():
    with pytest.raises(InvalidInput) as refused:
        tried("britishvolt-blyth-2022", date(2022, 12, 1), "grant")
    (problem,) = refused.value.problems
    assert dict(problem.fix.params)["ids"] == ("grant.2023", "grant.2024", "grant.2025", "grant.2026")


def test_a_clawback_is_called_a_clawback(tmp_path):
    case = signed_case(tmp_path)
    terms = case / "terms" / "2020-04-29.yaml"
    grant = """\
incentives:
  aid:
    type: grant
    from: city
    amount: 100
    start: 2020-06-30
    if: plant_local
    clawback: {when: not plant_local, recover: 100%, enforced: 50%}
"""
    terms.write_text(terms.read_text("utf-8") + grant, "utf-8")
    result = monitoring.monitor(monitoring.Request(str(case), date(2020, 8, 31), paths=0))
    assert {right.use for right in result.examined.rights if right.of == "aid"} == {"payment", "clawback"}
    assert {"use.clawback", "use.payment"} <= ids(monitoring.document_of(result))


def test_a_covenant_whose_text_was_not_seen_is_not_called_tested():
    demand = next(
        d for d in tried("evergrande-guangzhou-2019", date(2021, 10, 1), "subsidies").release.demands
        if d.demand.id == "covenants"
    )  # fmt: skip
    assert demand.met is None


def test_a_share_of_which_nothing_is_known_is_drawn_as_unknown_and_not_as_a_bar():
    nothing = SimpleNamespace(survive=None, even=None, value_after=None)

    def drawn(span):
        found: Any = SimpleNamespace(captive=span, leaning=(0.0, 0.0), removal=nothing, decided=True, model=None)
        return open_gauge.GaugeDrawing(found, "what is known").picture("en").wide

    unknown, narrow = drawn((0.0, 1.0)), drawn((0.1, 0.2))
    assert ">?<" in unknown
    assert ">?<" not in narrow
    assert unknown.count("<line") < narrow.count("<line")


# -- the library on many days ------------------------------------------------------------------------------------


def days_of(name, count):
    """Days from signing to the last day, evenly apart, as far as no deal is outlived by more than a year."""
    sheet = held(name)[1]
    every = [sheet.signed + (LAST - sheet.signed) * n / (count - 1) for n in range(count)]
    return [day for day in every if day <= sheet.signed + timedelta(days=365 * (sheet.horizon + 1))]


@pytest.mark.parametrize("name", builtin_cases())
def test_what_is_told_of_a_case_of_the_library_agrees_with_its_facts_on_many_days(name):
    told_truly(name, 5)


@pytest.mark.prove
@pytest.mark.parametrize("name", builtin_cases())
def test_what_is_told_of_a_case_of_the_library_agrees_with_its_facts_in_every_season(name):
    told_truly(name, 24)


def told_truly(name, count):
    """Every word of page and payment tests of a case, on so many days, against the facts of the day."""
    for day in days_of(name, count):
        result = looked(name, day)
        document = monitoring.document_of(result)
        facts = result.watched.view.facts
        told = ids(document)
        _past(document, result, facts)
        _not_held(result, facts, day)
        _signs(result, facts, day)
        _kept(result, day)
        _courses(told, facts, day)
        _calendar(result)
        counted = [m for m in messages(document) if m.id == "reports.monitor.lead.covenants"]
        for message in counted:
            said = dict(message.params)
            assert sum(dict(part.params)["n"] for part in said["told"]) == said["n"]
        text = " ".join(render(m, "en") for m in messages(document))
        _nouns(name, text, result)
        for one in payouts(result.watched.sheet):
            test = tried(name, day, one.id).release
            assert all(condition.tested <= day for condition in test.conditions)
            _demands(test, result.watched.sheet)
            assert not (test.breached and test.verdict not in ("breached", "paid"))
            if next(c for c in test.conditions if c.id == "unpaid").holds:
                assert not _said(facts, one.id)


def _calendar(result):
    """A report, which no clause of a sheet can ask for, is nowhere called due."""
    for entry in result.calendar:
        if entry.kind == "report":
            state = localise(_when(entry, result.watched.view), "en")
            assert not re.search(r"\bdue\b|overdue", f"{localise(entry.text, 'en')} {state}")


def _demands(test, sheet):
    """Milestones and covenants that a deal has not are said not to be there, and none that it has is."""
    for demand in test.demands:
        told = {message.id.rpartition(".")[2] for message in demand.open}
        if "no_milestone" in told or "nothing_awaited" in told:
            assert ("no_milestone" in told) == (not (sheet.tiers or sheet.events or sheet.promises or sheet.unknown))
            assert not demand.applies
            assert not (test.payout.condition is None and sheet.unseen(test.payout.instrument, "condition"))
        if demand.demand.id == "covenants":
            assert ("no_covenant" in told) == (not sheet.covenants and not sheet.covenants_unseen)
            assert ("covenant_unseen" in told) == (not sheet.covenants and sheet.covenants_unseen)
            assert sheet.covenants or demand.met is (None if sheet.covenants_unseen else True)
            assert demand.open or sheet.covenants


def _said(facts, id):
    return [f for f in facts if f.subject == id.replace("_", "-") and f.name in STATEMENTS and f.value is True]


def _received(facts):
    return sum(f.number for f in facts if f.name == "public_cash_received")


def _past(document, result, facts):
    """Row by row: late is what somebody says was not reached after its day, unknown is what nobody says anything of."""
    rows = {
        row.id.partition(":")[2]: next(within([cell.value for cell in row.cells[5:6]]), None)
        for table in document.tables()
        if table.id == "milestones"
        for row in table.rows
    }
    sheet = result.watched.sheet
    received = _received(facts) * 1e6 / sheet.unit
    planned = [(one.id, one.due, release_amount(one)) for one in payouts(sheet) if one.kind == "planned"]
    paid = {id for id, message in rows.items() if message.id.endswith("milestone.paid")}
    assert sum(amount for id, _, amount in planned if id in paid) <= received + 1e-6
    for m in result.milestones:
        told = rows[m.id].id.rpartition("monitor.")[2]
        subject = m.id.replace("_", "-")
        denied = [f for f in facts if f.subject == subject and f.name in STATEMENTS and f.value is False]
        if told == "days_late":
            assert any(f.period.end > m.due for f in denied)
        if told in ("days_late", "milestone.untold", "milestone.open"):
            assert not _said(facts, m.id)
        if told == "milestone.untold" and m.kind == "instalment":
            assert received < sum(amount for *_, amount in planned) or not all(amount for *_, amount in planned)
        if told == "milestone.verified":
            assert [f for f in _said(facts, m.id) if f.name == "milestone_verified"]
        if told in ("milestone.implied", "milestone.part", "milestone.paid"):
            assert received > 0.0


def release_amount(payout):
    """What is planned of a payment, what is assumed of it included."""
    parts = (getattr(value, "assumed", value) for value in payout.amounts.values())
    return sum(part or 0.0 for part in parts)


def _not_held(result, facts, day):
    """A figure that is said not to be held stands in no fact of its quarter, and nothing reported is called unknown."""
    examined = result.examined
    for owner in (*examined.tiers, *examined.covenants, *examined.rights):
        for late in owner.late:
            assert late.days <= (day - late.end).days or not late.days
            if late.figure and late.end <= day and (late.gap or not late.days):
                _gaps(late, result, facts)
            if late.figure:
                quarter = Period.of("quarter", late.end)
                names = READ_FROM[late.what]
                assert not [f for f in facts if f.name in names and f.subject == "company" and f.period == quarter]
            elif late.days and late.reported is None:
                assert not _said(facts, late.what)


def _gaps(late, result, facts):
    """A figure is not due later where the quarter before is unknown, and known of no quarter only where it is so."""
    seen, names = result.examined.seen, READ_FROM[late.what]
    quarter, first = Period.of("quarter", late.end), Period.of("quarter", result.watched.sheet.signed)
    own = [f for f in facts if f.subject == "company" and f.period.end < quarter.start]
    read = [f for f in own if f.name in names]
    if not late.gap:
        assert quarter == first or read or late.what == "solvent", late.what
    elif late.known is None:
        stated = [f for f in read if f.period.kind == "quarter" and f.period.start >= first.start]
        assert not stated or late.what in seen.before, late.what
    else:
        assert own
        assert late.known < quarter.shift(-1).start


def _kept(result, day):
    """What is said to be kept as of a day rests on a fact of that day, and none that is older carries it by itself."""
    facts = {f.id: f for f in result.watched.view.facts}
    for covenant in result.examined.covenants:
        newest = max((facts[id].period.end for id in covenant.facts if id in facts), default=day)
        if covenant.state == "kept":
            assert newest >= day - timedelta(days=366 * 3 // 2 + 92), covenant.id


def _signs(result, facts, day):
    """A sign rests on figures that are not old, and a rule without facts is one of which no fact is held."""
    for sign in result.signs.found:
        newest = max(f.period.end for f in facts if f.id in sign.facts)
        assert newest >= day - timedelta(days=366 * 3 // 2 + 31), sign.rule.id
        if sign.rule.id == "cash-months":
            cash = [f for f in facts if f.id in sign.facts and f.name.startswith("cash")]
            assert max(f.period.end for f in cash) >= day - timedelta(days=184 + 61)
    for one in result.signs.unseen:
        if not one.facts and one.rule.looks_at:
            assert not [f for f in facts if f.name in one.rule.looks_at and f.subject == "company"], one.rule.id
    assert len(result.signs.found) + len(result.signs.quiet) + len(result.signs.unseen) == len(warning_rules().rules)


def _courses(told, facts, day):
    """One course is said; never to hold what has failed, or what doubts that it can go on and nobody has answered."""
    courses = {id for id in told if id.startswith("course.") and "then" not in id} - {"course.add"}
    assert len(courses) == 1
    own = [f for f in facts if f.subject == "company" and f.value is True]
    if any(f.name in FAILURES for f in own):
        assert courses == {"course.failed"}
        assert "lead.end" in told
    doubts = [f for f in own if f.name == "going_concern_doubt" and f.period.end >= day - timedelta(days=366)]
    if doubts and not any(f.name == "sign_answered" for f in facts):
        assert not courses & {"course.hold", "course.unknown", "course.no_stake"}
    known = max((f.known_on for f in facts if f.subject == "company"), default=None)
    assert known is None or ("lead.silent" in told) == ((day - known).days > 92 + 60)


def _nouns(name, text, result):
    """No company of another case is named, unless the words of this case name it."""
    own = (
        " ".join(str(f.value) for f in result.watched.view.facts)
        + str(result.watched.sheet)
        + result.watched.view.title
    )
    own += " ".join(str(source) for source in result.watched.case.sources)
    for other in ("NIO", "BOE", "Byton", "Borgward", "Evergrande", "Lilium"):
        if other not in own and other not in held(name)[0].company.name:
            assert other not in text.replace("BEYOND", "")


# -- made-up money -----------------------------------------------------------------------------------------------

RECEIPTS = st.lists(st.tuples(st.integers(1, 4_000), st.integers(0, 500)), max_size=4)


@STEADY
@given(receipts=RECEIPTS)
def test_money_is_laid_to_payments_once_and_no_payment_it_covers_is_called_unknown(tmp_path_factory, receipts):
    days = [(date(2020, 6, 30) + timedelta(days=after), amount) for amount, after in receipts]
    days = list({day: (day, amount) for day, amount in days}.values())
    came = [
        fact(f"r{n}", "public_cash_received", amount, "CNY m", day, day) for n, (day, amount) in enumerate(days)
    ]  # fmt: skip
    case = signed_case(tmp_path_factory.mktemp("money"), *came)
    loaded = monitoring.watch(monitoring.Request(str(case), date(2022, 6, 30)))
    settled = settlements(loaded.sheet, loaded.view)
    total = sum(amount for _, amount in days)
    assert sum(s.paid for s in settled.values()) == pytest.approx(min(total, 6_000.0))
    found = {
        m.id: m for m in monitoring.look(loaded, monitoring.Request(str(case), date(2022, 6, 30), paths=0)).milestones
    }
    states = [found[id].state for id in ("i1", "i2", "i3")]
    covered = [total >= upto for upto in (3_500, 5_000, 6_000)]
    assert [state == "paid" for state in states] == covered
    assert ("part" in states) == (total not in (0, 3_500, 5_000) and total < 6_000)
    assert (found["closing"].state == "implied") == bool(total)
    assert "late" not in states


def test_a_denial_after_its_day_is_late_and_a_denial_before_it_is_not(tmp_path):
    case = signed_case(
        tmp_path, milestone("n", "closing", "reported", date(2020, 7, 20), date(2020, 7, 20), value=False)
    )
    found = monitoring.look(
        monitoring.watch(monitoring.Request(str(case), date(2020, 8, 31))), monitoring.Request("", None, paths=0)
    )
    assert next(m for m in found.milestones if m.id == "closing").state == "late"
    add_facts(case, "more", fact("p", "public_cash_received", 3_500, "CNY m", date(2020, 7, 25), date(2020, 7, 25)))
    again = monitoring.look(
        monitoring.watch(monitoring.Request(str(case), date(2020, 8, 31))), monitoring.Request("", None, paths=0)
    )
    assert next(m for m in again.milestones if m.id == "closing").state == "implied"


# -- old is not now ----------------------------------------------------------------------------------------------


def test_an_old_word_on_the_headquarters_does_not_keep_its_covenant():
    result = looked("nio-hefei-2020", LAST)
    headquarters = next(c for c in result.examined.covenants if c.id == "headquarters")
    assert (headquarters.state, headquarters.tested) == ("unknown", date(2020, 10, 9))
    tier = next(t for t in result.examined.tiers if t.id == "headquarters")
    assert tier.now is None
    page = " ".join(render(m, "en") for m in messages(monitoring.document_of(result)))
    assert "met as of 9 October 2020, not known since" in page


def test_what_is_reported_for_its_day_is_not_late():
    agreement = next(t for t in looked("nio-hefei-2020", LAST).examined.tiers if t.id == "headquarters-agreement")
    (told,) = [late for late in agreement.late if late.what == "headquarters_agreement"]
    assert told.days == 0


@pytest.mark.parametrize("day", [date(2022, 6, 30), LAST])
def test_nothing_is_asked_for_that_what_is_known_has_decided(day):
    """Cars of nine months of 2024, and of 2021, were more than the 20,000 a year of the right to sell back."""
    (put,) = [right for right in looked("nio-hefei-2020", day).examined.rights if right.id == "put"]
    assert put.now is None
    asked = {late.what for late in put.late}
    assert "units" not in asked
    assert {"control_changed", "asset_injection", "cash_injection"} <= asked
    assert ("listed" in asked) == (day == LAST), "sixty months had not passed"


def test_how_the_rules_stood_when_a_company_was_last_heard_of_is_told_with_the_day(tmp_path):
    doubt = fact("g", "going_concern_doubt", True, "flag", date(2020, 6, 30), date(2020, 8, 15))
    case = signed_case(tmp_path, doubt)
    result = monitoring.monitor(monitoring.Request(str(case), date(2022, 6, 30), paths=0))
    assert not result.signs.found
    told = lead(result)
    assert any("As known on 15 August 2020, 1 early-warning rule was triggered" in words for words in told)


def test_a_silent_company_of_which_no_rule_reads_anything_says_what_to_ask_for():
    told = " ".join(lead(looked("byton-nanjing-2018", date(2019, 3, 31))))
    assert "No early-warning rule can be checked. Ask the company for" in told
    assert "Equity rounds 500 m US dollars (11 June 2018)" in told
    page = " ".join(
        render(m) for m in messages(monitoring.document_of(looked("byton-nanjing-2018", date(2019, 3, 31))))
    )
    assert "the company is solvent, 31 March 2019: not due yet" not in page


# -- unknown is no “no” ------------------------------------------------------------------------------------------


def test_a_company_of_which_nothing_can_be_looked_at_is_not_held_by_a_rule():
    result = looked("boe-hefei-2008", date(2010, 6, 30))
    told = {trigger.id: trigger.met for trigger in result.advice.triggers}
    assert (told["failed"], told["sign"], told["tier_missed"]) == (None, None, None)
    assert {"course.unknown", "followed.ask", "trigger.silent"} <= ids(monitoring.document_of(result))


@pytest.mark.parametrize("name", builtin_cases())
def test_a_reason_that_no_fact_could_answer_is_unknown_on_every_day(name):
    """By facts alone: no young one, no calm; and what was paid is unknown where no fact on money is held."""
    for day in days_of(name, 5):
        result = looked(name, day)
        facts = result.watched.view.facts
        told = {trigger.id: trigger.met for trigger in result.advice.triggers}
        young = [f for f in facts if f.subject == "company" and (day - f.known_on).days <= 92 + 60]
        assert young or told["failed"] is not False
        for tier in (t for t in result.examined.tiers if not t.baseline):
            truths = tier.verdict.truths
            may_be_lost = truths[-1] is not True and any(truth is not False for truth in truths)
            assert not (may_be_lost and told["tier_missed"] is False), tier.id
        assert result.signs.found or result.signs.quiet or told["sign"] is None
        money = [f for f in facts if f.name.startswith("public_cash_") or f.name == "milestone_verified"]
        stands = result.position
        assert money or stands is None or (stands.paid, stands.returned, stands.outstanding) == (None, None, None)


@pytest.mark.parametrize("name", sorted(folder.name for folder in OF_TRUTH.iterdir()))
def test_no_payment_counts_as_unpaid_while_nothing_becomes_known(name):
    """A year after the last fact silence was unknown of the company, and "met" of its payment."""
    folder = OF_TRUTH / name
    day = max(fact.known_on for fact in watched_case(load_case(folder)).facts) + timedelta(days=400)
    watched = monitoring.watch(monitoring.Request(str(folder), day))
    for payout in payouts(watched.sheet):
        tests = release_of(watched.sheet, watched.view, payout, watched.rules, watched.signs, watched.examined)
        unpaid = next(test for test in tests.conditions if test.id == "unpaid")
        assert unpaid.holds is not True or (payout.already or payout.due) > day


@pytest.mark.parametrize(("paid", "whole"), [(1_900.0, True), (1_500.0, False)])
def test_a_payment_within_a_bracket_is_made_once_its_most_was_received(paid, whole):
    view = load_case(find_case("evergrande-guangzhou-2019")).view(date(2020, 4, 30))
    assert view.sheet is not None
    received = added(view, "public_cash_received", "company", more=True)
    received = replace(received, value=paid, period=Period.parse("2019-06-30"), source=view.facts[0].source)
    settled = settlements(parse_sheet(view.sheet.document), replace(view, facts=(*view.facts, received)))
    assert (settled["subsidies"].completed is not None) is whole
