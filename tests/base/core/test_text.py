"""Sentences for people: numbers, money, dates and lists as a reader expects them."""

import re
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import (
    Localised,
    Message,
    Place,
    Problem,
    UnknownMessage,
    catalogue,
    catalogue_languages,
    render,
    text,
)


def say(sentence, lang="en", **params):
    return text._Sentence(lang, params).format(sentence, **params)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(20565, "20,600"), (0.12345, "0.123"), (3.0, "3"), (0, "0"), (-1234567, "−1,230,000"), (999.6, "1,000")],
)
def test_a_number_has_three_significant_digits(value, shown):
    assert say("{x:n}", x=value) == shown


@pytest.mark.parametrize(
    ("lang", "currency", "shown"),
    [("en", "EUR", "9,770 euros"), ("zh", "EUR", "9770欧元"), ("en", "CNY", "9,770 yuan"), ("zh", "CNY", "9770元")],
)
def test_a_price_is_said_in_the_words_of_the_language(lang, currency, shown):
    assert say("{x:price}", lang, x=9774.2, currency=currency) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1, "1 clause was not seen"),
        (0, "0 clauses were not seen"),
        (2, "2 clauses were not seen"),
        (1.0, "1 clause was not seen"),
    ],
)
def test_one_is_said_as_one(value, shown):
    assert say("{x:count} {x:one clause was|clauses were} not seen", x=value) == shown


@pytest.mark.parametrize(("value", "shown"), [(20565, "20,565"), (8.0, "8"), (-0.2, "0")])
def test_a_count_is_whole(value, shown):
    assert say("{x:count}", x=value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.123, "12.3 %"), (0.085, "8.5 %"), (1, "100 %"), (-1.53, "−153 %"), (0.0002, "less than 0.1 %"), (0.0, "0 %"),
     (2e-16, "less than 0.1 %"), (-0.0002, "between −0.1 % and 0 %"), (0.9996, "more than 99.9 %"), (1.0004, "100 %")],
)  # fmt: skip
def test_a_ratio_is_said_as_a_percentage(value, shown):
    assert say("{x:pct}", x=value) == shown


@given(st.floats(min_value=-1.0, max_value=1.5), st.sampled_from([1.0, 1e-3, 1e-9, 1e-16]))
def test_a_percentage_has_one_digit_and_only_what_is_none_or_all_is_said_to_be(value, scale):
    for ratio in (value * scale, 1.0 - abs(value) * scale):
        english, chinese = (say("{x:pct}", lang=lang, x=ratio) for lang in ("en", "zh"))
        for told in (english, chinese):
            assert all(len(digits) == 1 for digits in re.findall(r"\.(\d+)", told))
        assert (english == "0 %") == (chinese == "0%") == (ratio == 0.0)
        assert ratio >= 1.0 or "100" not in english
        assert (chinese == "不足0.1%") == (0.0 < Decimal(str(ratio)) < Decimal("0.001"))


@pytest.mark.parametrize(
    ("millions", "shown"),
    [
        (7000, "7.0 bn yuan"),
        (511, "511 m yuan"),
        (999.6, "1.0 bn yuan"),
        (9.96, "10 m yuan"),
        (7.5, "7.5 m yuan"),
        (0.02, "20,000 yuan"),
        (0.154167, "154,000 yuan"),
        (0, "0 yuan"),
        (-11296, "−11.3 bn yuan"),
        (1_150_000, "1.2 tn yuan"),
    ],
)
def test_money_is_said_at_the_scale_of_its_size(millions, shown):
    assert say("{x:money}", x=millions) == shown


