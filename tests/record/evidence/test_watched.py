"""Facts after signing: they lie apart, are held to the same rules, and no appraisal of the decision sees them."""

from datetime import date

import pytest
from tests.jobs.watched_case import add_facts, fact, signed_case

from guanzi.base.core import InvalidInput
from guanzi.record.evidence import load_case, watched_case

LATER = date(2021, 12, 31)


def test_a_case_is_loaded_without_what_came_after_signing_even_where_that_is_broken(tmp_path):
    case = signed_case(tmp_path)
    bare = load_case(case).view(LATER).sha256
    add_facts(case, "extra", fact("d", "deliveries", 5, "vehicles", "2020Q2"))
    (case / "monitoring" / "broken.yaml").write_text("facts: [", encoding="utf-8")
    assert load_case(case).view(LATER).sha256 == bare
    with pytest.raises(InvalidInput):
        watched_case(load_case(case))


def test_a_watched_case_holds_both_and_a_later_fact_corrects_an_earlier_one(tmp_path):
    case = signed_case(
        tmp_path, fact("a", "deliveries", 5, "vehicles", "2020Q2"),
        fact("b", "deliveries", 6, "vehicles", "2020Q2", date(2020, 9, 1), supersedes="a"),
    )  # fmt: skip
    whole = watched_case(load_case(case))
    assert {"d-2019", "a", "b"} <= {held.id for held in whole.facts}
    assert whole.view(date(2020, 8, 31)).resolve("deliveries", period="2020Q2").value == 5
    assert whole.view(LATER).resolve("deliveries", period="2020Q2").value == 6


def test_an_id_that_the_case_has_already_is_refused(tmp_path):
    with pytest.raises(InvalidInput):
        watched_case(load_case(signed_case(tmp_path, fact("d-2019", "deliveries", 5, "vehicles", "2020Q2"))))


def test_a_fact_that_cites_a_document_of_a_case_without_any_is_refused_in_a_sentence(tmp_path):
    case = signed_case(tmp_path)
    file = case / "facts" / "facts.yaml"
    cited = file.read_text("utf-8").replace("source: release}", 'source: release, document: x, page: 1, quote: "y"}')
    file.write_text(cited, encoding="utf-8")
    with pytest.raises(InvalidInput) as error:
        load_case(case)
    assert {problem.cause.id for problem in error.value.problems} == {"room.quote.document"}
