"""Conflicts between sources: each kind on invented companies, then the known errors of a file of vendors."""

from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.evidence_conflicts import KNOWN, is_flagged, measure_planted
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import InvalidInput, format_problem, render
from guanzi.intake.conflicts.detecting import find_conflicts
from guanzi.intake.conflicts.readings import read_readings, readings_of
from guanzi.record.evidence import find_case, load_case

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "diligence" / "ev_financials.csv"
HEAD = "company,fiscal_year,metric,value,unit,source_url,note\n"

#: An invented company whose accounts fit together, year by year.
ITEMS = (
    *("revenue", "cost_of_goods_sold", "gross_profit", "r_and_d", "sga", "net_income"),
    *("total_assets", "total_liabilities", "shareholders_equity", "retained_earnings"),
)
SOUND = {
    2018: dict(zip(ITEMS, (812.5, 701.2, 111.3, 55.1, 41.7, 9.8, 1503.0, 902.4, 600.6, 101.9), strict=True)),
    2019: dict(zip(ITEMS, (944.1, 799.9, 144.2, 61.3, 47.2, 21.6, 1688.2, 1044.9, 643.3, 123.5), strict=True)),
    2020: dict(zip(ITEMS, (1177.8, 1001.1, 176.7, 72.4, 58.8, 31.2, 1924.6, 1213.3, 711.3, 154.7), strict=True)),
}


def rows(accounts=SOUND, company="Muster AG", unit="USD million", source="one.example", note=""):
    return [
        f"{company},{year},{item},{value},{unit},https://{source}/a,{note}"
        for year, items in accounts.items()
        for item, value in items.items()
    ]


def conflicts(tmp_path, *lines, notes=True):
    path = tmp_path / "figures.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    found = find_conflicts(read_readings(path, "figures.csv"), notes=notes)
    for conflict in found:
        for lang in ("en", "zh"):
            assert render(conflict.cause, lang)
    return found


def kinds(*args, **kwargs):
    return [conflict.kind for conflict in conflicts(*args, **kwargs)]


def changed(year, item, value):
    return {y: {**items, **({item: value} if y == year else {})} for y, items in SOUND.items()}


def test_accounts_that_fit_together_have_no_conflict(tmp_path):
    assert kinds(tmp_path, *rows()) == []
    assert kinds(tmp_path, *rows(), *rows(source="two.example")) == []


def test_rounding_is_no_conflict(tmp_path):
    assert kinds(tmp_path, *rows(), "Muster AG,2019,revenue,0.94,USD billion,https://x.example,") == []


@pytest.mark.parametrize(
    ("year", "item", "value", "unit", "kind"),
    [
        (2019, "net_income", "-21.6", "USD million", "sign"),
        (2019, "net_loss", "21.6", "USD million", "sign"),
        (2019, "revenue", "944100", "USD million", "scale"),
        (2019, "revenue", "0.09441", "USD million", "scale"),
        (2019, "revenue", "6515", "USD million", "currency"),
        (2019, "revenue", "137.1", "USD million", "currency"),
        (2019, "revenue", "6514.3", "CNY million", "currency"),
        (2019, "revenue", "944.1", "CNY million", "currency"),
        (2019, "revenue", "812.5", "USD million", "stale"),
        (2019, "net_income_preliminary", "24.4", "USD million", "preliminary"),
        (2019, "net_income_attributable_to_shareholders", "19.1", "USD million", "definition"),
        (2019, "gross_profit", "205.5", "USD million", "definition"),
        (2019, "revenue", "871.3", "USD million", "value"),
    ],
)
def test_a_second_source_says_otherwise(tmp_path, year, item, value, unit, kind):
    """The gross profit of 205.5 leaves out expenses of 61.3, which is the research."""
    line = f"Muster AG,{year},{item},{value},{unit},https://two.example/b,"
    found = [c for c in conflicts(tmp_path, *rows(), line) if any("two.example" in r.source for r in c.readings)]
    assert kind in [c.kind for c in found]


@pytest.mark.parametrize(
    ("year", "item", "value", "kind"),
    [
        (2019, "net_income", -21.6, "sign"),
        (2019, "shareholders_equity", -643.3, "sign"),
        (2019, "sga", -47.2, "sign"),
        (2019, "total_assets", 1688200.0, "scale"),
        (2020, "r_and_d", 72400.0, "scale"),
        (2019, "r_and_d", 423.1, "currency"),
        (2019, "revenue", 812.5, "stale"),
        (2020, "total_liabilities", 1300.0, "identity"),
        (2019, "gross_profit", 1100.0, "identity"),
        (2020, "retained_earnings", 140.0, "preliminary"),
    ],
)
def test_a_single_source_contradicts_itself(tmp_path, year, item, value, kind):
    assert kind in kinds(tmp_path, *rows(changed(year, item, value)))


def test_equity_of_the_owners_alone_is_a_matter_of_definition(tmp_path):
    assert kinds(tmp_path, *rows(changed(2019, "shareholders_equity", 560.0))) == ["definition"]


def test_a_jump_that_is_undone_is_a_slip_and_growth_is_none(tmp_path):
    flat = {year: {"total_assets": 100.0 + year - 2016} for year in range(2016, 2022)}
    assert kinds(tmp_path, *rows({**flat, 2018: {"total_assets": 1900.0}})) == ["jump"]
    assert kinds(tmp_path, *rows({y: {"total_assets": 3.7 ** (y - 2015)} for y in range(2016, 2022)})) == []


