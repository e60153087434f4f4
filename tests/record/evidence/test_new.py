"""A new case is ready to run, and never overwrites anything."""

import re
from datetime import date

import pytest
from tests.record.evidence.folders import CASE, GOOD_FACT, facts_yaml, write_case

from guanzi.base.core import Bilingual, InvalidInput, format_problems
from guanzi.record.evidence import CaseHead, builtin_cases, find_case, load_case, new_case


@pytest.fixture
def template(tmp_path):
    files = {
        "case.yaml": CASE.replace("case: example", "case: 'example'   # the example"),
        "facts/a.yaml": facts_yaml(GOOD_FACT),
        "terms/t.yaml": "known_on: 2020-04-29   # signed\n",
        "outcome/o.yaml": "facts: []\n",
    }
    return write_case(tmp_path / "template", files)


def test_a_copy_takes_facts_and_terms_along_under_its_own_id(tmp_path, template):
    folder = new_case(tmp_path / "cases", "what-if", template)
    case = load_case(folder)
    assert (folder.name, case.id, len(case.facts), len(case.sheets)) == ("what-if", "what-if", 1, 1)
    assert "case: what-if   # the example\n" in (folder / "case.yaml").read_text("utf-8")
    assert (folder / "terms" / "t.yaml").read_text("utf-8") == (template / "terms" / "t.yaml").read_text("utf-8")


def test_the_outcome_is_left_behind(tmp_path, template):
    assert not (new_case(tmp_path, "what-if", template) / "outcome").exists()


def test_an_empty_case_loads_without_a_complaint_and_holds_nothing_of_another(tmp_path):
    head = CaseHead(Bilingual("Wolong", "卧龙"), Bilingual("Hefei", "合肥"), currency="USD", decided=date(2026, 3, 31))
    folder = new_case(tmp_path, "our-first-case", head=head)
    case = load_case(folder)
    assert (case.id, case.warnings, case.facts, case.sheets) == ("our-first-case", (), (), ())
    assert (case.currency, case.decision_date) == ("USD", date(2026, 3, 31))
    assert case.question.zh == "合肥是否投资卧龙，出资金额及所附条件如何？"
    told = "".join(path.read_text("utf-8") for path in folder.rglob("*.yaml"))
    assert "NIO" not in told


def test_the_example_of_an_empty_case_is_one_that_can_be_read(tmp_path):
    folder = new_case(tmp_path, "our-first-case")
    path = folder / "facts" / "facts.yaml"
    example = re.findall(r"(?m)^# {0,3}((?:sources:| {2}.*|facts:| {5}source.*))$", path.read_text("utf-8"))
    path.write_text("\n".join(example), "utf-8")
    assert [fact.name for fact in load_case(folder).facts] == ["revenue"]


@pytest.mark.parametrize("head", [CaseHead(country="Germany"), CaseHead(industry="Two Words")])
def test_a_head_that_is_no_head_is_refused_and_leaves_nothing(tmp_path, head):
    with pytest.raises(InvalidInput):
        new_case(tmp_path, "our-first-case", head=head)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", builtin_cases())
def test_every_shipped_case_can_be_copied(tmp_path, name):
    copied = load_case(new_case(tmp_path, "a-copy", find_case(name)))
    original = load_case(find_case(name))
    assert copied.facts == original.facts
    assert copied.id == "a-copy"


def test_nothing_is_overwritten(tmp_path, template):
    (tmp_path / "taken").mkdir()
    with pytest.raises(InvalidInput) as caught:
        new_case(tmp_path, "taken", template)
    assert format_problems(caught.value.problems)
    assert list((tmp_path / "taken").iterdir()) == []


@pytest.mark.parametrize("name", ["", "../elsewhere", "Two Words", "a/b"])
def test_the_name_is_an_id(tmp_path, name):
    with pytest.raises(InvalidInput):
        new_case(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_case_cannot_be_copied_and_leaves_nothing_behind(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidInput):
        new_case(tmp_path / "new", "what-if", tmp_path / "empty")
    assert not (tmp_path / "new").exists()


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        new_case(tmp_path / "file", "what-if")
    assert format_problems(caught.value.problems)


@pytest.mark.parametrize("name", builtin_cases())
def test_the_name_of_a_shipped_case_is_taken(tmp_path, name):
    with pytest.raises(InvalidInput) as caught:
        new_case(tmp_path, name, find_case(name))
    assert [problem.cause.id for problem in caught.value.problems] == ["evidence.new.shipped"]
    assert list(tmp_path.iterdir()) == []
