"""A table of a chain that cannot be used is refused: where, what, and how to fix it, all at once."""

import pytest

from guanzi.base.core import InvalidInput, format_problems
from guanzi.intake.chains import load_chain, read_chain, write_chain_workbook

EXAMPLE = "src/guanzi/library/chains/new/example.csv"

#: What is changed in the example of forty rows, the line that is then wrong, what is said of it, and the fix.
WRONG = {
    "a circle in the bill of materials": (
        ("component,stack,stack,电堆,electrolyser", "component,stack,stack,电堆,membrane"),
        8,
        "the bill of materials is circular: stack, membrane and stack",
        "correct the column `of`",
    ),
    "parts that cost more than the whole": (
        ("share,,,,,power,,15,20", "share,,,,,power,,95,98"),
        18,
        "the parts of electrolyser are at least 140 % of electrolyser",
        "correct a share, or name its base",
    ),
    "a share over 100 %": (
        ("share,,,,,stack,,40,55", "share,,,,,stack,,40,155"),
        16,
        "155 % is more than 100 %",
        "between 0 and 100",
    ),
    "an unknown component": (
        ("plant,,,,volta,power,", "plant,,,,volta,powr,"),
        30,
        "there is no component “powr”",
        "did you mean power?",
    ),
    "a negative capacity": (
        ("anchor-h2,electrolyser,riverton,300,300", "anchor-h2,electrolyser,riverton,-300,300"),
        28,
        "−300 is negative",
        "0 or more",
    ),
    "ends of an interval that are swapped": (
        ("imports,,,,,membrane,,70,90", "imports,,,,,membrane,,90,70"),
        21,
        "the lower end 90 is above the upper end 70",
        "swap the two",
    ),
    "a number in words": (
        ("share,,,,,water,,5,8", "share,,,,,water,,about five,8"),
        18,
        "“about five” in column low is not a number",
        "an interval takes two cells",
    ),
    "a row of an unknown kind": (
        ("makes,,,,noble", "produce,,,,noble"),
        33,
        "“produce” is not a kind of row",
        "write makes",
    ),
    "an unknown column": (
        (",status,", ",sttus,"),
        1,
        "the column “sttus” is not known",
        "name it status",
    ),
    "an id that stands twice": (
        ("firm,volta,", "firm,blue-stack,"),
        24,
        "the id “blue-stack” is used twice",
        "another id",
    ),
    "a row without a source": (
        ("customer,,,,volta,anchor-h2,,10,20,,,2025,,survey", "customer,,,,volta,anchor-h2,,10,20,,,2025,,"),
        37,
        "names no source",
        "your own survey is also a source",
    ),
    "an unknown source": (
        ("water,,5,8,,,,,teardown", "water,,5,8,,,,,teardwn"),
        18,
        "there is no source “teardwn”",
        "did you mean teardown?",
    ),
    "a statement held before its source": (
        ("share,,,,,stack,,40,55,,,,,teardown", "share,,,,,stack,,40,55,,,,2024-01-01,teardown"),
        16,
        "before its source was published on 20 November 2025",
        "explain in the column `because`",
    ),
    "a source without a day": (
        ("source,teardown,Engineering Weekly,,,,,,,,,,2025-11-20", "source,teardown,Engineering Weekly,,,,,,,,,,"),
        16,
        "has no date",
        "the first day on which this could have been known",
    ),
    "two products": (
        ("component,water,water treatment,水处理,electrolyser", "component,water,water treatment,水处理,"),
        14,
        "both electrolyser and water have no parent",
        "one component must be the product",
    ),
    "customers that take more than all": (
        (
            "customer,,,,volta,anchor-h2,,10,20",
            "customer,,,,volta,anchor-h2,,10,20,,,2025,,survey,,,,\ncustomer,,,,volta,blue-stack,,95,97",
        ),
        38,
        "the customers of volta take at least 105 % of its sales",
        "state the year of each",
    ),
    "a city that is not in the table": (
        ("plant,,,,film-one,membrane,lakeside", "plant,,,,film-one,membrane,lakesid"),
        32,
        "there is no place “lakesid”",
        "did you mean lakeside?",
    ),
    "a plant in no known state": (
        ("power,riverton,,,,operating", "power,riverton,,,,running"),
        30,
        "“running” is not a plant status",
        "operating, planned or closed",
    ),
    "latitude and longitude swapped": (
        ("place,riverton,Riverton,河镇,,,,31.0,117.0", "place,riverton,Riverton,河镇,,,,117.0,31.0"),
        5,
        "117 degrees is beyond 90",
        "perhaps the two are swapped",
    ),
    "a firm that owns itself": (
        ("owns,,,,anchor-h2,blue-stack", "owns,,,,blue-stack,blue-stack"),
        38,
        "blue-stack is linked to itself",
        "the other end",
    ),
    "a formula": (("share,,,,,water,,5,8", "share,,,,,water,,=3+2,8"), 18, "has a formula", "by its value"),
    "a base that does not hold the part": (
        ("membrane,,25,30,stack", "membrane,,25,30,water"),
        19,
        "“membrane” is not a part of “water”",
        "one of the following in the column `unit`: stack or electrolyser",
    ),
    "two firms in one cell": (
        ("plant,,,,volta,power", "plant,,,,volta;anchor-h2,power"),
        30,
        "but names volta and anchor-h2",
        "a separate row for each",
    ),
    "a share of two parts": (
        ("share,,,,,stack,,40", "share,,,,,stack;power,,40"),
        16,
        "stack and power",
        "a separate row for each",
    ),
    "customers of no year that take more than all": (
        (
            "customer,,,,volta,anchor-h2,,10,20",
            "customer,,,,volta,anchor-h2,,40,50,,,,,survey,,,,\n"
            "customer,,,,volta,blue-stack,,65,70,,,,,survey,,,,\ncustomer,,,,volta,anchor-h2,,10,20",
        ),
        38,
        "take at least 105 % of its sales\n",
        "state the year of each",
    ),
    "a table without columns": (("row,id,", "sort,number,"), 1, "no column states the kind of each", "row, id, name"),
}


