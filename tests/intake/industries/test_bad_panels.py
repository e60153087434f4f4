"""Bad panels: each is refused, or reported, with a sentence that names the place and the fix, in both languages."""

import pandas as pd
import pytest
from tests.study.tracks.economies import economy, rows_of

from guanzi.base.core import InvalidInput, format_problems
from guanzi.intake.industries import Roles, industries_of_frame, read_industries

ROLES = Roles("region", "industry", "year", ("value",))
CUBE = economy(8, 10, 3)
GOOD = pd.DataFrame(rows_of(CUBE))


def written(folder, text, encoding="utf-8"):
    path = folder / "panel.csv"
    path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return path


def csv_with(folder, extra):
    return written(folder, GOOD.to_csv(index=False) + extra)


def changed(**columns):
    return GOOD.assign(**columns)


def refusal(read):
    with pytest.raises(InvalidInput) as refused:
        read()
    problems = refused.value.problems
    assert all(p.fix is not None for p in problems)
    return format_problems(problems), format_problems(problems, "zh")


LAST = len(GOOD) + 1  # the line of the last good row, below the header

FILES = {
    "repeated keys": ("r000,i001,2000,5\nr000,i001,2000,6\n", "panel.csv:{at}", "occurs twice"),
    "a value below nought": ("r000,i999,2000,-5\n", "panel.csv:{at}", "negative value, -5"),
    "a text among numbers": ('r000,i999,2000,"1,234"\n', "panel.csv:{at}", "“1,234” is not a number"),
    "an infinite value": ("r000,i999,2000,inf\n", "panel.csv:{at}", "infinite"),
    "a quarter for a year": ("r000,i999,2019Q3,5\n", "panel.csv:{at}", "“2019Q3” is not a year"),
    "a row without a region": (",i999,2000,5\n", "panel.csv:{at}", "no code in the column “region”"),
}


@pytest.mark.parametrize("fault", FILES)
def test_a_faulty_row_is_refused_with_its_line(tmp_path, fault):
    extra, place, words = FILES[fault]
    english, chinese = refusal(lambda: read_industries(csv_with(tmp_path, extra), ROLES))
    line = LAST + 2 if fault == "repeated keys" and "r000,i001,2000" not in GOOD.to_csv(index=False) else LAST + 1
    assert place.format(at=line) in english
    assert words in english
    assert "fix: " in english
    assert "修改办法" in chinese


def test_all_rows_that_lack_a_cell_or_have_one_too_many_are_told_with_their_lines(tmp_path):
    english, chinese = refusal(
        lambda: read_industries(csv_with(tmp_path, "r000,i999,2000\nr000,i998,2000,5\nr001,i999,2000,5,6\n"), ROLES)
    )
    assert f"panel.csv:{LAST + 1}" in english
    assert "3 cells while the header has 4" in english
    assert f"2 such rows, first in {LAST + 1} and {LAST + 3}" in english
    assert "列" in chinese


def test_a_workbook_is_refused_with_how_to_save_it(tmp_path):
    english, _ = refusal(lambda: read_industries(written(tmp_path, b"PK\x03\x04 and so on"), ROLES))
    assert "workbook or an archive" in english
    assert "CSV" in english


def test_all_faults_are_told_at_once(tmp_path):
    extra = "r000,i999,2000,-5\nr000,i998,20x0,5\n,i997,2000,oops\n"
    english, _ = refusal(lambda: read_industries(csv_with(tmp_path, extra), ROLES))
    for words in ("negative value", "“20x0” is not a year", "“oops” is not a number", "no code"):
        assert words in english


def test_a_file_in_another_encoding_is_named_with_the_line_and_what_it_seems_to_be(tmp_path):
    text = "region,industry,year,value\n合肥,i000,2000,5\n芜湖,i000,2000,6\n"
    english, _ = refusal(lambda: read_industries(written(tmp_path, text, "gb18030"), ROLES))
    assert "panel.csv:2:1" in english
    assert "GB18030" in english
    english, _ = refusal(lambda: read_industries(written(tmp_path, text, "utf-16"), ROLES))
    assert "UTF-16" in english
    latin = written(tmp_path, "region,industry,year,value\nMünchen,i000,2000,5\n", "latin-1")
    assert "Windows-1252" in refusal(lambda: read_industries(latin, ROLES))[0]


