"""A company's own Excel model: what feeds a claim, what was typed over, what changed; nothing of it is computed."""

import json
import random
import re
import time
import zipfile

import pytest
from openpyxl import Workbook

from guanzi.base.core import InvalidInput
from guanzi.jobs.evidence import modelling

YEARS = (2024, 2025, 2026, 2027)


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def model(path, units=(10_000, 20_000, 40_000, 80_000), typed=None, extra=()):
    """A model in the form of real ones: inputs on one sheet, a plan that uses them on the other."""
    book = Workbook()
    inputs, plan = book.active, book.create_sheet("Plan")
    inputs.title = "Inputs"
    inputs.append(["RMB million", *(f"FY{year}" for year in YEARS)])
    inputs.append(["Deliveries", *units])
    inputs.append(["Price per vehicle", 0.2, 0.19, 0.18, 0.17])
    inputs.append(["Gross margin", 0.05, 0.08, 0.12, 0.15])
    inputs.append(["Remark", "management case"])
    plan.append(["RMB million", *(f"FY{year}" for year in YEARS)])
    plan.append(["Revenue", *(f"=Inputs!{c}2*Inputs!{c}3" for c in "BCDE")])
    plan.append(["Gross profit", *(f"={c}2*Inputs!{c}4" for c in "BCDE")])
    plan.append(["Total revenue", "=SUM(B2:E2)"])
    for address, value in (typed or {}).items():
        plan[address] = value
    for address, value in extra:
        plan[address] = value
    book.save(path)
    return path


