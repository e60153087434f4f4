"""EDGAR company facts become facts of a case; what a filing restates is known from its own day on."""

import json
from datetime import date

import pytest
from tests.record.evidence.folders import write_case

from guanzi.base.core import InvalidInput, format_problem, render
from guanzi.intake.importers.drafts import write_import
from guanzi.intake.importers.edgar import read_edgar
from guanzi.intake.importers.items import import_items
from guanzi.record.evidence import load_case


def entry(val, end, filed, start=None, form="10-K", accn="0000000001-20-000001", **more):
    row = {"end": end, "val": val, "accn": accn, "fy": 2019, "fp": "FY", "form": form, "filed": filed, **more}
    return {"start": start, **row} if start else row


YEAR = {"start": "2019-01-01", "end": "2019-12-31"}


def company(**concepts):
    return {"cik": 1234567, "entityName": "MUSTER MOTORS INC", "facts": {"us-gaap": concepts}}


def money(*rows, unit="USD"):
    return {"label": "x", "description": "x", "units": {unit: list(rows)}}


def read(tmp_path, data, **options):
    path = tmp_path / "CIK.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    draft = read_edgar(path, "CIK.json", **options)
    for remark in draft.remarks:
        assert render(remark, "en")
        assert render(remark, "zh")
    return draft


def test_a_figure_of_a_year_becomes_a_fact_with_its_filing(tmp_path):
    data = company(Revenues=money(entry(7_824_904_000, filed="2020-03-18", **YEAR)))
    draft = read(tmp_path, data)
    (fact,) = draft.facts
    assert (fact.name, fact.value, fact.unit, fact.period) == ("revenue", 7824.904, "USD m", "2019")
    assert fact.known_on == date(2020, 3, 18)
    source = draft.sources[fact.source]
    assert source["grade"] == "A"
    assert source["address"] == "https://www.sec.gov/Archives/edgar/data/1234567/000000000120000001/"
    assert "us-gaap:Revenues" in fact.note


def test_a_restatement_corrects_and_is_known_from_its_own_filing_on(tmp_path):
    rows = [
        entry(-384e6, filed="2021-02-25", accn="0000000001-21-000001", **YEAR),
        entry(-384e6, filed="2021-03-01", accn="0000000001-21-000002", **YEAR),
        entry(-370.9e6, filed="2021-05-07", accn="0000000001-21-000009", form="10-K/A", **YEAR),
        entry(-370.9e6, filed="2022-02-24", accn="0000000001-22-000001", **YEAR),
    ]
    first, second = read(tmp_path, company(NetIncomeLoss=money(*reversed(rows)))).facts
    assert (first.name, first.value, first.known_on, first.supersedes) == ("net_loss", 384, date(2021, 2, 25), None)
    assert (second.value, second.known_on, second.supersedes) == (370.9, date(2021, 5, 7), first.id)
    assert "10-K/A" in second.note


def test_a_view_before_the_restatement_holds_what_was_filed_first(tmp_path):
    rows = [
        entry(-384e6, filed="2020-02-25", **YEAR),
        entry(-370.9e6, filed="2020-05-07", accn="0000000001-20-000009", form="10-K/A", **YEAR),
    ]
    folder = write_case(tmp_path / "case")
    write_import(folder, "edgar", read(tmp_path, company(NetIncomeLoss=money(*rows))))
    case = load_case(folder)
    assert case.warnings == ()
    assert case.view(date(2020, 5, 6)).resolve("net_loss").value == 384
    assert case.view(date(2020, 5, 7)).resolve("net_loss").value == 370.9


def test_a_loss_that_is_restated_into_a_profit_is_no_correction_of_another_name(tmp_path):
    rows = [
        entry(-1e6, filed="2020-02-25", **YEAR),
        entry(2e6, filed="2020-05-07", accn="0000000001-20-000009", **YEAR),
    ]
    folder = write_case(tmp_path / "case")
    write_import(folder, "edgar", read(tmp_path, company(NetIncomeLoss=money(*rows))))
    assert [(f.name, f.supersedes) for f in load_case(folder).facts] == [("net_loss", None), ("net_profit", None)]


def test_balances_are_of_a_day_and_quarters_come_when_asked_for(tmp_path):
    data = company(
        Revenues=money(
            entry(100e6, filed="2020-03-01", **YEAR),
            entry(20e6, "2019-03-31", "2019-05-01", "2019-01-01", form="10-Q"),
            entry(45e6, "2019-06-30", "2019-08-01", "2019-01-01", form="10-Q"),
        ),
        Assets=money(entry(5e6, "2019-12-31", "2020-03-01"), entry(4e6, "2019-03-31", "2019-05-01", form="10-Q")),
    )
    assert {(f.name, f.period) for f in read(tmp_path, data).facts} == {
        ("revenue", "2019"),
        ("total_assets", "2019-12-31"),
    }
    more = {(f.name, f.period) for f in read(tmp_path, data, quarters=True).facts}
    assert more - {("revenue", "2019"), ("total_assets", "2019-12-31")} == {
        ("revenue", "2019Q1"),
        ("total_assets", "2019-03-31"),
    }


