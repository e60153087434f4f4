"""A signed deal on a day: what is known of it, what is refused, and that nothing later enters."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.jobs.watched_case import add_facts, fact, milestone, signed_case
from tests.sampling import examples

from guanzi.base.core import InvalidInput, Message, Period, dump_json, format_problems, render
from guanzi.jobs.following import monitoring, release
from guanzi.jobs.shared.run import Run
from guanzi.render import localise
from guanzi.study.monitoring import figure

DAY = date(2020, 8, 31)
BLOCKED = {"en": "Blocked: covenant breached", "zh": "不得支付：约束条款已违反"}
DELIVERED = fact("d", "deliveries", 10_331, "vehicles", "2020Q2")


def watch(folder, day=DAY):
    return monitoring.monitor(monitoring.Request(str(folder), day))


def refusal(folder, day=DAY):
    with pytest.raises(InvalidInput) as error:
        watch(folder, day)
    return format_problems(error.value.problems, "en")


# -- covenants ---------------------------------------------------------------------------------------------------


def test_a_covenant_without_its_figure_cannot_be_tested_and_says_since_how_many_days(tmp_path):
    found = watch(signed_case(tmp_path, DELIVERED), date(2020, 10, 16)).examined.covenants[0]
    assert found.state == "unknown"
    assert {(late.what, late.end, late.days) for late in found.late} >= {("founder_share", date(2020, 9, 30), 0)}
    later = watch(tmp_path / "riverton", date(2020, 12, 31)).examined.covenants[0]
    assert max(late.days for late in later.late) == 0  # the figure of the fourth quarter is not due yet
    stale = watch(tmp_path / "riverton", date(2021, 3, 30)).examined.covenants[0]
    assert {late.days for late in stale.late} == {(date(2021, 3, 30) - date(2020, 12, 31)).days - 60}


@pytest.mark.parametrize(("share", "state"), [(0.6, "kept"), (0.5999, "breached")])
def test_the_lock_on_the_parents_stake_breaks_below_its_limit(tmp_path, share, state):
    case = signed_case(
        tmp_path, DELIVERED, fact("s", "founder_share", share, "ratio", date(2020, 6, 30)),
        fact("l", "listed", False, "flag", "2020Q2"),
    )  # fmt: skip
    found = watch(case).examined.covenants[0]
    assert found.state == state
    assert found.headroom[0].room(0) == pytest.approx(share - 0.6)
    assert found.breached == (date(2020, 6, 30) if state == "breached" else None)


def test_a_breach_after_a_listing_is_none_because_the_covenant_has_ended(tmp_path):
    case = signed_case(
        tmp_path, DELIVERED, fact("s", "founder_share", 0.5, "ratio", date(2020, 6, 30)),
        fact("l", "listed", True, "flag", date(2020, 6, 1)),
    )  # fmt: skip
    assert watch(case).examined.covenants[0].state == "kept"


def test_a_year_under_way_at_signing_counts_what_was_delivered_before_it():
    found = watch("nio-hefei-2020", date(2021, 6, 30)).examined
    (room,) = next(r for r in found.rights if r.id == "put").headroom
    assert room.values[:3] == (14_169.0, 26_375.0, 43_728.0)
    assert room.tested[:3] == (False, False, True)


LOCKED = '{require: "founder_share >= 60%", until'


QUARTERS = (date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31))


def lock(folder, clause, *shares):
    """The first covenant with a period of cure on the last day of 2020, after the parent's share in each quarter."""
    told = [
        fact(f"{name}{n}", name, value, unit, end, end)
        for n, (end, share) in enumerate(zip(QUARTERS, shares, strict=True))
        if share is not None
        for name, value, unit in (("founder_share", share, "ratio"), ("listed", False, "flag"))
    ]
    case = signed_case(folder, *[{**f, "id": f["id"].replace("_", "-")} for f in told])
    terms = case / "terms" / "2020-04-29.yaml"
    text = terms.read_text("utf-8")
    assert LOCKED in text
    terms.write_text(text.replace(LOCKED, LOCKED.replace("until", f"{clause}, until")), "utf-8")
    return watch(case, QUARTERS[-1])


