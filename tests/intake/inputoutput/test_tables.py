"""Tables are read as publishers issue them, and what does not add up is refused where it stands."""

import numpy as np
import pytest
from tests.intake.inputoutput import published

from guanzi.base.core import InvalidInput
from guanzi.intake.inputoutput import IO_FORMS, read_io_table


def problems_of(act):
    with pytest.raises(InvalidInput) as error:
        act()
    return error.value.problems


@pytest.mark.parametrize("form", IO_FORMS)
def test_a_table_of_each_publisher_is_recognised_and_holds_the_same_economy(form, tmp_path):
    table = read_io_table(published.write_xlsx(tmp_path / "table.xlsx", published.TABLES[form]()))
    assert table.form == form
    assert table.flows.tolist() == published.FLOWS
    assert table.output.tolist() == published.OUTPUT
    assert table.imports.tolist() == published.IMPORTS
    assert table.value_added.tolist() == published.VALUE_ADDED
    assert table.final["households"].tolist() == published.HOUSEHOLDS
    assert table.final["exports"].tolist() == published.EXPORTS
    assert table.kind == "total"


def test_names_beside_the_codes_are_the_labels(tmp_path):
    table = read_io_table(published.write_xlsx(tmp_path / "t.xlsx", published.nbs()))
    assert table.labels == ("农产品", "林产品", "畜牧产品")
    assert table.codes == ("01001", "02002", "03003")


def test_csv_and_workbook_hold_the_same(tmp_path):
    by_csv = read_io_table(published.write_csv(tmp_path / "t.csv", published.oecd()))
    by_book = read_io_table(published.write_xlsx(tmp_path / "t.xlsx", published.oecd()))
    assert np.array_equal(by_csv.flows, by_book.flows)
    assert np.array_equal(by_csv.imports, by_book.imports)


def test_imports_that_belong_to_the_cost_of_a_sector_make_a_table_of_domestic_products(tmp_path):
    rows = published.guanzi()
    rows = [[*row[:8], *row[9:]] for row in rows]  # without the column of imports
    domestic = [[v * 0.9 for v in row] for row in published.FLOWS]
    for i in range(3):
        rows[i + 1][1:4] = domestic[i]
        rows[i + 1][4] = published.OUTPUT[i] - sum(domestic[i]) - sum(rows[i + 1][5:8])
    bought = [sum(row[j] for row in published.FLOWS) * 0.1 for j in range(3)]
    rows.insert(4, ["imports", *bought, *[""] * 5])
    rows.insert(4, ["value_added", *published.VALUE_ADDED, *[""] * 5])
    table = read_io_table(published.write_csv(tmp_path / "t.csv", rows))
    assert table.kind == "domestic"
    assert table.primary["imports"] == pytest.approx(bought)
    assert not table.imports.any()


def test_a_column_and_a_row_that_do_not_add_up_are_both_named_with_their_cells(tmp_path):
    rows = published.guanzi()
    rows[1][2] += 30.0  # what b buys of a
    found = problems_of(lambda: read_io_table(published.write_csv(tmp_path / "t.csv", rows)))
    said = {(p.cause.id.rsplit(".", 1)[-1], dict(p.cause.params)["code"], p.place.line) for p in found}
    assert said == {("column", "b", 3), ("row", "a", 2)}
    assert all(p.fix is not None for p in found)


def test_roundings_of_the_publisher_are_no_imbalance(tmp_path):
    rows = published.guanzi()
    rows[1][2] += 0.4
    read_io_table(published.write_csv(tmp_path / "t.csv", rows))


def test_a_word_among_the_figures_is_pointed_to(tmp_path):
    rows = published.guanzi()
    rows[2][3] = "about ten"
    (problem,) = problems_of(lambda: read_io_table(published.write_csv(tmp_path / "t.csv", rows)))
    assert (problem.place.line, problem.excerpt) == (3, "about ten")


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        (lambda rows: rows[:4], "chaintables.table.no_output"),
        (lambda rows: [rows[0], rows[1], *rows[4:]], "chaintables.table.no_sectors"),
        (lambda rows: [["x", "y"], ["1", "2"]], "chaintables.table.no_codes"),
        (lambda rows: [*rows[:-1], ["output", -80.0, *rows[-1][2:]]], "chaintables.table.negative_output"),
        (lambda rows: [*rows, rows[1]], "chaintables.table.twice"),
    ],
)
def test_a_table_that_lacks_something_is_refused_with_the_way_to_mend_it(spoil, cause, tmp_path):
    rows = published.guanzi()
    if cause.endswith("no_output"):
        rows = [row[:-1] for row in rows]
    found = problems_of(lambda: read_io_table(published.write_csv(tmp_path / "t.csv", spoil(rows))))
    assert cause in {p.cause.id for p in found}


def test_formulas_and_other_kinds_of_file_are_refused(tmp_path):
    rows = published.guanzi()
    rows[1][1] = "=1+2"
    (problem,) = problems_of(lambda: read_io_table(published.write_xlsx(tmp_path / "t.xlsx", rows)))
    assert problem.cause.id == "chaintables.table.formula"
    assert problem.place.file.endswith("!B2")
    (tmp_path / "t.ods").write_bytes(b"x")
    (problem,) = problems_of(lambda: read_io_table(tmp_path / "t.ods"))
    assert problem.cause.id == "chaintables.table.ending"


def test_a_format_that_is_nearly_right_is_proposed(tmp_path):
    path = published.write_csv(tmp_path / "t.csv", published.guanzi())
    (problem,) = problems_of(lambda: read_io_table(path, form="eurostatt"))
    assert dict(problem.fix.params)["forms"] == ("eurostat",)


def test_of_the_american_table_rows_and_columns_without_a_partner_are_told(tmp_path):
    rows = published.bea()
    rows.insert(4, ["S00402", 0.0, 1.0, 0.0, *[""] * 7])
    rows = [[*row[:4], ("S00201" if i == 0 else 0.0), *row[4:]] for i, row in enumerate(rows)]
    table = read_io_table(published.write_csv(tmp_path / "t.csv", rows))
    assert table.primary["other"].tolist() == [0.0, 1.0, 0.0]
    assert [m.id for m in table.remarks] == ["chaintables.table.lone_column"]


def test_what_a_province_buys_from_others_is_read_as_bought_outside(tmp_path):
    rows = published.nbs()
    head = next(i for i, row in enumerate(rows) if "GO" in row)
    at = rows[head].index("IM")
    for i, row in enumerate(rows):  # a third of what comes from outside comes from other provinces; as much goes there
        inflow = published.IMPORTS[i - head - 1] / 3 if 0 < i - head <= 3 else ""
        row[at + 1 : at + 1] = ["OF", "IF"] if i == head else [3.0, (inflow or 0.0) + 3.0] if inflow != "" else ["", ""]
        if inflow != "":
            row[at] -= inflow
    table = read_io_table(published.write_xlsx(tmp_path / "t.xlsx", rows))
    assert table.imports.tolist() == pytest.approx([v + 3.0 for v in published.IMPORTS])
    assert table.final["exports"].tolist() == pytest.approx([v + 3.0 for v in published.EXPORTS])
    assert [m.id for m in table.remarks] == ["chaintables.table.inflows"]