def test_the_shell_before_the_merger_is_told_from_the_company(tmp_path):
    shell = {2018: {"shareholders_equity": 5.000002, "total_assets": 232.1, "sga": 0.6}}
    operating = {2019: {"sga": 41.2, "r_and_d": 66.1, "shareholders_equity": 151.0}}
    assert set(kinds(tmp_path, *rows({**shell, **operating}))) == {"shell"}
    rounded = {2018: {"shareholders_equity": 5.0, "total_assets": 232.1}}
    assert kinds(tmp_path, *rows(rounded)) == ["shell"]
    trust = {
        2018: {"current_assets": 1.1, "total_assets": 232.1},
        2019: {"current_assets": 90.3, "total_assets": 122.2},
    }
    assert kinds(tmp_path, *rows(trust)) == ["shell"]
    other = {2019: {"revenue": 0.02, "total_assets": 250.1, "r_and_d": 0.4}}
    found = kinds(tmp_path, *rows(), *rows(other, source="two.example"))
    assert found.count("shell") == 3


def test_amounts_in_another_currency_stand_out(tmp_path):
    line = "Muster AG,2020,operating_cash_flow,118.4,CNY million,https://one.example/a,"
    assert kinds(tmp_path, *rows(), line) == ["currency"]


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("figures of the blank-check company", "shell"),
        ("这是合并前壳公司的数据", "shell"),
        ("unaudited", "preliminary"),
        ("未经审计的业绩快报", "preliminary"),
        ("converted to dollars", "currency"),
        ("已折算为美元", "currency"),
        ("excludes share-based pay", "definition"),
        ("扣非后口径", "definition"),
        ("April–December stub", "period"),
        ("repeats the figure of 2018", "stale"),
        ("CAUTION", "contradiction"),
        ("rounded to 0.1bn", None),
        ("see page 12", None),
    ],
)
def test_remarks_are_heard(tmp_path, note, kind):
    lines = rows({2019: {"revenue": 944.1}}, note=note)
    found = conflicts(tmp_path, *lines)
    assert [c.kind for c in found] == ([kind] if kind else [])
    assert all(c.basis == "note" and c.severity == "warning" for c in found)
    assert conflicts(tmp_path, *lines, notes=False) == ()


def test_any_table_of_that_form_is_read(tmp_path):
    path = tmp_path / "t.csv"
    head, first = "公司,年度,项目,数值,单位,来源", '某厂,2019,营业收入,"1,200",万元,甲'
    path.write_text(f"{head}\n{first}\n某厂,2019,营业收入,0.15,亿元,乙\n", "utf-8")
    (conflict,) = find_conflicts(read_readings(path, "t.csv"))
    assert [r.value for r in conflict.readings] == [12e6, 15e6]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("company,year,value\na,2019,1\n", "conflicts.column.missing"),
        (HEAD + "a,2019,revenue,=1+1,USD,x,\n", "conflicts.value.formula"),
        (HEAD + "a,2019,revenue,many,USD,x,\n", "conflicts.value.wrong"),
        (HEAD + "a,2019,revenue,,USD,x,\n", "conflicts.row.lacks"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_place(tmp_path, text, cause):
    (tmp_path / "t.csv").write_text(text, "utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_readings(tmp_path / "t.csv", "t.csv")
    (problem,) = caught.value.problems
    assert problem.cause.id == cause
    assert problem.place.line in (1, 2)
    assert format_problem(problem, "zh")


def test_a_case_is_read_without_the_facts_that_were_corrected():
    case = load_case(find_case("nio-hefei-2020"))
    found = find_conflicts(readings_of(case))
    cash = [c for c in found if c.kind == "value" and c.readings[0].item.base == "cash"]
    assert [sorted(r.figure for r in c.readings) for c in cash] == [["862.8", "945.4"]]
    newer = replace(case.facts[0], supersedes=case.facts[1].id)
    assert len(readings_of(replace(case, facts=(newer, *case.facts[1:])))) < len(readings_of(case))


@given(st.permutations(range(31)))
def test_the_order_of_the_rows_does_not_matter(tmp_path_factory, order):
    lines = [*rows(), "Muster AG,2019,revenue,871.3,USD million,https://two.example/b,unaudited"]
    folder = tmp_path_factory.getbasetemp()
    assert sorted(kinds(folder, *(lines[i] for i in order))) == ["preliminary", "preliminary"]


@pytest.mark.skipif(not SHARED.is_file(), reason="the file of vendors' figures is not here")
class TestTheFileOfVendors:
    @pytest.fixture
    def readings(self):
        return read_readings(SHARED, SHARED.name)

    def test_known_errors_are_flagged(self, readings):
        silent, spoken = find_conflicts(readings, notes=False), find_conflicts(readings)
        by_figures = [is_flagged(known, silent) for known in KNOWN if known.in_figures]
        assert sum(by_figures) >= 0.9 * len(by_figures)
        assert sum(is_flagged(known, spoken) for known in KNOWN) >= 0.9 * len(KNOWN)

    def test_false_alarms_are_few(self, readings):
        silent = find_conflicts(readings, notes=False)
        flagged = {reading.place for conflict in silent for reading in conflict.readings}
        assert len(flagged) < 0.08 * len(readings)
        assert sum(conflict.severity == "error" for conflict in silent) <= 3

    @pytest.mark.parametrize("kind", ["sign", "scale", "currency", "stale", "other"])
    def test_planted_errors_of_a_further_source_are_flagged(self, readings, kind, monkeypatch):
        monkeypatch.setattr("benchmarks.evidence_conflicts.PLANTED", 40)
        flagged, named, planted = measure_planted(readings, kind, alone=False)
        assert flagged >= 0.97 * planted
        assert named >= 0.9 * planted