@pytest.mark.parametrize(
    ("clause", "shares", "state", "day"),
    [
        ("cure: 6 months", (0.5, 0.5, 0.5), "breached", date(2020, 12, 31)),
        ("cure: 6 months", (0.5, 0.5, 0.7), "kept", None),
        ("cure: 6 months", (0.7, 0.5, 0.5), "curing", date(2021, 3, 31)),
        ("cure: 6 months", (0.5, 0.7, 0.5), "curing", date(2021, 6, 30)),
        ("cure: 3 months", (0.5, 0.5, 0.7), "breached", date(2020, 9, 30)),
        ("cure: 3 months, from: 2020-09-30", (0.5, 0.5, 0.5), "breached", date(2020, 12, 31)),
        ("cure: 6 months, from: 2020-09-30", (0.5, 0.5, 0.5), "curing", date(2021, 3, 31)),
    ],
)
def test_a_failure_is_a_breach_once_it_has_lasted_for_its_period_of_cure(tmp_path, clause, shares, state, day):
    found = lock(tmp_path, clause, *shares).examined.covenants[0]
    assert found.state == state
    assert (found.breached if state == "breached" else found.curable) == day


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ((0.7, 0.7, None), "met as of 30 September 2020, not known since"),
        ((0.7, 0.5, None), "not met when last tested, 30 September 2020"),
        ((0.7, 0.5, None), "breached on 31 March 2021 unless cured first"),
    ],
)
def test_a_figure_that_is_missing_in_a_period_of_cure_is_not_taken_for_kept(tmp_path, shares, told):
    found = lock(tmp_path, "cure: 6 months", *shares)
    covenant = found.examined.covenants[0]
    assert covenant.state == "unknown"
    assert "founder_share" in [late.what for late in covenant.late]
    page = monitoring.write(found, tmp_path / "out", "en").read_text("utf-8")
    assert told in page
    assert "not met. It is breached on" not in page
    asked = release.release(release.Request(str(tmp_path / "riverton"), "i3", QUARTERS[-1], run=Run(paths=32)))
    assert next(x for x in asked.release.demands if x.demand.id == "covenants").met is None


@pytest.mark.parametrize(
    ("shares", "state"),
    [
        ((0.7, 0.5, 0.5), "failed"),
        ((0.7, 0.5, 0.7), "failed"),
        ((0.7, 0.7, 0.7), "kept"),
        ((0.7, 0.7, None), "unknown"),
    ],
)
def test_a_failure_of_which_it_was_not_seen_whether_it_can_be_mended_is_called_neither_breached_nor_kept(
    tmp_path, shares, state
):
    found = lock(tmp_path, "cure: unknown", *shares)
    covenant = found.examined.covenants[0]
    assert (covenant.state, covenant.breached, covenant.curable) == (state, None, None)
    assert covenant.failed == (date(2020, 9, 30) if state == "failed" else None)
    asked = release.release(release.Request(str(tmp_path / "riverton"), "i3", QUARTERS[-1], run=Run(paths=32)))
    assert next(x for x in asked.release.demands if x.demand.id == "covenants").met is (
        True if state == "kept" else None
    )


def test_a_failure_after_quarters_that_cannot_be_tested_is_told_though_its_breach_is_unknown(tmp_path):
    covenant = lock(tmp_path, "cure: 6 months", None, 0.5, 0.5).examined.covenants[0]
    assert (covenant.state, covenant.breached, covenant.curable) == ("failed", None, None)
    assert covenant.failed == date(2020, 12, 31)


@pytest.mark.parametrize(("lang", "words"), [("en", "unknown whether curable"), ("zh", "是否可补救未知")])
def test_the_page_says_that_it_is_unknown_whether_a_failure_is_curable(tmp_path, lang, words):
    page = monitoring.write(lock(tmp_path, "cure: unknown", 0.7, 0.5, 0.5), tmp_path / "out", lang).read_text("utf-8")
    assert words in page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_running_period_of_cure_is_told_with_its_end_and_stops_an_instalment(tmp_path, lang):
    found = lock(tmp_path, "cure: 6 months", 0.7, 0.7, 0.5)
    assert monitoring.data(found)["covenants"][0]["curable"] == "2021-06-30"
    page = monitoring.write(found, tmp_path / "out", lang).read_text("utf-8")
    told = "It is breached on 30 June 2021 unless cured by then" if lang == "en" else "2021年6月30日前未补救"
    assert told in page
    asked = release.release(release.Request(str(tmp_path / "riverton"), "i3", QUARTERS[-1], run=Run(paths=32)))
    demand = next(x for x in asked.release.demands if x.demand.id == "covenants")
    assert demand.met is False
    assert "monitoring.release.covenant.curing" in [m.id for m in demand.open]