@pytest.mark.parametrize(
    ("millions", "shown"),
    [
        (7000, "70亿元"),
        (4282, "42.8亿元"),
        (511, "5.11亿元"),
        (999.6, "10亿元"),
        (100, "1亿元"),
        (99.996, "1亿元"),
        (99.99, "9999万元"),
        (7.5, "750万元"),
        (0.0755, "7.55万元"),
        (0.02, "2万元"),
        (0.009_999_6, "1万元"),
        (0.0099, "9900元"),
        (0, "0元"),
        (-11296, "−113亿元"),
        (-0.3, "−30万元"),
        (123_456, "1235亿元"),
        (999_949, "9999亿元"),
        (999_960, "1万亿元"),
        (1_150_000, "1.15万亿元"),
        (0.000_000_5, "0.5元"),
        (float("inf"), "无上限"),
        (float("nan"), "未知"),
    ],
)
def test_chinese_money_is_counted_in_ten_thousands_and_hundred_millions(millions, shown):
    assert say("{x:money}", lang="zh", x=millions) == shown


def test_chinese_money_is_said_in_its_currency():
    assert say("{x:money}", lang="zh", x=435, currency="USD") == "4.35亿美元"
    assert say("{x:money}", lang="zh_CN", x=7000) == say("{x:money}", x=7000)  # English where there is no catalogue


def test_money_is_said_in_its_currency():
    assert say("{x:money}", x=435, currency="USD") == "435 m US dollars"
    assert say("{x:money}", x=435, currency="SEK") == "435 m SEK"


def test_days_and_periods_are_said_in_words():
    assert say("{x:date}", x="2020-04-29") == "29 April 2020"
    assert [say("{x:period}", x=p) for p in (2019, "2019Q4", "2019-06", "2019-12-31")] == [
        "2019",
        "Q4 2019",
        "June 2019",
        "31 December 2019",
    ]


def test_lists_end_with_and_or_with_or():
    assert say("{x:list}", x=("cash", "debt", "equity")) == "cash, debt and equity"
    assert say("{x:choice}", x=("cash", "debt", "equity")) == "cash, debt or equity"
    assert say("{x:list}", x=()) == "none"
    assert say("{x:money}", x=(7000, 511)) == "7.0 bn yuan and 511 m yuan"


def test_what_is_not_known_is_said_to_be_unknown():
    assert say("{x}, {x:money}, {x:date}, {y:n}", x=None, y=float("nan")) == "unknown, unknown, unknown, unknown"


@pytest.mark.parametrize(
    ("sentence", "name", "shown"),
    [
        ("on {x}.", "NIO Inc.", "on NIO Inc."),
        ("on {x}.", "NIO", "on NIO."),
        ("“{x}.”", "NIO Inc.", "“NIO Inc.”"),
        ("{x}. Next", "NIO Inc.", "NIO Inc. Next"),
        ("{x} pays. Next", "NIO Inc.", "NIO Inc. pays. Next"),
        ("{x}.yaml", "a.", "a..yaml"),
        ("{x}…", "NIO Inc.", "NIO Inc.…"),
    ],
)
def test_a_name_that_ends_with_a_full_stop_ends_its_sentence(sentence, name, shown):
    assert say(sentence, x=name) == shown


def test_a_plain_number_has_a_minus_sign_and_words_keep_their_hyphens():
    assert say("{x} {y} {z}", x=-40, y=-0.5, z="t-1") == "−40 −0.5 t-1"


def test_yes_no_and_whole_floats_read_naturally():
    assert say("{a} {b} {c} {d}", a=True, b=False, c=20565.0, d=0.5) == "yes no 20565 0.5"


def test_numbers_and_days_follow_the_language():
    assert say("{x:date}", lang="zh", x="2020-04-29") == "2020年4月29日"
    assert say("{x:period}", lang="zh", x="2019Q4") == "2019年第4季度"
    assert say("{x:period}", lang="zh", x="2019-06") == "2019年6月"
    assert say("{x:pct}", lang="zh", x=0.783) == "78.3%"
    assert say("{x:n} {x:count}", lang="zh", x=-20565) == "−20,600 −20,565"
    assert say("{x:list}", lang="zh", x=("现金", "债务", "权益")) == "现金、债务和权益"
    assert say("{x:choice}", lang="zh", x=("现金", "债务", "权益")) == "现金、债务或权益"
    assert say("{a} {b} {x}", lang="zh", a=True, b=False, x=None) == "是 否 未知"