def test_a_fiscal_year_is_the_calendar_year_in_which_most_of_it_lies(tmp_path):
    data = company(Revenues=money(entry(1e6, "2020-03-31", "2020-05-01", "2019-04-01")))
    assert read(tmp_path, data).facts[0].period == "2019"


def test_the_preferred_concept_of_a_filing_counts_and_no_restatement_is_made_of_two_concepts(tmp_path):
    data = company(
        NetIncomeLoss=money(entry(-10e6, filed="2020-03-01", **YEAR)),
        ProfitLoss=money(entry(-12e6, filed="2020-03-01", **YEAR)),
    )
    (fact,) = read(tmp_path, data).facts
    assert (fact.value, fact.supersedes) == (12, None)


def test_ifrs_is_read_and_translations_for_convenience_are_left_out(tmp_path):
    units = {
        "CNY": [
            entry(7e9, filed="2020-03-01", form="20-F", **YEAR),
            entry(5e9, "2018-12-31", "2020-03-01", "2018-01-01"),
        ],
        "USD": [entry(1e9, filed="2020-03-01", form="20-F", **YEAR)],
        "USD/shares": [entry(1e11, filed="2020-03-01", form="20-F", **YEAR)],
    }
    data = {"cik": 1, "entityName": "X", "facts": {"ifrs-full": {"Revenue": {"units": units}}}}
    draft = read(tmp_path, data)
    assert {f.unit for f in draft.facts} == {"CNY m"}
    assert {r.id for r in draft.remarks} == {"importers.edgar.translation", "importers.edgar.units"}


def test_a_deficit_is_a_positive_number_under_its_own_name(tmp_path):
    data = company(
        RetainedEarningsAccumulatedDeficit=money(entry(-46e9, "2019-12-31", "2020-03-01")),
        Revenues=money(entry(1e9, filed="2020-03-01", **YEAR)),
    )
    assert ("accumulated_deficit", 46000) in {(f.name, f.value) for f in read(tmp_path, data).facts}


@pytest.mark.parametrize(
    "row",
    [
        {"val": 1, "end": "2019-12-31", "start": "2019-01-01"},
        entry(None, filed="2020-03-01", **YEAR),
        entry("1", filed="2020-03-01", **YEAR),
        entry(True, filed="2020-03-01", **YEAR),
        entry(1e6, "2019-13-31", "2020-03-01", "2019-01-01"),
        entry(1e6, filed="2019-06-01", **YEAR),
        entry(1e6, "2018-12-31", "2020-03-01", "2019-01-01"),
        "row",
    ],
)
def test_an_entry_that_is_none_is_left_out_and_counted(tmp_path, row):
    draft = read(tmp_path, company(Revenues=money(row, entry(1e6, filed="2020-03-01", **YEAR))))
    assert len(draft.facts) == 1
    assert draft.remarks[0].id == "importers.edgar.bad_rows"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("{", "not_json"),
        ('{"facts": {"us-gaap": NaN}}', "not_json"),
        ("[" * 200_000, "not_json"),
        ("[]", "form"),
        ('{"facts": []}', "form"),
        ('{"facts": {"dei": {}}}', "taxonomy"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path, text, cause):
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, text)
    assert caught.value.problems[0].cause.id == f"importers.edgar.{cause}"
    assert format_problem(caught.value.problems[0], "zh")


def test_what_the_case_refuses_leaves_no_file(tmp_path):
    folder = write_case(tmp_path / "case", {"facts/a.yaml": "sources: {}\nfacts: [oops]\n"})
    draft = read(tmp_path, company(Revenues=money(entry(1e6, filed="2020-03-01", **YEAR))))
    with pytest.raises(InvalidInput):
        write_import(folder, "edgar", draft)
    assert [p.name for p in (folder / "facts").iterdir()] == ["a.yaml"]


def test_no_concept_and_no_name_means_two_items():
    for names in ("us_gaap", "ifrs", "en", "zh"):
        every = [name for item in import_items() for name in getattr(item, names)]
        assert len(every) == len(set(every))


@pytest.mark.parametrize("currency", ["JPY", "KRW", "SEK", "INR"])
def test_accounts_in_any_currency_are_read(tmp_path, currency):
    units = {currency: [entry(1e11, filed="2020-03-01", form="20-F", **YEAR)]}
    data = {"cik": 1, "entityName": "X", "facts": {"ifrs-full": {"Revenue": {"units": units}}}}
    (fact,) = read(tmp_path, data).facts
    assert (fact.value, fact.unit) == (100_000, f"{currency} m")