@pytest.mark.parametrize("figure", ["units", "2.6 * units"])
def test_a_sum_over_a_year_is_unknown_while_one_of_its_quarters_is(tmp_path, figure):
    sold = [fact(f"d{q}", "deliveries", 9, "vehicles", f"2020Q{q}", date(2020, 12, 31)) for q in (2, 4)]
    case = signed_case(tmp_path, *sold)
    terms = case / "terms" / "2020-04-29.yaml"
    asked = f"year_total({figure}) >= 20"
    terms.write_text(terms.read_text("utf-8").replace("founder_share >= 60%", asked), "utf-8")
    assert watch(case, date(2020, 12, 31)).examined.covenants[0].state == "unknown"


def test_a_breach_tells_what_it_entitles_to_and_an_unseen_remedy_is_not_invented(tmp_path):
    found = watch(signed_case(tmp_path, DELIVERED)).examined.covenants
    assert render(found[0].entitles).startswith("The right “right to sell back” can be exercised: ")
    assert render(found[1].entitles) == "A remedy may be agreed; only the wording of the covenant was seen."


def test_a_period_of_cure_is_written_into_the_condition_and_both_keep_it(tmp_path):
    case = signed_case(
        tmp_path, DELIVERED, fact("e", "deliveries", 9_000, "vehicles", "2020Q3", date(2020, 11, 1)),
        fact("s2", "founder_share", 0.5, "ratio", date(2020, 6, 30)),
        fact("s3", "founder_share", 0.5, "ratio", date(2020, 9, 30), date(2020, 11, 1)),
        *(fact(f"l{q}", "listed", False, "flag", f"2020Q{q}", date(2020, 11, 1)) for q in (2, 3)),
    )  # fmt: skip
    terms = case / "terms" / "2020-04-29.yaml"
    cured = '"not held(founder_share < 60%, years=0.5)"'
    terms.write_text(terms.read_text("utf-8").replace('"founder_share >= 60%"', cured), encoding="utf-8")
    found = watch(case, date(2020, 11, 30)).examined.covenants[0]
    assert found.verdict.truths == (False, True)
    assert (found.state, found.breached) == ("breached", date(2020, 9, 30))


# -- milestones --------------------------------------------------------------------------------------------------


def test_promised_reported_and_verified_stand_apart_each_with_its_fact(tmp_path):
    case = signed_case(
        tmp_path,
        milestone("p", "closing", "promised", date(2020, 7, 15), date(2020, 6, 20)),
        milestone("r", "closing", "reported", date(2020, 7, 20), date(2020, 7, 21)),
        milestone("v", "closing", "verified", date(2020, 7, 20), date(2020, 7, 30), "auditor"),
    )
    found = next(m for m in watch(case).milestones if m.id == "closing")
    assert (found.claims.promised.fact, found.claims.reported.fact, found.claims.verified.fact) == ("p", "r", "v")
    assert (found.state, found.due) == ("verified", date(2020, 7, 15))
    early = next(m for m in watch(case, date(2020, 7, 25)).milestones if m.id == "closing")
    assert early.state == "reported"
    assert next(m for m in watch(case, date(2020, 7, 18)).milestones if m.id == "closing").days_past == 3


def test_what_only_the_company_reports_leaves_a_condition_unknown(tmp_path):
    case = signed_case(tmp_path, milestone("r", "closing", "reported", date(2020, 6, 20), date(2020, 6, 21)))
    answer = release.release(release.Request(str(case), "i1", date(2020, 7, 1), run=Run(paths=64))).release
    closing = answer.conditions[-1]
    assert (answer.answer, closing.holds, closing.reported) == ("unknown", None, ("r",))


