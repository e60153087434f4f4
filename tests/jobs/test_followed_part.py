"""The part of a watched deal that tells forecasts with what came, holding on, and the outcome."""

import re
from datetime import date

import pytest

from guanzi.jobs.following import monitoring


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    result = monitoring.monitor(monitoring.Request("nio-hefei-2020", date(2022, 9, 30), paths=2048))
    target = tmp_path_factory.mktemp("monitor")
    for lang in ("en", "zh"):
        monitoring.write(result, target / lang, lang)
    return target


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_says_what_the_rule_says_what_came_and_what_is_not_claimed(folder, lang):
    page = (folder / lang / "monitor.html").read_text("utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", "", page, flags=re.DOTALL))
    told = {
        "en": (
            "Too little evidence to advise holding or acting: no known fact is a reason to act",
            "The forecast at signing cannot be weighted by reported figures",
            "Deliveries: of 9 figures reported since signing",
            "2 covenants: 2 cannot be tested.",
            "It is not known whether a covenant is breached; the following cannot be tested: ",
            "the right to sell back can be exercised; the following cannot be tested: clause “right to sell back”.",
            "request the data from the company with `guanzi monitor template`",
            "after the date of this page, so nobody could have used",
            "Most surprising reported figure",
            "already recovered",
            "instalment 1",
            "at the last price paid for its shares (",
            "no conclusion: there is no forecast without the deal",
            "above the forecast without the deal",
        ),
        "zh": (
            "证据不足，无法建议持有或行动：已知事实中未出现行动理由",
            "设定于本页日期之后",
            "“回购请求权”条款",
            "第1期款",
            "签约时的预测无法按所报数据加权",
            "不作结论",
            "高于无交易时的预测",
        ),
    }[lang]
    assert [words for words in told if words not in text] == []
    assert "{" not in text


def test_every_figure_that_came_links_to_its_fact(folder):
    page = (folder / "en" / "monitor.html").read_text("utf-8")
    links = set(re.findall(r'href="#(fact-[^"]+)"', page))
    assert "fact-reported-deliveries-2021q1" in links
    assert {"fact-reported-paid-2020-06", "fact-reported-returned-2021-09"} <= links
    assert links <= set(re.findall(r'id="([^"]+)"', page))


def test_a_day_nearer_to_signing_knows_less(tmp_path):
    early = monitoring.monitor(monitoring.Request("nio-hefei-2020", date(2020, 5, 1), paths=512))
    assert early.followed is not None
    assert not any(c for s in early.followed.series for c in s.came)
    page = monitoring.write(early, tmp_path / "early", "en").read_text("utf-8")
    assert "no quarter since signing has been reported yet" in page
    assert "of 0 figures" not in page


def test_without_paths_nothing_is_simulated():
    assert monitoring.monitor(monitoring.Request("nio-hefei-2020", date(2021, 1, 1), paths=0)).followed is None
