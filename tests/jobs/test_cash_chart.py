"""Cash calls stand against the budget of their year."""

import re

from tests.jobs.sample import sample

from guanzi.base.core import Message
from guanzi.jobs.appraisal.documents.cash_chart import cash_call_picture, cash_sentence
from guanzi.render import localise

YEARS = sample().accounts.years


def test_the_heaviest_year_is_named_with_its_share_of_the_budget():
    text = localise(cash_sentence(YEARS, "CNY m"), "en")
    assert re.search(r"heaviest year is 2020.*5\.7.*8 % of the budget revenue", text.replace("\xa0", " "))


def test_without_a_budget_it_says_whose_was_not_held_and_guesses_no_share():
    years = [year.model_copy(update={"share_of_budget": None}) for year in YEARS]
    why = Message.of("appraisal.gap.budget_of", party="the harbour")
    text = localise(cash_sentence(years, "CNY m", why), "en")
    assert "budget revenue of the harbour is not on record" in text
    assert "%" not in text.replace("90\xa0%", "")


def test_every_year_stands_on_the_axis():
    assert all(f">{year.year}<" in cash_call_picture(YEARS, "CNY m", "en").wide for year in YEARS)
