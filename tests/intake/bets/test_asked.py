"""Files of bets: what is read of them, in every form that a spreadsheet saves, and what is wrong told all at once."""

import pytest

from guanzi.base.core import InvalidInput
from guanzi.intake.bets import BET_COLUMNS, read_bets, read_outcomes

HEAD = f"{','.join(BET_COLUMNS)}\n"


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "bets.csv"
    path.write_bytes(text.encode(encoding))
    return path


def wrong(read, *asked):
    with pytest.raises(InvalidInput) as refused:
        read(*asked)
    return [(p.place.line, p.place.field, p.cause.id.split(".")[-1]) for p in refused.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_answers_are_read_in_the_encodings_of_spreadsheets(tmp_path, encoding):
    (bet,) = read_bets(written(tmp_path, f"{HEAD}某厂,,2020/4/29,电池,是,部分,否,50%,18,未知\n", encoding)).bets
    assert bet.id == "某厂"
    assert bet.answers == {
        "parent": "yes",
        "volume": "partly",
        "offtake": "no",
        "sales_to_plan": 0.5,
        "months_of_cash": 18,
    }


def test_what_is_empty_or_absent_is_unknown_and_other_columns_are_named(tmp_path):
    read = read_bets(written(tmp_path, "id,offtake,made_before,remark\na,,,x\nb,YES,,\n"))
    assert [bet.answers for bet in read.bets] == [{}, {"offtake": "yes"}]
    assert [(p.severity, p.cause.id.split(".")[-1], dict(p.cause.params)["columns"]) for p in read.warnings] == [
        ("warning", "missing", ("population", "parent / in_business", "sales_to_plan", "months_of_cash")),
        ("warning", "unread", ("remark",)),
    ]


def test_a_file_of_which_every_column_is_there_and_read_has_no_warning(tmp_path):
    assert read_bets(written(tmp_path, f"{HEAD}a,,2020,,,,,,,\n")).warnings == ()


@pytest.mark.parametrize(("day", "kinds"), [("2999", ["ahead"]), ("2999-01-31", ["ahead"]), ("1990-05", [])])
def test_a_day_that_is_still_to_come_is_said(tmp_path, day, kinds):
    found = read_bets(written(tmp_path, f"{HEAD}a,,{day},,,,,,,\n")).warnings
    assert [problem.cause.id.split(".")[-1] for problem in found] == kinds


def test_lines_that_end_as_on_old_spreadsheets_are_lines(tmp_path):
    (bet, _) = read_bets(written(tmp_path, "id,offtake\ra,yes\rb,no\r")).bets
    assert (bet.id, dict(bet.answers)) == ("a", {"offtake": "yes"})


@pytest.mark.parametrize("read", [read_bets, read_outcomes])
def test_rows_without_a_column_of_ids_are_not_said_to_stand_there_twice(tmp_path, read):
    assert {kind for *_, kind in wrong(read, written(tmp_path, "a,worked\nb,failed\nc,failed\n"))} == {"column"}


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b"])
def test_a_character_that_cannot_be_shown_stands_in_no_id(tmp_path, mark):
    assert wrong(read_bets, written(tmp_path, f"id,parent\na{mark}b,yes\n")) == [(2, "id", "control")]


def test_a_population_is_known_however_it_is_spelt(tmp_path):
    read = read_bets(written(tmp_path, "id,population\na,US-Title-XI\nb,Mine\n"))
    assert [bet.population for bet in read.bets] == ["us-title-xi", "Mine"]


def test_everything_that_is_wrong_is_named_by_row_and_column(tmp_path):
    rows = "a,,0001-01-01,,maybe,yes,no,-1,x,yes\na,,,,yes,,,yes,,\n,,,,,,,,,1e\n"
    assert wrong(read_bets, written(tmp_path, HEAD + rows)) == [
        (2, "decided", "decided"),
        (2, "parent", "answer"),
        (2, "sales_to_plan", "ratio"),
        (2, "months_of_cash", "months"),
        (3, "id", "twice"),
        (3, "sales_to_plan", "ratio"),
        (4, "id", "no_id"),
        (4, "milestones", "answer"),
    ]


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999", "1e300", "1_000", '"1,234"', "1 234", "-0.1", "1e7"])
@pytest.mark.parametrize(("column", "kind"), [("sales_to_plan", "ratio"), ("months_of_cash", "months")])
def test_what_is_no_plain_number_of_a_plausible_size_is_none(tmp_path, number, column, kind):
    assert wrong(read_bets, written(tmp_path, f"id,{column}\na,{number}\n")) == [(2, column, kind)]


def test_a_column_that_is_nearly_one_is_asked_about_and_a_file_without_ids_or_rows_is_none(tmp_path):
    assert wrong(read_bets, written(tmp_path, "id,milestone\na,yes\n")) == [(1, "", "near")]
    assert ("column" in {kind for *_, kind in wrong(read_bets, written(tmp_path, "name\na\n"))}) is True
    assert [kind for *_, kind in wrong(read_bets, written(tmp_path, HEAD))] == ["none"]


def test_outcomes_are_read_in_the_words_that_people_use(tmp_path):
    words = ["worked", "success", "1", "成功", "partly", "0.5", "failed", "failure", "0", "失败", "open", "unknown"]
    rows = "".join(f"{i},{word}\n" for i, word in enumerate(words))
    read = read_outcomes(written(tmp_path, f"id,outcome\n{rows}99,\n"))
    assert list(read.values()) == [1, 1, 1, 1, 0.5, 0.5, 0, 0, 0, 0, None, None, None]
    assert wrong(read_outcomes, written(tmp_path, "id,outcome\na,2\na,so-so\n")) == [
        (2, "outcome", "outcome"),
        (3, "id", "twice"),
        (3, "outcome", "outcome"),
    ]
