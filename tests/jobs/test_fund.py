"""A fund of signed deals: what is bound, called, paid and concentrated, and what is refused."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from tests.jobs.watched_case import fact, milestone, signed_case

from guanzi.advice.following import fund_tail
from guanzi.advice.following.fund_tail import LossTail, tail_of
from guanzi.base.core import InvalidInput, Period, dump_json, format_problems
from guanzi.engine.simulation import resample
from guanzi.jobs.following import fund
from guanzi.jobs.following.documents.fund import _tail
from guanzi.jobs.following.documents.fund_tables import FundStudy, returns_table
from guanzi.jobs.shared.run import Run
from guanzi.render import document_html, localise

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
DAY = date(2020, 12, 31)
SIGNED = date(2020, 4, 30)
ON_PLAN = Run(paths=0)
NOTE = Path(__file__).parent.parent / "truth" / "cases" / "northvolt-heide-2024"
BOUND = {"if: \"event('closing')\"}\n  put": "if: \"tier('headquarters')\"}\n  put"}
PAID = fact("pd", "public_cash_received", 3500, "CNY m", date(2020, 6, 30), date(2020, 7, 1))
BACK = fact("rt", "public_cash_returned", 400, "CNY m", date(2020, 12, 1), date(2021, 2, 1))


def deal(folder, name, *facts, changes=None, currency="CNY"):
    """A made-up signed case under a name of its own."""
    (folder / name).mkdir()
    case = signed_case(folder / name, *facts).rename(folder / name / name)
    header = case / "case.yaml"
    told = header.read_text("utf-8").replace("case: riverton", f"case: {name}")
    header.write_text(told.replace("currency: CNY", f"currency: {currency}"), "utf-8")
    terms = case / "terms" / "2020-04-29.yaml"
    text = terms.read_text("utf-8").replace("deal: riverton", f"deal: {name}")
    text = text.replace("currency: CNY", f"currency: {currency}")
    for before, after in (changes or {}).items():
        assert before in text
        text = text.replace(before, after)
    terms.write_text(text, "utf-8")
    return str(case)


def hold(*folders, day=DAY, run=ON_PLAN, currency=None):
    return fund.hold(fund.Request(folders, day, currency, run=run)).found


def refusal(*folders, day=DAY):
    with pytest.raises(InvalidInput) as error:
        hold(*folders, day=day)
    return format_problems(error.value.problems, "en")


# -- exposure and calls ------------------------------------------------------------------------------------------


def test_money_that_waits_for_a_new_step_is_bound_and_the_rest_is_exposed_before_it(tmp_path):
    (row,) = hold(deal(tmp_path, "one", changes=BOUND)).rows
    assert (row.planned, row.before, row.bound) == (6000.0, 5000.0, 1000.0)
    (tier,) = row.tiers
    assert (tier.id, tier.ahead, tier.waits, tier.now) == ("headquarters", 5000.0, 1000.0, None)


def test_what_payments_wait_for_is_not_said_where_it_was_not_seen_and_what_is_not_known_as_paid_may_be_called():
    asked = fund.Request((str(NOTE),), date(2024, 7, 31), run=ON_PLAN)
    result = fund.hold(asked)
    (row,) = result.found.rows
    assert {one.id: one.tied for one in row.payments} == {"note": False, "federal_grant": None, "land_grant": None}
    assert (row.before, row.bound, row.untold, row.open) == (600.0, 0.0, 701.0, 701.0)
    words = document_html(fund.document_of(result), "en")
    assert "No cash call is planned or expected" not in words
    assert "may still be called" in words
    assert "100 % depends on none" not in words


def test_tax_that_is_let_off_is_told_by_itself_and_no_cash_of_nought_is_said_to_be_planned():
    result = fund.hold(fund.Request((str(NOTE.parent / "apple-waukee-2017"),), date(2019, 6, 30), run=ON_PLAN))
    (row,) = result.found.rows
    assert (row.planned, round(row.forgone, 2)) == (0.0, 207.89)
    words = document_html(fund.document_of(result), "en")
    assert "208 m US dollars is waived over all years" in re.sub(r"<[^>]+>", "", words)
    assert "in cash over the life of the deals" not in words


def test_calls_of_all_deals_add_up_by_quarter_and_none_is_expected_of_a_deal_without_simulation(tmp_path):
    later = {"due: 2020-09-30": "due: 2021-09-30"}
    found = hold(deal(tmp_path, "one"), deal(tmp_path, "two", changes=later))
    calls = {str(call.period): call for call in found.calls}
    assert {name: call.planned for name, call in calls.items() if call.planned} == {
        "2020Q2": 10_000.0, "2020Q3": 1000.0, "2021Q3": 1000.0
    }  # fmt: skip
    assert {(call.mean, call.low, call.high) for call in calls.values()} == {(None, None, None)}
    assert found.tail is None
    assert found.outside == 12_000.0


def test_an_amount_that_nobody_saw_is_counted_as_unseen_and_never_as_nought(tmp_path):
    found = hold(deal(tmp_path, "one", changes={"amount: 1000, due: 2020-09-30": "amount: unknown, due: 2021-09-30"}))
    assert found.rows[0].unknown == ("i3",)
    assert {str(call.period): call.unknown for call in found.calls if call.unknown} == {"2021Q3": 1}
    assert [note.id for note in found.notes] == ["following.fund.unknown"]


def test_what_was_paid_and_came_back_rests_on_facts_of_the_day_and_is_unknown_without_them(tmp_path):
    told, silent = deal(tmp_path, "one", PAID, BACK), deal(tmp_path, "two")
    first, second = hold(told, silent).rows
    assert (first.paid, first.returned) == (3500.0, 0.0)
    assert (second.paid, second.returned) == (None, None)
    later = hold(told, silent, day=date(2021, 2, 1)).rows[0]
    assert later.returned == 400.0


def test_what_came_back_is_told_of_each_deal_each_city_and_all(tmp_path):
    price = fact("price", "company_value_in_sale", 9000, "CNY m", date(2020, 11, 2), date(2020, 11, 3))
    one, two = deal(tmp_path, "one", PAID, BACK, price), deal(tmp_path, "two", PAID, price)
    other = deal(tmp_path, "other", PAID, BACK)
    header = Path(other) / "case.yaml"
    text = re.sub(r"region: .*", "region: {id: elsewhere, name: Elsewhere}", header.read_text("utf-8"))
    header.write_text(text, "utf-8")
    held = fund.hold(fund.Request((one, two, other), date(2021, 3, 1), None, run=ON_PLAN))
    found = held.found
    assert [row.valued for row in found.rows] == [date(2020, 11, 2), date(2020, 11, 2), None]
    cities = {city.region: city for city in found.cities}
    assert sorted(city.deals for city in cities.values()) == [1, 2]
    assert cities["elsewhere"].realised.dpi == pytest.approx(400 / 3500)
    (home,) = (city for id, city in cities.items() if id != "elsewhere")
    assert home.realised.dpi == pytest.approx(400 / 7000)
    assert found.realised.dpi == pytest.approx(800 / 10_500)
    table = returns_table(FundStudy(held.as_of, found, tuple(one.view for one in held.watched), 0))
    assert [len(row.cells) for row in table.rows] == [5] * 6
    assert "Elsewhere" in "".join(localise(str(row.head.value), "en") for row in table.rows[3:5])


def test_a_verified_instalment_counts_as_paid_where_no_fact_names_the_sum(tmp_path):
    paid = milestone("p", "i1", "verified", date(2020, 7, 1), date(2020, 8, 1), "auditor")
    assert hold(deal(tmp_path, "one", paid)).rows[0].paid == 3500.0


# -- concentration and currency ----------------------------------------------------------------------------------


def test_two_deals_of_one_company_are_one_part_of_the_money(tmp_path):
    found = hold(deal(tmp_path, "one"), deal(tmp_path, "two"))
    company = found.shares[0]
    assert company.shares == (("example", 1.0),)
    assert (company.herfindahl, company.effective) == (1.0, 1.0)


def test_a_deal_in_another_currency_is_converted_by_the_fact_of_its_case(tmp_path):
    rate = fact("fx", "usd_cny", 7.0, "CNY per USD", date(2020, 6, 30), subject="fx")
    dollars = deal(tmp_path, "two", rate, currency="USD")
    found = hold(deal(tmp_path, "one"), dollars)
    assert found.rows[1].planned == pytest.approx(42_000.0)
    assert [note.id for note in found.notes] == ["following.fund.rate"]


# -- refusals ----------------------------------------------------------------------------------------------------


def test_a_fund_of_nothing_is_refused():
    assert "name at least one case with a signed term sheet" in refusal()


def test_a_folder_that_is_no_case_and_holds_none_is_refused_by_its_name(tmp_path):
    text = refusal(str(tmp_path))
    assert str(tmp_path) in text
    assert "is not a case and contains none" in text


def test_all_that_is_wrong_with_any_deal_is_told_at_once(tmp_path):
    one = deal(tmp_path, "one")
    draft = deal(tmp_path, "two", changes={"status: definitive": "status: draft"})
    late = deal(tmp_path, "three", changes={"signed: 2020-04-29": "signed: 2020-05-29"})
    text = refusal(one, one, draft, late, day=date(2020, 5, 1))
    assert "is named twice" in text
    assert "name each deal once" in text
    assert "draft" in text
    assert f"{late}: error" in text  # signed after the day


def test_a_currency_without_a_rate_is_refused_at_the_sheet_with_the_fact_that_would_mend_it(tmp_path):
    text = refusal(deal(tmp_path, "one"), deal(tmp_path, "two", currency="USD"))
    assert "2020-04-29.yaml" in text
    assert "usd_cny" in text


def test_a_folder_of_cases_stands_for_all_of_them(tmp_path):
    deal(tmp_path, "one")
    one, two = tmp_path / "one" / "one", tmp_path / "fund"
    two.mkdir()
    one.rename(two / "one")
    assert [row.id for row in hold(str(two)).rows] == ["one"]


# -- simulated ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def simulated():
    names = ("nio-hefei-2020", "evergrande-guangzhou-2019", "byton-nanjing-2018")
    return fund.hold(fund.Request(names, SIGNED, run=Run(paths=256)))


def test_a_deal_that_cannot_be_simulated_is_named_with_its_reason_and_left_out_of_the_loss(simulated):
    found = simulated.found
    last = found.rows[-1]
    assert [why.id for why in last.why] == ["desk.simulate.no_money"]
    assert last.expected_calls is None
    assert found.tail.deals == found.simulated == ("nio-hefei-2020", "evergrande-guangzhou-2019")


def test_a_deal_whose_reports_leave_too_few_paths_is_not_valued_by_the_forecast_of_its_signing():
    found = hold("nio-hefei-2020", run=Run(paths=256))
    (row,) = found.rows
    assert row.expected_back is None
    assert [why.id.partition(".")[0] for why in row.why] == ["forecasting"]
    assert found.tail is None
    assert found.outside == row.planned == 7000.0


def test_the_loss_of_deals_signed_in_different_quarters_lies_between_two_cases(simulated):
    tail = simulated.found.tail
    assert tail.common is None
    assert tail.apart.mean == pytest.approx(tail.together.mean)
    assert tail.apart.worst <= tail.together.worst
    assert tail.together.exceeded <= tail.together.worst


def test_what_was_paid_is_not_called_again(tmp_path):
    whole = fact("pd", "public_cash_received", 6000, "CNY m", date(2020, 6, 30), date(2020, 7, 1))
    later = {"due: 2020-09-30": "due: 2021-09-30"}
    paid, silent = deal(tmp_path, "one", whole, changes=later), deal(tmp_path, "two", changes=later)
    first, second = hold(paid, silent, day=date(2020, 7, 1), run=Run(paths=64)).rows
    assert first.expected_calls == 0.0
    assert second.expected_calls > 0.0


LET_OFF = """\
incentives:
  relief: {type: rebate, from: city, amount: 70 per year, years: 3, start: 2020-12-31}
