"""Files beyond all bounds, and links that lead where no analysis may look: refused with their place."""

import errno
import os
from pathlib import Path

import pytest
from tests.record.evidence.folders import CASE, GOOD_FACT, facts_yaml, write_case

from guanzi.base.core import InvalidInput, format_problems, render
from guanzi.base.reading import read_yaml
from guanzi.base.reading.tables import MOST_COLUMNS, MOST_ROWS, read_table
from guanzi.base.reading.yaml import MOST_VALUES, MOST_YAML_BYTES
from guanzi.record.evidence import load_case, new_case


@pytest.fixture
def case(tmp_path):
    files = {"case.yaml": CASE, "facts/a.yaml": facts_yaml(GOOD_FACT), "outcome/o.yaml": facts_yaml(GOOD_FACT)}
    return write_case(tmp_path / "example", files)


def refused(folder):
    with pytest.raises(InvalidInput) as caught:
        load_case(folder)
    return [(p.cause.id, p.place.line, p.place.field) for p in caught.value.problems if p.severity == "error"]


@pytest.mark.parametrize("number", ["1.0e300", "-1.0e300", "1.0e999", "1" * 60, "9" * 400])
def test_a_number_beyond_all_bounds_is_refused_where_it_stands(case, number):
    (case / "facts" / "a.yaml").write_text(facts_yaml(GOOD_FACT.replace("20565", number)), "utf-8")
    found = refused(case)
    assert found
    assert {(line, field.rsplit(".", 1)[-1]) for _, line, field in found} == {(6, "value")}


def test_the_largest_number_is_taken(case):
    (case / "facts" / "a.yaml").write_text(facts_yaml(GOOD_FACT.replace("20565", "1.0e18")), "utf-8")
    assert load_case(case).facts[0].value == 1e18


def test_yaml_beyond_its_limits_is_refused_with_one_problem(tmp_path):
    (tmp_path / "long.yaml").write_text("[" + "x," * (MOST_VALUES + 1) + "]", "utf-8")
    with (tmp_path / "large.yaml").open("wb") as file:
        file.truncate(MOST_YAML_BYTES + 1)
    found = {}
    for name in ("long.yaml", "large.yaml"):
        with pytest.raises(InvalidInput) as caught:
            read_yaml(tmp_path / name)
        found[name] = [p.cause.id for p in caught.value.problems]
    assert found == {"long.yaml": ["reading.yaml.too_many"], "large.yaml": ["core.file.too_large"]}


@pytest.mark.parametrize("text", ["id," * (MOST_COLUMNS + 1), "id\n" + "x\n" * MOST_ROWS], ids=["columns", "rows"])
def test_a_table_beyond_its_limits_is_refused_with_one_problem(tmp_path, text):
    (tmp_path / "table.csv").write_text(text, "utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_table(tmp_path / "table.csv")
    assert [p.cause.id for p in caught.value.problems] == ["reading.csv.too_many"]


@pytest.mark.parametrize("part", ["facts", "terms", "judgements"])
def test_a_part_of_a_case_that_is_a_link_to_the_outcome_is_not_followed(case, part):
    if (case / part).exists():
        (case / part / "a.yaml").rename(case / "kept.txt")
        (case / part).rmdir()
    (case / part).symlink_to("outcome")
    assert "reading.file.outside" in [id for id, _, _ in refused(case)]


def test_documents_that_are_a_link_to_the_outcome_are_not_followed(case):
    (case / "outcome" / "index.jsonl").write_text("{}\n", "utf-8")
    (case / "documents").symlink_to("outcome")
    assert refused(case) == [("reading.file.outside", 0, "")]


def test_entities_and_the_head_of_a_case_may_not_come_from_the_outcome(case):
    (case / "outcome" / "e.json").write_text("", "utf-8")
    (case / "entities.ftm.json").symlink_to("outcome/e.json")
    assert refused(case) == [("evidence.entities.outside", 0, "")]
    (case / "case.yaml").rename(case / "outcome" / "case.yaml")
    (case / "case.yaml").symlink_to("outcome/case.yaml")
    assert "reading.file.outside" in [id for id, _, _ in refused(case)]


@pytest.mark.parametrize("link", ["facts/b.yaml", "terms"])
def test_a_copy_of_a_case_takes_nothing_along_from_the_outcome(case, tmp_path, link):
    (case / link).symlink_to(case / "outcome" / ("o.yaml" if "." in link else ""))
    with pytest.raises(InvalidInput) as caught:
        new_case(tmp_path, "copy", case)
    assert [p.cause.id for p in caught.value.problems] == ["reading.file.outside"]
    assert not (tmp_path / "copy").exists()


def test_a_case_whose_folder_is_a_link_is_read(case, tmp_path):
    (tmp_path / "link").symlink_to(case)
    assert load_case(tmp_path / "link").facts


def test_of_a_file_the_first_problems_are_printed_and_how_many_more(case):
    wrong = [GOOD_FACT.replace("deliveries-2019", f"f-{n}").replace("vehicles", "parsecs") for n in range(500)]
    (case / "facts" / "a.yaml").write_text(facts_yaml(*wrong), "utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_case(case)
    printed = format_problems(caught.value.problems)
    assert printed.count("parsecs") < 50
    assert printed.splitlines()[-1].endswith("181 more problems; only the first 20 are shown")
    (last,) = [p for p in caught.value.problems if p.cause.id == "evidence.fact.unread"]
    assert dict(last.cause.params) == {"wrong": 200, "unread": 300}


def test_a_folder_that_may_not_be_listed_is_named(case, monkeypatch):
    listed = Path.iterdir

    def forbidden(path):
        if path.name == "facts":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", forbidden)
    with pytest.raises(InvalidInput) as caught:
        load_case(case)
    (problem,) = caught.value.problems
    assert (problem.place.file, render(problem.cause)) == (
        str(case / "facts"),
        "this file cannot be read: Permission denied",
    )
