"""Names: what must match, what must not, and what no rule may break."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC
from pypinyin import lazy_pinyin
from tests.sampling import examples

from guanzi.study.screening.matching import compare, scores

PEOPLE = [
    "Sergey Viktorovich Lavrov",
    "Müller, Jörg",
    "Барак Обама",
    "李斌",
    "司马南",
    "Kim Jong-un",
    "عارف علی",
    "A. B.",
]
COMPANIES = ["Deutsche Bank AG", "宁德时代新能源科技股份有限公司", "江淮汽车", "OOO Vostok", "ABC Co., Ltd."]
names = st.one_of(
    st.sampled_from(PEOPLE + COMPANIES),
    st.text(alphabet="abcdefgh -.'éЖ李斌王单有限公司", min_size=1, max_size=16),
)


@settings(max_examples=examples(150), deadline=None)
@given(names, names, st.sampled_from(["Person", "Company", "LegalEntity"]))
def test_a_score_is_symmetric_and_between_nought_and_one(a, b, schema):
    there, back = compare(a, b, schema), compare(b, a, schema)
    assert there.score == pytest.approx(back.score)
    assert 0.0 <= there.score <= 1.0
    assert scores([(a, b)], [schema])[0] == pytest.approx(there.score)


@pytest.mark.parametrize("name", PEOPLE[:-1])
def test_a_person_is_itself(name):
    assert compare(name, name).score == pytest.approx(1.0)


@pytest.mark.parametrize("name", COMPANIES)
def test_a_company_is_itself(name):
    assert compare(name, name, "Company").score == pytest.approx(1.0)


SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华鹏飞龙宏国建文"
han_names = st.builds(str.__add__, st.sampled_from(SURNAMES), st.text(alphabet=GIVEN, min_size=1, max_size=2))


@settings(max_examples=examples(100), deadline=None)
@given(han_names, han_names)
def test_traditional_characters_change_nothing(a, b):
    traditional = OpenCC("s2t").convert(b)
    assert compare(a, traditional).score == pytest.approx(compare(a, b).score)


@settings(max_examples=examples(100), deadline=None)
@given(han_names, han_names)
def test_other_characters_are_other_people_however_they_sound(a, b):
    assert compare(a, b).matched == (a == b)


@settings(max_examples=examples(100), deadline=None)
@given(han_names)
def test_every_spacing_and_order_of_pinyin_is_found(name):
    surname, *given_name = lazy_pinyin(name)
    joined = "".join(given_name)
    for written in (
        f"{surname} {joined}",
        f"{joined.title()} {surname.title()}",
        f"{surname.upper()}, {'-'.join(given_name)}",
        surname + joined,
    ):
        assert compare(name, written).matched, written


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("单田芳", "Shan Tianfang"),
        ("曾国藩", "Guofan Zeng"),
        ("仇和", "Qiu He"),
        ("查良镛", "Zha Liangyong"),
        ("解学恭", "Xie Xuegong"),
        ("朴树", "Piao Shu"),
        ("尉迟恭", "Yuchi Gong"),
        ("吕布", "Lü Bu"),
        ("吕布", "LYU BU"),
        ("习近平", "Hsi Chin-p'ing"),
        ("王毅", "Wáng Yì"),
        ("李想", "Li3 Xiang3"),
        ("欧阳修", "Ou Yang Xiu"),
    ],
)
def test_surnames_with_several_readings_and_other_spellings(name, latin):
    assert compare(name, latin).matched


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sergei Lavrov", "Sergey Viktorovich Lavrov"),
        ("Usama bin Ladin", "Osama Bin Laden"),
        ("J. R. Smith", "John R Smith"),
        ("Bill Thornton", "William Thornton"),
        ("Łukasz Żółtowski", "Lukasz Zoltowski"),
        ("van der Berg, Jan", "Jan Berg"),
        ("Владимир Зеленский", "Vladimir Zelenskiy"),
    ],
)
def test_latin_names_that_are_one(a, b):
    assert compare(a, b).matched


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ivan Petrovich Sidorov", "Ivan Andreyevich Sidorov"),  # a father in place of another
        ("Ahmad bin Hasan", "Hasan bin Ahmad"),
        ("Maria", "Maria Callas"),  # one word is too little
        ("Hans Weber", "Karl Weber"),
        ("李斌", "Ma Bin"),
    ],
)
def test_latin_names_that_are_two(a, b):
    assert not compare(a, b).matched


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("合肥国轩高科动力能源有限公司", "国轩高科", True),
        ("上海汽车集团股份有限公司", "上汽集团", True),
        ("中国工商银行股份有限公司", "工行", True),
        ("中國石油天然氣集團有限公司", "中石油", True),
        ("比亚迪股份有限公司", "BYD Company Limited", True),
        ("上海隆基机械有限公司", "深圳隆基机械有限公司", False),  # the same trade name elsewhere
        ("国轩高科股份有限公司", "国轩置业有限公司", False),
        ("联想集团有限公司", "联享集团有限公司", False),  # homophones
        ("Northern Trust Fund VII", "Southern Trust Fund VII", False),
        ("Müller Maschinenbau GmbH", "Mueller Maschinenbau AG", False),
        ("Société Générale S.A.", "Societe Generale", True),
        ("International Business Machines Corp", "IBM", True),
    ],
)
def test_companies(a, b, same):
    assert compare(a, b, "Company").matched == same


def test_an_explanation_names_what_agrees_and_what_is_left():
    parts = {part.id: dict(part.params) for part in compare("Barak Obama", "Barack Hussein Obama").parts}
    assert parts["diligence.screening.only_second"]["words"] == ("hussein",)
    assert {"diligence.screening.same", "diligence.screening.spelling"} & parts.keys()


def test_a_schema_that_says_neither_leaves_it_to_the_words():
    pairs = [("Deutsche Bank AG", "Deutsche Post AG"), ("Anna Berg", "Berg, Anna")]
    assert scores(pairs, ["Thing"] * 2).tolist() == scores(pairs, ["Company", "Person"]).tolist()


def test_a_long_name_of_characters_with_many_readings_is_compared_at_once():
    assert not compare("长乐" * 30, "常乐" * 30).matched
    assert not compare("长乐" * 30, "Changle Changle").matched
