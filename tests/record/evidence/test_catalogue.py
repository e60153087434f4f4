"""Shipped cases are found by name, others by folder."""

import pytest

from guanzi.advice.backtest import load_library
from guanzi.base.core import InvalidInput, format_problems
from guanzi.record.evidence import (
    builtin_cases,
    builtin_precedents,
    check_outcome,
    find_case,
    load_case,
    replayed_cases,
)


def test_nio_hefei_is_shipped():
    assert "nio-hefei-2020" in builtin_cases()


def test_a_case_that_joined_later_is_neither_scored_nor_a_precedent():
    later = set(builtin_cases()) - set(replayed_cases())
    assert [case.id for case in load_library()[0]] == list(replayed_cases())
    assert not later & {one.case for one in builtin_precedents()}


@pytest.mark.parametrize("name", builtin_cases())
def test_every_shipped_case_is_without_error_or_warning(name):
    folder = find_case(name)
    assert format_problems(load_case(folder).warnings) == ""
    assert format_problems(check_outcome(folder)) == ""


def test_a_folder_is_found_by_its_path(tmp_path):
    assert find_case(str(tmp_path)) == tmp_path


def test_a_misspelt_name_is_mended_by_the_nearest_one():
    with pytest.raises(InvalidInput) as caught:
        find_case("nio-hefei-2021")
    fix = caught.value.problems[0].fix
    assert fix
    assert dict(fix.params) == {"near": "nio-hefei-2020"}


def test_otherwise_the_shipped_cases_are_named():
    with pytest.raises(InvalidInput) as caught:
        find_case("zzz")
    assert "nio-hefei-2020" in format_problems(caught.value.problems)


def test_a_folder_and_a_shipped_case_of_one_name_are_told_apart(tmp_path, monkeypatch):
    shipped = find_case("nio-hefei-2020")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nio-hefei-2020").mkdir()
    with pytest.raises(InvalidInput) as caught:
        find_case("nio-hefei-2020")
    (problem,) = caught.value.problems
    assert problem.cause.id == "evidence.case.ambiguous"
    assert problem.fix
    assert dict(problem.fix.params) == {"folder": "./nio-hefei-2020"}
    assert find_case("./nio-hefei-2020").resolve() == tmp_path / "nio-hefei-2020"
    monkeypatch.chdir(shipped.parent)  # here the folder is the shipped case
    assert find_case("nio-hefei-2020") == shipped


def test_a_file_is_not_taken_for_the_name_of_a_case(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "table.csv").write_text("a,b\n", "utf-8")
    for name, cause in (("table.csv", "evidence.case.file"), ("absent.csv", "evidence.case.no_file")):
        with pytest.raises(InvalidInput) as caught:
            find_case(name)
        assert caught.value.problems[0].cause.id == cause