def test_messages_within_messages_are_rendered_too_also_from_plain_data():
    inner = Message.of("core.period.mend")
    outer = Message.of("core.problem.mend", mend=inner)
    assert render(outer) == "fix: " + render(inner)
    assert render(outer.as_dict()) == render(outer)


def test_a_language_without_the_message_falls_back_to_english():
    message = Message.of("core.period.invalid", text="x")
    assert render(message, "xx") == render(message, "en")
    assert render(message, "../en") == render(message, "en")


def test_an_unknown_id_or_a_missing_parameter_is_an_error():
    with pytest.raises(UnknownMessage, match=r"core\.nothing"):
        render(Message.of("core.nothing"))
    with pytest.raises(UnknownMessage, match="text"):
        render(Message.of("core.period.invalid"))


def test_a_sentence_cannot_reach_into_its_parameters():
    with pytest.raises(UnknownMessage):
        say("{x.__class__}", x=1)


@dataclass(frozen=True)
class Seats(Localised):
    number: int

    def localised(self, lang):
        return f"{self.number}席" if lang == "zh" else f"{self.number} seats"

    def plain(self):
        return self.number


def test_a_value_that_knows_its_words_is_said_in_them():
    assert [say("{x}", lang, x=Seats(3)) for lang in ("en", "zh")] == ["3 seats", "3席"]
    assert say("{x:list}", x=(Seats(3), Seats(4))) == "3 seats and 4 seats"


@pytest.mark.parametrize("value", [Problem(Message("core.nothing"), Place("x")), {"a": 1}, {1}, object()])
def test_a_value_without_words_stands_in_no_sentence(value):
    with pytest.raises(UnknownMessage, match=type(value).__name__):
        say("{x}", x=value)


def test_english_is_always_there():
    assert "en" in catalogue_languages()
    assert catalogue("core")["core.text.unknown"] == "unknown"
    assert catalogue("nothing") == {}


def test_importing_core_loads_nothing_heavy():
    heavy = ("babel", "rich", "pydantic", "numpy", "yaml")
    code = f"import sys, guanzi.base.core; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_parts_with_commas_of_their_own_are_set_apart_and_sentences_follow_one_another():
    assert text._Sentence("en", {}).format("{x:parts}", x=("a, b", "c")) == "a, b; c"
    assert text._Sentence("zh", {}).format("{x:parts}", x=("甲、乙", "丙")) == "甲、乙；丙"
    assert text._Sentence("en", {}).format("{x:sentences}", x=("One.", "Two.")) == "One. Two."
    assert text._Sentence("zh", {}).format("{x:sentences}", x=("一。", "二。")) == "一。二。"


def test_a_country_is_called_by_its_name_in_the_reader_s_language():
    missing = Message.of("appraisal.missing.tax_rule", country="DE")
    assert "for Germany" in render(missing)
    assert "未收录德国的" in render(missing, "zh")


@pytest.mark.parametrize("lang", catalogue_languages())
def test_babel_reads_the_same_from_the_catalogues(lang):
    for path in (files("guanzi") / "library" / "locale" / lang).iterdir():
        entries = read_po(path.open("rb"), locale=None)
        read = {e.id: e.string for e in entries if e.id and e.string}
        assert read.items() <= catalogue(path.name.removesuffix(".po"), lang).items()


def test_what_several_messages_say_stands_once_and_is_said_by_all():
    assert catalogue("reports")["reports.table.source"] == catalogue("office")["office.entry.source"] == "Source"
    assert render(Message.of("office.entry.source"), "zh") == "来源"


def test_a_name_begins_a_sentence_with_a_capital():
    assert say("{who:begin} gives.", who=("the British government", "英国政府")) == "The British government gives."
    assert say("{who:begin}出资。", "zh", who=("the British government", "英国政府")) == "英国政府出资。"


@pytest.mark.parametrize("said", ["正在再融资。", "正在再融资"])
def test_what_ends_with_a_full_stop_ends_the_chinese_sentence(said):
    told = render(Message.of("diligence.funding-window.said", text=said), "zh")
    assert told.count("。”。") == 0
    assert told.startswith(("关于融资的表述：“正在再融资。”其", "关于融资的表述：“正在再融资”。其"))
