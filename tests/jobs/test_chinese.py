"""The pages in Chinese: amounts in 亿 and 万, Chinese names, and no English that is not the case's own."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.jobs.nio import nio
from tests.jobs.sample import sample

from guanzi.advice.appraisal import Figure
from guanzi.advice.appraisal.data import Text
from guanzi.base.core import width, wrap
from guanzi.jobs.appraisal.documents.brief import brief_html
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.jobs.shared.documents.figures import format_figure
from guanzi.jobs.shared.documents.words import tick, title, word
from guanzi.record.evidence.vocabulary import _UNITS_BY_NAME
from guanzi.render import closed_up, exact, joint
from guanzi.render.scales import scale_for

HAN = re.compile("[\u4e00-\u9fff]")
LABEL = Text(id="reports.advice.back")
TEXTS = st.text("合肥市，。（）“”2020% ab", max_size=60)


@pytest.mark.parametrize(
    ("unit", "largest", "divisor", "axis"),
    [
        ("CNY m", 7000, 100, "亿元"),
        ("CNY m", 99, 0.01, "万元"),
        ("CNY m", 0.001, 0.01, "万元"),
        ("CNY", 3.2e8, 1e8, "亿元"),
        ("CNY", 360_000, 1e4, "万元"),
        ("CNY", 9_999, 1, "元"),
        ("USD m", 151.7, 100, "亿美元"),
    ],
)
def test_money_is_shown_in_yi_and_wan(unit, largest, divisor, axis):
    scale = scale_for(unit, [largest], "zh")
    assert scale.divisor == pytest.approx(divisor)
    assert scale.title("zh") == axis


@given(st.floats(1e-3, 1e7))
def test_an_exact_amount_is_the_same_amount(value):
    text = exact(value, "CNY m", "zh")
    number, unit = re.fullmatch(r"([\d,.]+)(亿元|万元)", text).groups()
    assert float(number.replace(",", "")) * {"亿元": 100, "万元": 0.01}[unit] == pytest.approx(value, rel=1e-6)


def test_a_figure_reads_as_chinese():
    figure = Figure(id="n", label=LABEL, value=7020.4, low=-2100, high=14300, unit="CNY m", kind="simulated")
    assert format_figure(figure, "zh") == "70亿元；90%的情形在−21至143亿元之间"
    gap = Figure(id="jobs", label=LABEL, value=None, unit="jobs", kind="gap")
    assert format_figure(gap, "zh") == "无证据"


@pytest.mark.parametrize(("value", "told"), [(19.65, "1,965万元"), (392_200, "3,922亿元")])
def test_an_amount_keeps_the_digits_that_it_has_in_english(value, told):
    figure = Figure(id="n", label=LABEL, value=value, unit="CNY m", kind="fact")
    assert format_figure(figure, "zh") == told


@given(TEXTS, st.integers(8, 40))
def test_lines_keep_all_words_and_begin_with_no_closing_mark(text, columns):
    lines = wrap(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    if HAN.search(text):
        assert not any(line[:1] in {"，", "。", "）", "”"} for line in lines[1:])


def test_a_line_is_no_wider_than_its_columns():
    text = "平均而言，65.8亿元中有54.2亿元在新的落地里程碑生效之前付出。如果企业倒闭，政府方最多损失70亿元。"
    assert max(width(line) for line in wrap(text, 32)) <= 33


def test_sentences_stand_without_a_space_between_them():
    assert closed_up("一。 <a href='#x'>二。</a> 三", "zh") == "一。<a href='#x'>二。</a>三"
    assert closed_up("一。 二", "en") == "一。 二"
    assert (joint("sentence", "zh"), joint("clause", "zh")) == ("", "；")


def test_a_day_and_a_quarter_on_an_axis():
    assert tick("2019-12-31", True, "zh") == ("12月31日", "2019")
    assert tick("2019Q4", True, "zh") == ("4季度", "2019")


@pytest.mark.parametrize("name", sorted(_UNITS_BY_NAME))
def test_every_name_of_the_vocabulary_has_a_chinese_word(name):
    assert HAN.search(word("fact", name, "zh"))


def test_a_title_company_and_region_are_said_in_chinese():
    assert title(nio().case, "zh") == "蔚来与合肥，2020年春"
    assert title(nio().case, "en") == str(nio().case.title)
    untitled = nio().case.model_copy(update={"title": "NIO and Hefei"})
    assert title(untitled, "zh") == "蔚来与合肥市", "where the title has no Chinese form"
    for page in (dossier_html(nio(), "zh"), brief_html(nio(), "zh")):
        assert "<h1>蔚来与合肥，2020年春</h1>" in page
        assert "蔚来 · 合肥市 · 截至" in page


def test_work_streams_findings_and_rows_are_said_in_chinese():
    page = dossier_html(nio(), "zh")
    for place in ("h2", "h3", "caption", "summary", "legend"):
        said = re.findall(rf"<{place}[^>]*>(?:<span[^>]*></span>)?([^<]+)</{place}>", page)
        assert [text for text in said if not HAN.search(text)] == []


def test_the_stylesheet_of_english_pages_has_no_chinese_rule():
    assert "：" not in dossier_html(sample(), "en").split("</style>")[0]


@pytest.mark.parametrize(("lang", "words"), [("zh", "CNY兑EUR汇率"), ("en", "Exchange rate CNY to EUR")])
def test_a_rate_of_exchange_is_called_by_its_currencies(lang, words):
    assert word("fact", "cny_eur", lang) == words
