"""Every figure can be followed to a place in the dossier."""

from tests.jobs.sample import sample

from guanzi.jobs.shared.documents.parents import parents_of
from guanzi.render import localise

FOUND = parents_of(sample())


def test_parents_are_found_under_the_names_by_which_figures_call_them():
    names = ["simulation", "playbook", "fact.equity-2019", "equity-2019", "terms.put", "put", "price", "fund.npv"]
    assert [FOUND.places[FOUND.named(n)].at for n in names] == [
        "simulation",
        "playbook",
        "fact:equity-2019",
        "fact:equity-2019",
        "clause:put",
        "clause:put",
        "parameter:price",
        "figure:fund.npv",
    ]


def test_a_parent_that_is_nowhere_is_named_without_a_link():
    assert FOUND.named("elsewhere") == "elsewhere"
    assert "elsewhere" not in FOUND.places


def test_a_fact_is_named_by_what_it_is_about():
    assert localise(FOUND.places["fact:deliveries-2019q4"].words, "en") == "Deliveries, Q4 2019"
