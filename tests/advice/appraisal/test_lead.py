"""The first sentences of a paper as they are read: what is not met is told so, and lists can be told apart."""

from shutil import copytree

import pytest

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.base.core import Message, render
from guanzi.record.evidence import find_case, load_case

LONGEST = {"en": 110, "zh": 60}
"""Characters of a fact to fetch that is still read in one breath."""


@pytest.fixture(scope="module")
def appraised():
    found = {}

    def get(name):
        if name not in found:
            found[name] = appraise(load_case(find_case(name)), paths=512, options=AppraisalOptions(sensitivity=False))
        return found[name]

    return get


def told(texts, lang="en"):
    return [render(Message.from_dict(text.model_dump()), lang) for text in texts]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_facts_to_fetch_first_stand_apart_and_each_is_short(appraised, lang):
    """One fact or three, with an "and" of their own; none names a file of the library."""
    for name, many in (("vw-anhui-2020", 3), ("byd-hefei-2021", 1)):
        (sentence,) = told(appraised(name).summary.lead, lang)
        parts = sentence.split("; " if lang == "en" else "；")
        assert len(parts) == many
        assert max(len(part.rsplit(": " if lang == "en" else "：", 1)[-1]) for part in parts) <= LONGEST[lang]
        assert ".yaml" not in sentence


def test_a_gift_whose_size_is_a_bracket_is_told_as_one(appraised):
    """ "At the most" with the middle of a bracket was less than what the figures beside it showed."""
    found = appraised("evergrande-guangzhou-2019")
    low, high = found.figures["public.amount"].low, found.figures["public.amount"].high
    assert low < high
    between = found.summary.lead[1].params["given"]
    assert between["id"] == "appraisal.lead.given.between"
    assert (between["params"]["low"], between["params"]["high"]) == (low, high)


@pytest.mark.parametrize(("lang", "words"), [("en", "Rules not met: The company"), ("zh", "未满足")])
def test_a_rule_that_decides_against_a_deal_is_not_read_as_something_that_holds(appraised, lang, words):
    assert words in told(appraised("evergrande-guangzhou-2019").summary.lead, lang)[0]


def test_what_the_deal_would_have_to_bring_is_told_to_three_digits(appraised):
    sentence = told(appraised("evergrande-guangzhou-2019").summary.lead)[1]
    worth = sentence.rsplit("be worth ", 1)[1].split(" yuan")[0].replace(",", "")
    assert len(worth.rstrip("0")) <= 3


def test_where_the_budget_is_not_known_it_is_the_budget_that_is_missing_and_no_path(tmp_path):
    folder = copytree(find_case("intel-magdeburg-2023"), tmp_path / "intel-magdeburg-2023")
    (folder / "facts" / "budget.yaml").unlink()
    found = appraise(load_case(folder), paths=512, options=AppraisalOptions(sensitivity=False))
    for id in ("budget.worst_year_share", "exposure.failure_p95_share", "public.amount_to_budget"):
        assert found.figures[id].note.id.startswith("appraisal.gap.budget_of"), id


@pytest.mark.parametrize(("lang", "unknown"), [("en", "unknown"), ("zh", "未知")])
def test_a_figure_that_was_not_held_is_called_by_its_name_alone(appraised, lang, unknown):
    figures = appraised("intel-magdeburg-2023").figures
    labels = told([f.label for id, f in figures.items() if id.startswith("known.") and f.value is None], lang)
    assert labels
    assert not [label for label in labels if unknown in label]


def test_a_right_that_the_terms_do_not_hold_has_no_figures(appraised):
    """ "No path reaches it" was said of the price of a put that nobody had agreed."""
    figures = appraised("boe-hefei-2008").figures
    assert not [id for id in figures if id.startswith("put.") and figures[id].value is None]
    assert "put.price" in appraised("nio-hefei-2020").figures