def test_a_column_that_is_not_there_is_answered_with_the_nearest(tmp_path):
    roles = Roles("regoin", "industry", "year", ("value",))
    english, _ = refusal(lambda: read_industries(csv_with(tmp_path, ""), roles))
    assert "no column “regoin”" in english
    assert "“region”" in english
    english, _ = refusal(lambda: industries_of_frame(GOOD, Roles("region", "region", "year", ("value",))))
    assert "is used twice" in english


def test_an_empty_file_and_a_header_alone_are_refused(tmp_path):
    assert "no rows" in refusal(lambda: read_industries(written(tmp_path, ""), ROLES))[0]
    assert "no rows" in refusal(lambda: read_industries(written(tmp_path, "region,industry,year,value\n"), ROLES))[0]


def test_a_damaged_parquet_file_is_refused(tmp_path):
    path = tmp_path / "panel.parquet"
    GOOD.to_parquet(path)
    path.write_bytes(path.read_bytes()[:-20])
    assert "cannot be read" in refusal(lambda: read_industries(path, ROLES))[0]


def test_something_that_is_no_table_is_refused():
    assert "not a table with rows" in refusal(lambda: industries_of_frame([1, 2], ROLES))[0]


def remarked(frame):
    panel = industries_of_frame(frame, ROLES)
    assert all(p.fix is not None for p in panel.findings)
    return {p.cause.id.removeprefix("panels.remark."): p for p in panel.findings}, format_problems(panel.findings)


def test_a_good_panel_is_not_remarked_on():
    assert remarked(GOOD)[0] == {}


def test_a_missing_year_is_reported():
    frame = pd.DataFrame(rows_of(economy(8, 10, 5)))
    found, text = remarked(frame[frame.year != 2003])
    assert set(found) == {"gaps"}
    assert "2002–2004" in text


def test_codes_of_mixed_levels_are_reported_where_the_upper_add_up_the_lower():
    lower = changed(industry="C1" + GOOD.industry.str[-1])
    upper = lower.groupby(["region", "year"], as_index=False).value.sum().assign(industry="C1")
    other = lower.assign(industry=lower.industry.str.replace("C1", "C2"), value=lower.value * 2)
    found, text = remarked(pd.concat([lower, upper, other]))
    assert found["levels"].severity == "error"
    assert "“C1” contains C10" in text


def test_codes_of_different_length_are_no_levels_where_nothing_adds_up():
    frame = changed(industry=GOOD.industry.str[-1].astype(int).add(1).astype(str))  # 1 to 10
    assert remarked(frame)[0] == {}


@pytest.mark.parametrize(
    ("column", "other", "kind"), [("industry", "region", "total.industry"), ("region", "industry", "total.region")]
)
def test_a_total_among_the_parts_is_reported(column, other, kind):
    total = GOOD.groupby([other, "year"], as_index=False).value.sum().assign(**{column: "Total"})
    found, text = remarked(pd.concat([GOOD, total]))
    assert found[kind].severity == "error"
    assert "“Total” is the sum of all others" in text


def test_names_that_differ_in_white_space_alone_are_reported_and_not_merged():
    frame = changed(region=GOOD.region.where(GOOD.year != 2001, GOOD.region + " "))
    found, text = remarked(frame)
    assert "alike.regions" in found
    assert len(industries_of_frame(frame, ROLES).regions) == 16
    assert "“r000 ”" in text


def test_a_panel_of_noughts_is_reported():
    found, _ = remarked(changed(value=0))
    assert set(found) == {"all_nought"}


def test_a_region_that_misses_a_year_is_reported():
    found, text = remarked(GOOD[(GOOD.region != "r003") | (GOOD.year != 2001)])
    assert set(found) == {"region_empty"}
    assert "2001" in text
    assert "r003" in text


def test_a_revision_of_the_classification_is_reported_with_its_years():
    frame = changed(industry=GOOD.industry.where(GOOD.year < 2002, "n" + GOOD.industry))
    found, text = remarked(frame)
    assert set(found) == {"revision"}
    assert "between 2001 and 2002" in text


def test_a_new_industry_alone_is_no_revision():
    frame = pd.concat([GOOD, pd.DataFrame([{"region": "r000", "industry": "new", "year": 2002, "value": 9.0}])])
    assert remarked(frame)[0] == {}