def keep_computed(path, formula, value):
    """The workbook as a program leaves it that has computed a formula."""
    with zipfile.ZipFile(path) as held:
        files = {name: held.read(name) for name in held.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, content in files.items():
            kept = re.sub(
                rf"<f>{re.escape(formula)}</f><v ?/?>(?:</v>)?",
                f"<f>{formula}</f><v>{value}</v>",
                content.decode("utf-8"),
            )
            book.writestr(name, kept)


def cells(found):
    return [one["cell"] for one in found]


def read(path, **asked):
    return modelling.data(modelling.read_model(modelling.Request(path, **asked)))


def test_typed_numbers_that_formulas_use_are_inputs_and_unused_formulas_are_results(tmp_path):
    told = read(model(tmp_path / "m.xlsx"))
    assert cells(told["inputs"]) == [f"Inputs!{c}{row}" for row in (2, 3, 4) for c in "BCDE"]
    assert cells(told["results"]) == ["Plan!B3", "Plan!C3", "Plan!D3", "Plan!E3", "Plan!B4"]
    first = {"cell": "Inputs!B2", "label": "Deliveries · FY2024", "value": 10_000}
    assert {key: told["inputs"][0][key] for key in first} == first
    assert told["formulas"] == 9
    assert told["typed_over"] == told["outside"] == told["not_followed"] == []


def test_what_feeds_a_cell_is_followed_through_formulas_sheets_and_ranges(tmp_path):
    graph = modelling.read_model(modelling.Request(model(tmp_path / "m.xlsx"))).graph
    fed, whole = graph.feeding(("Plan", 4, 2))
    assert whole
    assert fed == tuple(("Inputs", row, column) for row in (2, 3) for column in (2, 3, 4, 5))
    assert graph.feeding(("Plan", 3, 3))[0] == (("Inputs", 2, 3), ("Inputs", 3, 3), ("Inputs", 4, 3))


def test_a_number_among_formulas_was_typed_over(tmp_path):
    told = read(model(tmp_path / "m.xlsx", typed={"D2": 9_000}))
    assert told["typed_over"] == [{"cell": "Plan!D2", "label": "Revenue · FY2026", "value": 9_000}]


def test_the_difference_of_two_versions_is_found_cell_by_cell(tmp_path):
    draw = random.Random(5)
    old = model(tmp_path / "old.xlsx")
    units = (10_000, draw.randint(21_000, 29_000), 40_000, 80_000)
    new = model(tmp_path / "new.xlsx", units=units, typed={"E2": 15_000}, extra=[("C3", "=C2*0.2"), ("A9", "checked")])
    changed = {one["cell"]: (one["kind"], one["before"], one["after"]) for one in read(new, against=old)["differences"]}
    assert changed == {
        "Inputs!C2": ("value", 20_000, units[1]),
        "Plan!E2": ("typed_over", "=Inputs!E2*Inputs!E3", 15_000),
        "Plan!C3": ("formula", "=C2*Inputs!C4", "=C2*0.2"),
        "Plan!A9": ("added", None, "checked"),
    }
    assert read(old, against=old)["differences"] == []


def test_formulas_that_call_out_are_named_and_nothing_is_called(tmp_path):
    out = [("H1", '=WEBSERVICE("http://127.0.0.1:1/"&B2)'), ("H2", "=cmd|'/c calc'!A1"), ("H3", "='[other.xlsx]P'!A1"),
           ("H4", '=INDIRECT("B"&2)'), ("H5", "=growth*2"), ("H6", "=SUM(")]  # fmt: skip
    told = read(model(tmp_path / "m.xlsx", extra=out))
    assert cells(told["outside"]) == ["Plan!H1", "Plan!H2", "Plan!H3"]
    assert [one["asks"] for one in told["outside"]] == [["WEBSERVICE"], ["cmd"], ["[other.xlsx]P!A1"]]
    assert {"Plan!H4", "Plan!H5"} <= set(cells(told["not_followed"]))
    assert all(one.get("computed") is None for one in told["results"])


def test_claims_of_the_model_stand_beside_the_typed_cells_that_feed_them(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Income statement"
    sheet.append(["RMB million", "FY2023"])
    sheet.append(["Revenue", 7_824.9])
    sheet.append(["Cost of revenue", 9_023.7])
    sheet.append(["Net loss", 11_295.7])
    book.save(tmp_path / "statement.xlsx")
    claims = {one["fact"]: one for one in read(tmp_path / "statement.xlsx")["claims"]}
    assert claims["revenue"]["cell"] == "Income statement!B2"
    assert claims["revenue"]["value"] == 7_824.9
    assert claims["revenue"]["is_formula"] is False
    assert claims["revenue"]["same"] is None


def test_claims_are_laid_beside_the_facts_of_a_case(tmp_path):
    for value, same in ((7_824.9, True), (7_999.0, False)):
        book = Workbook()
        book.active.append(["RMB million", "FY2019"])
        book.active.append(["Revenue", value])
        book.active.append(["Cost of revenue", 9_023.7])
        path = tmp_path / f"{value}.xlsx"
        book.save(path)
        claims = {one["fact"]: one for one in read(path, case="nio-hefei-2020")["claims"]}
        assert claims["revenue"]["same"] is same
        assert any(abs(fact["value"] - 7_824.9) < 0.1 for fact in claims["revenue"]["beside"])


def test_a_claim_says_how_far_it_is_from_the_case_and_from_the_register_and_which_typed_cells_feed_it(tmp_path):
    from tests.jobs.test_filling import CIK, FACTS

    (tmp_path / "filings").mkdir()
    (tmp_path / "filings" / f"{CIK}.json").write_text(json.dumps(FACTS), encoding="utf-8")
    book = Workbook()
    book.active.title = "Plan"
    book.active.append(["USD million", "FY2019", "FY2020"])
    book.active.append(["Revenue", "=B4*B5", 9.0])
    book.active.append(["Cost of revenue", 5, 6])
    book.active.append(["Vehicles sold", 100, 110])
    book.active.append(["Price", 0.0860739, 0.08])
    book.save(tmp_path / "m.xlsx")
    keep_computed(tmp_path / "m.xlsx", "B4*B5", 8.60739)
    told = read(tmp_path / "m.xlsx", case="nio-hefei-2020", register="edgar:1234567", recorded=tmp_path / "filings")
    claims = {(one["fact"], one["period"]): one for one in told["claims"]}
    of_2019 = claims["revenue", "2019"]
    register = [one for one in of_2019["beside"] if one["held_in"] == "register"]
    assert [(one["value"], one["unit"], round(one["difference"], 4)) for one in register] == [(7.824904, "USD m", 0.1)]
    case = [one for one in of_2019["beside"] if one["held_in"] == "case"]
    assert case
    assert all((one["difference"], one["same"]) == (None, False) for one in case)  # yuan against dollars
    assert of_2019["fed_by"] == ["Plan!B4", "Plan!B5"]
    assert {one["cell"]: one["feeds"] for one in told["inputs"]} == {"Plan!B4": ["Plan!B2"], "Plan!B5": ["Plan!B2"]}
    assert claims["revenue", "2020"]["beside"] == []  # filed after the decision date


def test_a_circle_of_formulas_ends(tmp_path):
    path = model(tmp_path / "m.xlsx", extra=[("H1", "=H2+B2"), ("H2", "=H1*2")])
    fed, whole = modelling.read_model(modelling.Request(path)).graph.feeding(("Plan", 1, 8))
    assert whole
    assert fed == (("Inputs", 2, 2), ("Inputs", 3, 2))


def test_whole_columns_and_long_chains_take_seconds(tmp_path):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("S")
    for row in range(1, 5_001):
        sheet.append([row, f"=A{row}+B{row - 1}" if row > 1 else "=A1", "=SUM(A:B)" if row % 500 == 0 else None])
    book.save(tmp_path / "long.xlsx")
    began = time.process_time()
    graph = modelling.read_model(modelling.Request(tmp_path / "long.xlsx")).graph
    fed, _ = graph.feeding(("S", 5_000, 3))
    assert len(fed) == 5_000
    assert time.process_time() - began < 20


def test_what_is_no_workbook_or_too_large_is_refused(tmp_path):
    path = tmp_path / "m.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(InvalidInput):
        modelling.read_model(modelling.Request(path))