"""


def test_tax_that_is_let_off_is_no_call_of_cash(tmp_path):
    relieved = deal(tmp_path, "one", changes={"covenants:\n": f"{LET_OFF}covenants:\n"})
    found = hold(relieved, day=SIGNED, run=Run(paths=64))
    assert 0.0 < found.rows[0].expected_calls <= found.rows[0].planned == 6000.0
    assert not [call for call in found.calls if call.period.start.year > 2020 and (call.mean or call.planned)]
    assert "following.fund.forgone" in {note.id for note in found.notes}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_deal_is_not_told_as_failing_together(tmp_path, lang):
    result = fund.hold(fund.Request((deal(tmp_path, "one"),), SIGNED, run=Run(paths=64)))
    assert result.found.tail.alone
    assert not {"following.fund.not_shared", "following.fund.few_drawn"} & {note.id for note in result.found.notes}
    fund.write(result, tmp_path / "out", lang)
    words = rows_of(tmp_path / "out" / "fund.xlsx")
    page = (tmp_path / "out" / "fund.html").read_text("utf-8")
    for text in (page, *words):
        assert not re.search("together|同时", text.replace("deals together", ""))


def test_what_the_sheet_states_as_paid_is_known_to_be_paid():
    (row,) = hold(str(NOTE), day=date(2024, 7, 31)).rows
    assert (row.paid, row.returned) == (600.0, None)


@pytest.mark.parametrize("worst", [-3.0, 3.0])
def test_a_loss_below_nought_is_told_as_a_gain(simulated, worst):
    told = LossTail(worst, worst, worst)
    tail = replace(simulated.found.tail, apart=told, together=told)
    said = localise(_tail(FundStudy(SIGNED, simulated.found, (), 1), tail).words, "en")
    assert ("return more" in said) == (worst < 0.0)
    assert "-" not in said
    assert "−" not in said


def test_deals_of_one_market_signed_in_one_quarter_add_their_losses_path_by_path(tmp_path, monkeypatch):
    given = []

    def spy(names, losses, weights, **how):
        given.append((losses, weights, how["shared"]))
        return fund_tail(names, losses, weights, **how)

    monkeypatch.setattr(import_module("guanzi.advice.following.fund"), "fund_tail", spy)
    tail = hold(deal(tmp_path, "one"), deal(tmp_path, "two"), day=SIGNED, run=Run(paths=1024)).tail
    ((losses, weights, shared),) = given
    assert shared
    # a path counts as often as what was reported of both deals makes it likely; then both losses of it are added
    paths = resample(weights[0] * weights[1] / np.max(weights[0] * weights[1])).astype(int)
    added = losses[0][paths] + losses[1][paths]
    assert tail.common.mean == pytest.approx(added.mean())
    assert tail.common.worst == pytest.approx(np.sort(added)[-52:] @ [0.2, *[1.0] * 51] / 51.2)  # 5 % of 1024
    # on the same paths a sum loses at most the sum of what each loses in its own worst futures: exactly, by coherence
    assert tail.common.worst <= sum(tail_of(loss[paths]).worst for loss in losses) + 1e-9


def test_calls_are_expected_from_the_next_quarter_on_within_their_interval(simulated):
    ahead = [call for call in simulated.found.calls if call.mean is not None]
    assert ahead[0].period == Period.parse("2020Q3")
    assert all(0.0 <= call.low <= call.high and call.mean >= 0.0 for call in ahead)  # a rare call lies beyond 95 %


def test_the_same_deals_day_paths_and_seed_give_the_same_bytes(simulated):
    names = tuple(one.view.id for one in simulated.watched)
    again = fund.hold(fund.Request(names, SIGNED, run=Run(paths=256, threads=1)))
    assert dump_json(fund.data(again)) == dump_json(fund.data(simulated))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_shows_both_pictures_and_names_what_is_unknown(simulated, lang):
    page = document_html(fund.document_of(simulated), lang)
    said = {
        "en": ("Exposure and commitments", "Cash calls by quarter", "no evidence", "If all fail together",
               "nothing to simulate"),
        "zh": ("敞口与绑定", "分季度现金需求", "无证据", "假设同时失败", "无法模拟"),
    }[lang]  # fmt: skip
    assert all(words in page for words in said)
    assert page.count('<figure class="chart">') == 2
    assert "<script" not in page


def test_page_and_data_lie_together(simulated, tmp_path):
    page = fund.write(simulated, tmp_path / "out", "en")
    assert "<!DOCTYPE html>" in page.read_text("utf-8")
    assert sorted(path.name for path in page.parent.iterdir()) == ["fund.html", "fund.json", "fund.xlsx"]


def rows_of(path, *, values=True):
    """What stands in the sheet of headlines, by the words in front."""
    sheet = openpyxl.load_workbook(path, data_only=values).worksheets[1]
    rows = sheet.iter_rows(min_row=2, max_col=4, values_only=True)
    return {row[0]: row[1:] for row in rows if row[1] is not None and row[2] is not None}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_headline_of_the_workbook_is_a_formula_beside_the_figure_of_the_page(simulated, tmp_path, lang):
    found = simulated.found
    page = fund.write(simulated, tmp_path, lang)
    formulas, figures = rows_of(tmp_path / "fund.xlsx", values=False), rows_of(tmp_path / "fund.xlsx")
    assert all(formula.startswith("=") for formula, _, _ in formulas.values())
    said = [value for _, value, _ in figures.values()]
    assert said[0] == pytest.approx(sum(row.planned for row in found.rows))
    assert found.tail.together.worst == pytest.approx(said[-1])
    before = (tmp_path / "fund.xlsx").read_bytes()
    fund.write(simulated, page.parent, lang)
    assert (tmp_path / "fund.xlsx").read_bytes() == before


def test_deals_quarters_and_shares_of_the_workbook_are_counted_from_its_payments(simulated, tmp_path):
    fund.write(simulated, tmp_path, "en")
    book = openpyxl.load_workbook(tmp_path / "fund.xlsx")
    sums = [book["Deals"][f"{column}{row}"].value for row in (2, 3, 4) for column in "BCDEF"]
    sums += [row[1].value for row in book["Calls"].iter_rows(min_row=2)]
    assert all(formula.startswith("=SUMIFS('Payments'!") for formula in sums)
    assert all(row[7].value.startswith("=COUNTIFS('Payments'!") for row in book["Deals"].iter_rows(min_row=2))
    assert [row[1].value for row in book["Shares by region"].iter_rows(min_row=2)] == ["='Deals'!$B$2", "='Deals'!$B$3"]
    assert all("'Headline'!$B$2" in book["Deals"][f"F{row}"].value for row in (2, 3, 4))
    assert book["Headline"]["B2"].value.date() == SIGNED
    assert [cell.value for cell in book["Payments"]["D"][1:]].count(None) == 0


def test_two_deals_of_one_title_are_counted_apart(tmp_path):
    later = {"amount: 1000, due: 2020-09-30": "amount: 900, due: 2021-09-30"}
    result = fund.hold(fund.Request((deal(tmp_path, "one"), deal(tmp_path, "two", changes=later)), DAY, run=ON_PLAN))
    assert len({row.title for row in result.found.rows}) == 1
    fund.write(result, tmp_path / "out", "en")
    payments = openpyxl.load_workbook(tmp_path / "out" / "fund.xlsx")["Payments"]
    told = list(payments.iter_rows(min_row=2, values_only=True))
    counted = [sum(float(str(row[4])) for row in told if row[1] == n) for n in (1, 2)]
    assert counted == [row.planned for row in result.found.rows]


def test_if_all_fail_together_the_losses_of_the_deals_add_up(simulated):
    tail = simulated.found.tail
    for name in ("mean", "exceeded", "worst"):
        assert sum(getattr(own, name) for own in tail.own) == pytest.approx(getattr(tail.together, name))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_an_office_that_recalculates_the_fund_gets_the_same_figures(simulated, tmp_path):
    fund.write(simulated, tmp_path, "en")
    out = tmp_path / "out"
    command = [OFFICE, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, "fund.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    again = rows_of(out / "fund.xlsx")
    assert again.keys() == rows_of(tmp_path / "fund.xlsx").keys()
    for formula, said, difference in again.values():
        assert formula == pytest.approx(said)
        assert difference == pytest.approx(0.0, abs=1e-6)
