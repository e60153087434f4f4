"""The table of evidence and the clauses in their groups."""

from tests.jobs.sample import sample

from guanzi.jobs.shared.documents.evidence import clause_groups, filters, streams_of_facts

APPRAISAL = sample()


def test_filters_offer_what_occurs_and_nothing_else():
    options = {f.name: [code for code, _ in f.options] for f in filters(APPRAISAL)}
    assert options == {
        "subject": ["company", "region"],
        "stream": ["finance", "operations"],
        "grade": ["A", "B", "C"],
    }


def test_a_filter_without_a_choice_is_left_out():
    one = APPRAISAL.model_copy(update={"facts": APPRAISAL.facts[:1], "findings": ()})
    assert filters(one) == ()


def test_a_fact_belongs_to_the_work_streams_that_rest_on_it():
    assert streams_of_facts(APPRAISAL)["going-concern"] == ("finance",)


def test_clauses_keep_their_order_and_their_groups_do_too():
    assert [(group, [c.id for c in clauses]) for group, clauses in clause_groups(APPRAISAL)] == [
        ("tranches", ["t1", "split"]),
        ("rights", ["put", "put.obligors"]),
    ]