# -- release -----------------------------------------------------------------------------------------------------


def test_an_instalment_whose_condition_is_verified_may_be_paid_and_the_rest_is_said(tmp_path):
    case = signed_case(
        tmp_path, DELIVERED,
        milestone("r", "closing", "reported", date(2020, 6, 20), date(2020, 6, 21)),
        milestone("v", "closing", "verified", date(2020, 6, 20), date(2020, 8, 1), "auditor"),
    )  # fmt: skip
    result = release.release(release.Request(str(case), "i3", date(2020, 10, 1), run=Run(paths=256)))
    asked = {test.demand.id: test.met for test in result.release.demands}
    assert {c.id: c.holds for c in result.release.conditions}["condition.1"] is True
    assert asked["two-people"] is True
    assert asked["proof"] is False  # nothing in the data room
    assert not result.release.clear
    assert {(x.form, x.curve) for x in result.losses} == {
        (form, curve) for form in ("signed", "bound") for curve in ("loss_on_failure", "loss_on_departure")
    }


@pytest.mark.parametrize(("share", "verdict", "tone"), [(0.5, "breached", "risk"), (0.7, "demands", "caution")])
def test_a_payment_is_blocked_first_of_all_by_a_breached_covenant(tmp_path, share, verdict, tone):
    case = signed_case(
        tmp_path, DELIVERED, fact("s", "founder_share", share, "ratio", date(2020, 6, 30)),
        fact("l", "listed", False, "flag", "2020Q2"),
        fact("d3", "deliveries", 12_206, "vehicles", "2020Q3", date(2020, 10, 1)),
        milestone("r", "closing", "reported", date(2020, 6, 20), date(2020, 6, 21)),
        milestone("v", "closing", "verified", date(2020, 6, 20), date(2020, 8, 1), "auditor"),
    )  # fmt: skip
    result = release.release(release.Request(str(case), "i3", date(2020, 10, 1), run=Run(paths=32)))
    assert (result.release.answer, result.release.verdict) == ("yes", verdict)
    document = release.document_of(result)
    first = next(document.sentences())
    assert first.tone == tone
    assert [localise(first.words, lang).startswith(said) for lang, said in BLOCKED.items()] == [
        verdict == "breached"
    ] * 2
    assert all(name in localise(first.words, "en") for name in result.release.breached)


def test_an_instalment_before_its_day_or_paid_already_is_not_released(tmp_path):
    case = signed_case(tmp_path, milestone("p", "i1", "verified", date(2020, 7, 1), date(2020, 8, 1), "auditor"))
    early = release.release(release.Request(str(case), "i3", DAY, run=Run(paths=64))).release
    assert (early.answer, early.conditions[0].holds) == ("no", False)
    paid = release.release(release.Request(str(case), "i1", DAY, run=Run(paths=64))).release
    assert (paid.answer, {c.id: c.holds for c in paid.conditions}["unpaid"], paid.paid) == (
        "no",
        False,
        (3500.0, 3500.0),
    )


def test_a_sign_of_trouble_stands_in_the_way_until_somebody_has_answered_it(tmp_path):
    doubt = fact("g", "going_concern_doubt", True, "flag", date(2020, 6, 30))
    case = signed_case(tmp_path, doubt)

    def met():
        tested = release.release(release.Request(str(case), "i1", DAY, run=Run(paths=64))).release
        return next(d for d in tested.demands if d.demand.id == "signs").met

    assert met() is False
    add_facts(case, "answer", fact("s", "sign_answered", True, "flag", date(2020, 8, 20), date(2020, 8, 20), "auditor",
                                   subject="going-concern"))  # fmt: skip
    assert met() is True


def test_a_proof_that_cites_a_document_which_is_not_there_is_refused(tmp_path):
    cited = {"document": "licence", "page": 1, "quote": "the licence"}
    text = refusal(signed_case(tmp_path, {**milestone("v", "closing", "verified", date(2020, 6, 20)), **cited}))
    assert "licence" in text
    assert "monitoring/extra.yaml" in text