@pytest.fixture(scope="module")
def example(repository):
    return (repository / EXAMPLE).read_text("utf-8")


def refused(path):
    with pytest.raises(InvalidInput) as told:
        read_chain(path, "table.csv")
    return told.value.problems


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_place_and_its_mend(name, example, tmp_path):
    (old, new), line, cause, fix = WRONG[name]
    assert example.count(old) == 1, name
    path = tmp_path / "table.csv"
    path.write_text(example.replace(old, new), encoding="utf-8")
    problems = refused(path)
    text = format_problems(problems)
    assert any(problem.place.line == line for problem in problems), text
    assert cause in text
    assert fix in text
    assert all(problem.fix is not None for problem in problems)
    chinese = format_problems(problems, "zh")
    assert "fix: " not in chinese
    assert chinese != text


def test_all_that_is_wrong_is_told_at_once(example, tmp_path):
    text = example
    for name in ("an unknown component", "a negative capacity", "a row without a source", "a share over 100 %"):
        text = text.replace(*WRONG[name][0])
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    assert len(refused(path)) == 4


@pytest.mark.parametrize("name", ["a formula", "a day of a source that is none"])
def test_what_follows_from_a_wrong_cell_is_not_told_again(name, example, tmp_path):
    told = {**WRONG, "a day of a source that is none": (("2026-03-01", "2026-02-31"), 3, "", "")}
    path = tmp_path / "table.csv"
    path.write_text(example.replace(*told[name][0]), encoding="utf-8")
    (problem,) = refused(path)
    assert problem.place.line == told[name][1]


@pytest.mark.parametrize(("rows", "line"), [("", 1), ("chain,x,X\n", 2)])
def test_a_table_without_components_says_where_to_add_them(rows, line, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("row,id,name\n" + rows, encoding="utf-8")
    problem = refused(path)[-1]
    assert (problem.place.file, problem.place.line) == ("table.csv", line)
    assert "a row of the kind component" in format_problems([problem])


def test_a_table_and_a_workbook_of_it_are_the_same_chain(example, tmp_path):
    table, book = tmp_path / "table.csv", tmp_path / "table.xlsx"
    table.write_text(example, encoding="utf-8")
    write_chain_workbook(example, book)
    assert load_chain(str(book)).view().sha256 == load_chain(str(table)).view().sha256


def test_a_wrong_cell_of_a_workbook_is_told_by_its_address(example, tmp_path):
    book = tmp_path / "table.xlsx"
    write_chain_workbook(example.replace("plant,,,,volta,power,", "plant,,,,volta,powr,"), book)
    assert any("!F30" in str(problem.place) for problem in refused(book))


def test_a_table_with_chinese_heads_is_read(example, tmp_path):
    heads = {"row": "类别", "id": "编号", "name": "英文名", "of": "所属", "to": "部件", "at": "城市", "source": "来源"}
    first, _, rest = example.partition("\n")
    path = tmp_path / "table.csv"
    path.write_text(",".join(heads.get(h, h) for h in first.split(",")) + "\n" + rest, encoding="utf-8")
    assert len(read_chain(path, "table.csv").components) == 9


def test_a_table_in_chinese_alone_is_read(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(
        "类别,编号,名称,所属,部件,城市,下限,上限,单位,状态,来源,等级,日期\n"
        "链,drone,无人机,,,,,,,,,,\n"
        "来源,s1,某报告,,,,,,,,,B,2025-05-01\n"
        "地点,hf,合肥,,,,31.8,117.2,,,,,\n"
        "部件,drone,无人机,,,,,,,,,,\n"
        "部件,battery,电池,drone,,,,,,,,,\n"
        "占比,,,,battery,,25,40,,,s1,,\n"
        "企业,a,甲公司,,,,,,,,,,\n"
        "工厂,,,a,drone,hf,,,,在产,s1,,\n"
        "需求,,四百亩土地,battery,,,,,土地,,s1,,\n"
        "供给,,工业用地,,,hf,,,土地,,s1,,\n",
        encoding="utf-8",
    )
    view = read_chain(path, "table.csv").view()
    assert {s.kind for s in view.statements} == {"share", "plant", "need", "offer"}
    assert [s.name.localised("zh") for s in view.of_kind("need")] == ["四百亩土地"]
