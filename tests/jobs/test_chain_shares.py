"""Probabilities of the three verdicts on a cluster add up to one as they are shown."""

from itertools import product

import pytest

from guanzi.base.core import Message, render
from guanzi.jobs.chains.documents.chain import shown_odds


@pytest.mark.parametrize("draws", [7, 300, 1999, 2000])
def test_shown_probabilities_make_one(draws):
    for a, b in product(range(0, draws + 1, max(draws // 13, 1)), repeat=2):
        if a + b <= draws:
            odds = {"open": a / draws, "leaning": b / draws, "captive": (draws - a - b) / draws}
            shown = shown_odds(odds)
            assert round(sum(shown.values()), 9) == 1.0
            assert all(abs(shown[name] - odds[name]) <= 0.00151 for name in odds)


@pytest.mark.parametrize("currency", ["CNY", "SEK", "KRW", "USD"])
def test_a_currency_is_named_in_chinese(currency):
    table = Message.of("multipliers.table", title="T", publisher="P", unit=0.01, currency=currency)
    deals = Message.of("office.portfolio.signed", n=2, currency=currency)
    assert not any(currency in render(words, "zh") for words in (table, deals))
    assert render(Message.of("multipliers.table", title="T", publisher="P", unit=0.01, currency="CNY"), "zh").endswith(
        "一单位为1万元。"
    )