def test_a_covenant_whose_next_figure_is_not_due_says_when_it_was_last_kept(tmp_path):
    case = signed_case(
        tmp_path, DELIVERED, fact("s", "founder_share", 0.7, "ratio", date(2020, 6, 30)),
        fact("l", "listed", False, "flag", "2020Q2"),
    )  # fmt: skip
    found = watch(case, date(2020, 10, 15)).examined.covenants[0]
    assert (found.state, found.tested) == ("unknown", date(2020, 6, 30))


def test_a_deal_in_steps_of_a_month_is_tested_at_the_end_of_the_last_quarter(tmp_path):
    case = signed_case(
        tmp_path, DELIVERED, fact("s", "founder_share", 0.7, "ratio", date(2020, 6, 30)),
        fact("l", "listed", False, "flag", "2020Q2"),
    )  # fmt: skip
    terms = case / "terms" / "2020-04-29.yaml"
    terms.write_text(terms.read_text("utf-8").replace("step: quarter", "step: month"), encoding="utf-8")
    assert watch(case).examined.covenants[0].state == "kept"


def test_quarters_that_are_more_than_their_year_leave_the_last_one_unknown(tmp_path):
    quarters = [fact(f"q{n}", "deliveries", 10_000, "vehicles", f"2020Q{n}", date(2021, 2, 1)) for n in (1, 2, 3)]
    case = signed_case(tmp_path, *quarters, fact("y", "deliveries", 20_000, "vehicles", "2020", date(2021, 2, 1)))
    view = watch(case, date(2021, 2, 1)).watched.view
    assert figure(view, "units", Period.parse("2020Q4")) is None


# -- nothing later -----------------------------------------------------------------------------------------------

LATER = st.lists(
    st.tuples(
        st.sampled_from(["deliveries", "revenue", "founder_share", "listed", "milestone_verified", "cash"]),
        st.integers(1, 900), st.floats(0, 1),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def of_later(later):
    """Facts that became known after the day, some of a time before it."""
    facts = []
    for n, (name, days, part) in enumerate(later):
        known = date.fromordinal(DAY.toordinal() + days)
        unit = {"deliveries": "vehicles", "founder_share": "ratio", "listed": "flag", "milestone_verified": "flag"}
        value = {"ratio": part, "flag": part > 0.5}.get(unit.get(name, "CNY m"), round(part * 10_000))
        about = {"subject": "closing"} if name == "milestone_verified" else {}
        period = date(2020, 6, 30) if n % 2 else known
        facts.append(fact(f"later-{n}", name, value, unit.get(name, "CNY m"), period, known, "auditor", **about))
    return facts


@settings(max_examples=examples(6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LATER)
def test_random_facts_of_later_days_change_no_byte_of_the_report(tmp_path_factory, later):
    case = signed_case(tmp_path_factory.mktemp("later"), DELIVERED, milestone("r", "i2", "reported", date(2020, 6, 29)))
    request = monitoring.Request(str(case), DAY, paths=256)
    before = dump_json(monitoring.data(monitoring.monitor(request)))
    add_facts(case, "later", *of_later(later))
    assert dump_json(monitoring.data(monitoring.monitor(request))) == before


@settings(max_examples=examples(3), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LATER)
def test_random_facts_of_later_days_change_no_byte_of_page_workbook_and_calendar(tmp_path_factory, later):
    folder = tmp_path_factory.mktemp("files")
    case = signed_case(folder, DELIVERED, milestone("r", "i2", "reported", date(2020, 6, 29)))
    request, written = monitoring.Request(str(case), DAY, paths=256), []
    for name in ("before", "after"):
        monitoring.write(monitoring.monitor(request), folder / name, "zh")
        written.append({p.name: p.read_bytes() for p in (folder / name).iterdir()})
        add_facts(case, "later", *of_later(later))
    assert set(written[0]) == {"monitor.json", "monitor.html", "monitor.ics", "monitor.xlsx"}
    assert written[0] == written[1]


def test_a_deal_that_cannot_be_simulated_says_what_is_in_the_way_of_a_forecast_and_how_to_mend_it(tmp_path):
    case = signed_case(tmp_path)
    terms = case / "terms" / "2020-04-29.yaml"
    unseen = "jobs: {type: grant, from: city, amount: 20, if: units > 9, clawback: {when: units < 6, recover: 50%}}"
    terms.write_text(terms.read_text("utf-8") + f"incentives:\n  {unseen}\n", encoding="utf-8")
    result = watch(case)
    assert result.followed is None
    assert result.unfollowed
    told = [Message.from_dict(one["cause"]) for one in monitoring.data(result)["unfollowed"]]
    for lang in ("en", "zh"):  # a name in two languages becomes words of both
        assert [render(one, lang) for one in told] == [render(one.cause, lang) for one in result.unfollowed]
    page = monitoring.write(result, tmp_path / "out", "en").read_text("utf-8")
    assert "There is no forecast, because this deal cannot be simulated" in page


def test_quarters_of_which_nothing_was_reported_are_counted_while_the_newest_is_not_due(tmp_path):
    result = monitoring.monitor(monitoring.Request(str(signed_case(tmp_path)), date(2021, 7, 5), paths=0))
    page = monitoring.write(result, tmp_path / "out", "en").read_text("utf-8")
    assert "not known for any quarter from signing to 30 June 2021; 4 earlier quarters cannot be tested." in page


def test_two_reports_that_contradict_each_other_are_shown_until_one_corrects_the_other(tmp_path):
    case = signed_case(tmp_path, fact("one", "founder_share", 0.7, "ratio", date(2020, 6, 30)))
    other = fact("two", "founder_share", 0.5, "ratio", date(2020, 6, 30), date(2020, 8, 20), "auditor")
    found = []
    for name, more in (("differ", {}), ("corrected", {"supersedes": "one"})):
        add_facts(case, "other", {**other, **more})
        result = monitoring.monitor(monitoring.Request(str(case), DAY, paths=0))
        found.append(monitoring.write(result, tmp_path / name, "en").read_text("utf-8"))
    said = "70 % (1 August 2020); 50 % (20 August 2020). This page uses the latest"
    assert said in " ".join(found[0].split())
    assert "Two values of" in found[0]
    assert "Two values of" not in found[1]


# -- what became known since signing ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "told", "not_told"),
    [
        (
            date(2021, 3, 31),
            "2 more facts have become known since signing. No test on this page uses them",
            "counts as a failure",
        ),
        (date(2022, 11, 29), "Assets seized", "counts as a failure"),
        (
            date(2022, 11, 30),
            "counts as a failure of the company became known on 30 November 2022",
            "Nothing that",
        ),
    ],
)
def test_borgward_replayed_to_its_end_tells_the_end_and_what_no_rule_reads(tmp_path, day, told, not_told):
    found = watch("borgward-beijing-2019", day)
    page = monitoring.write(found, tmp_path / "out", "en").read_text("utf-8")
    assert told in page
    assert not_told not in page


def test_what_became_known_since_signing_is_listed_once_and_a_corrected_fact_is_not(tmp_path):
    wrong = fact("w", "headcount", 90, "people", date(2020, 6, 30))
    right = fact("r", "headcount", 80, "people", date(2020, 6, 30), date(2020, 8, 2), supersedes="w")
    found = watch(signed_case(tmp_path, DELIVERED, wrong, right))
    assert [id for id in monitoring.data(found)["learnt"] if id in ("w", "r")] == ["r"]
    page = monitoring.write(found, tmp_path / "out", "en").read_text("utf-8")
    assert (page.count('id="fact-r"'), page.count('id="fact-w"')) == (1, 0)


# -- refusals ----------------------------------------------------------------------------------------------------

WRONG = (
    (fact("a1", "deliveries", 5, "vehicles", "2019Q4", date(2020, 3, 1)), "known when the deal was signed"),
    (fact("a2", "revenue", -5, "CNY m", "2020Q2"), "cannot be negative"),
    (fact("a3", "pledged_share", 1.4, "ratio", date(2020, 6, 30)), "share between 0 and 1"),
    (fact("a4", "headcount", 5, "people", "2020Q3", date(2020, 8, 1)), "before its period ended"),
    (milestone("a5", "closng", "reported", date(2020, 7, 1)), "did you mean"),
    (milestone("a6", "headquarters", "reported", date(2020, 8, 20)), "but was already known on 1 August 2020"),
    (milestone("a7", "i3", "reported", date(2020, 3, 1)), "before signing on 29 April 2020"),
    (milestone("a8", "closing", "reported", date(2020, 7, 1), date(2020, 7, 20)), ""),
    (milestone("a9", "closing", "verified", date(2020, 7, 1), date(2020, 7, 10), "auditor"), "before it was reported"),
    (milestone("b1", "i2", "reported", date(2020, 7, 1), date(2020, 7, 10)), ""),
    (milestone("b2", "i2", "verified", date(2020, 7, 1), date(2020, 7, 20)), "by the source that reported it"),
    (milestone("b3", "i1", "verified", date(2020, 6, 1), date(2020, 8, 1), "auditor"), "possible date is 30 June 2020"),
)  # fmt: skip


def test_facts_after_signing_that_cannot_be_are_refused_together_each_with_place_and_mend(tmp_path):
    text = refusal(signed_case(tmp_path, *(wrong for wrong, _ in WRONG)))
    for _, said in WRONG:
        assert said in text
    wrong = sum(bool(said) for _, said in WRONG)
    assert text.count("monitoring/extra.yaml:") == text.count("error:") == text.count("fix: ") == wrong


def test_a_figure_in_a_wrong_unit_is_refused(tmp_path):
    text = refusal(signed_case(tmp_path, fact("a", "deliveries", 5, "CNY m", "2020Q2")))
    assert "vehicles" in text
    assert "monitoring/extra.yaml:" in text


def test_a_day_before_signing_a_case_without_a_deal_and_an_unknown_instalment_are_refused(tmp_path):
    case = signed_case(tmp_path)
    assert "nothing to monitor" in refusal(case, date(2020, 1, 1))
    with pytest.raises(InvalidInput) as error:
        release.release(release.Request(str(case), "i9", DAY))
    assert "i1, i2 and i3" in format_problems(error.value.problems, "en")


def test_a_draft_is_not_watched(tmp_path):
    case = signed_case(tmp_path)
    sheet = case / "terms" / "2020-04-29.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("status: definitive", "status: draft"), encoding="utf-8")
    assert "is a draft" in refusal(case)


def test_money_that_came_in_is_told_although_no_instalment_of_it_is_verified(tmp_path):
    paid = fact("pd", "public_cash_received", 4800, "CNY m", date(2020, 6, 30), date(2020, 7, 1))
    found = release.release(release.Request(str(signed_case(tmp_path, paid)), "i3", DAY, run=Run(paths=32)))
    assert (found.release.paid, found.received) == ((0.0, 0.0), 4800.0)


def test_a_day_far_behind_the_deal_is_refused_at_the_option(tmp_path):
    case = signed_case(tmp_path)
    watch(case, date(2027, 6, 30))
    for ask in (watch, lambda folder, day: release.release(release.Request(str(folder), "i1", day))):
        with pytest.raises(InvalidInput) as error:
            ask(case, date(2045, 1, 1))
        (problem,) = error.value.problems
        assert problem.place.file == "--as-of"
        assert problem.fix is not None
        assert "30 June 2027 or an earlier day" in render(problem.fix, "en")
        assert "2027年6月30日或更早" in render(problem.fix, "zh")


@pytest.mark.parametrize(("lang", "told"), [("en", "Position of the public side"), ("zh", "政府方")])
def test_where_the_public_side_stands_is_told_without_a_simulation(tmp_path, lang, told):
    paid = fact("pd", "public_cash_received", 4800, "CNY m", date(2020, 6, 30), date(2020, 7, 1))
    plain = monitoring.monitor(monitoring.Request(str(signed_case(tmp_path, paid)), DAY, paths=0))
    assert plain.followed is None
    assert monitoring.data(plain)["position"]["paid"] == 4800.0
    page = monitoring.write(plain, tmp_path / "out", lang).read_text("utf-8")
    assert told in page
    assert 'id="position-heading"' in page
    assert 'id="fact-pd"' in page
    (tmp_path / "bare").mkdir()
    bare = monitoring.monitor(monitoring.Request(str(signed_case(tmp_path / "bare")), DAY, paths=0))
    assert bare.position is None
    assert monitoring.data(bare)["position"] is None
