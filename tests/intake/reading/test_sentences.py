"""Sentences that state facts, in two languages, and their neighbours that do not."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.intake.reading.printed import paged, read, said

from guanzi.base.core import Message
from guanzi.intake.reading import read_document
from guanzi.record.evidence import PlacedPage
from guanzi.record.evidence.dataroom.placed import PlacedLine, PlacedWord

STATED = [
    ("2023年，第一名供应商采购额占年度采购总额17.83%。", ("largest_supplier_share", 0.1783, "ratio", "2023")),
    ("Deliveries in July 2024 were 4,718 vehicles.", ("deliveries", 4718.0, "vehicles", "2024-07")),
    ("At 30 June 2023 the Group held cash of £3.2 million.", ("cash", 3_200_000.0, "GBP", "2023-06-30")),
    ("NIO delivered 8,224 vehicles in the fourth quarter of 2019, up 3.0%.",
     ("deliveries", 8224.0, "vehicles", "2019Q4")),
    ("2019年全年交付量为２０，５６５辆，同比增长81.2%。", ("deliveries", 20565.0, "vehicles", "2019")),
    ("2019年度公司锂电池交付量为12.5GWh。", ("deliveries", 12_500_000.0, "kWh", "2019")),
    ("As of December 31, 2019, we had a total of 7,442 full-time employees, of whom 2,000 were in R&D.",
     ("headcount", 7442.0, "people", "2019-12-31")),
    ("截至2019年12月31日，公司员工总数为7,442人。", ("headcount", 7442.0, "people", "2019-12-31")),
    ("For the first quarter of 2020, the Company expects deliveries to be between 3,400 and 3,600 vehicles.",
     ("delivery_guidance", (3400.0, 3600.0), "vehicles", "2020Q1")),
    ("公司预计2020年第二季度交付量为9,500辆至10,000辆。",
     ("delivery_guidance", (9500.0, 10000.0), "vehicles", "2020Q2")),
    ("Total revenues were RMB2,848.0 million (US$409.1 million) in the fourth quarter of 2019.",
     ("revenue", 2_848_000_000.0, "CNY", "2019Q4")),
    ("2019年，公司实现营业收入78.25亿元。", ("revenue", 7_825_000_000.0, "CNY", "2019")),
    ("Our largest customer accounted for 23.4% of our total revenues in 2019.",
     ("largest_customer_share", 0.234, "ratio", "2019")),
    ("2019年度，第一大客户销售收入占营业收入的比例为35.2%。", ("largest_customer_share", 0.352, "ratio", "2019")),
    ("In June 2018, the company raised US$500 million in a Series D round.",
     ("equity_raised", 500_000_000.0, "USD", "2018-06")),
    ("2018年6月，公司完成D轮融资5亿美元。", ("equity_raised", 500_000_000.0, "USD", "2018-06")),
    ("Translations were made at RMB6.9618 to US$1.00, the rate in effect as of December 31, 2019.",
     ("usd_cny", 6.9618, "CNY per USD", "2019-12-31")),
    ("Vehicle margin was negative 6.0% in the fourth quarter of 2019.", ("vehicle_margin", -0.06, "ratio", "2019Q4")),
    ("2018年9月12日，公司发布公告称，预计于2021年6月投产。", ("plan_production_start", True, "flag", "2021-06")),
    ("公司于2018年9月12日在纽约证券交易所上市。", ("listed", True, "flag", "2018-09-12")),
]  # fmt: skip

NOT_STATED = [
    "The investor manages EUR 3.1 billion and recorded net income of EUR 44.7 million in 2023.",
    "合营公司霁洋汽车有限公司2024年11月销量为3,402辆。",
    "Adjusted net loss (non-GAAP) was RMB2,800.1 million in the fourth quarter of 2019.",
    "2019年，归属于上市公司股东的净利润为1.2亿元。",
    "On March 18, 2020 management found no substantial doubt about the ability to continue as a going concern.",
    "2019年度，前五大客户合计占营业收入的65.0%。",
    "2019年全国新能源汽车销量124.2万辆。",
    "Gross margin was negative 8.9%, compared with 0.4% in the fourth quarter of 2018.",
    "Deliveries reached 18,200 vehicles.",
    "If we deliver as assumed, 30,000 vehicles would be delivered in 2021.",
    "On a pro forma basis, total revenues were US$12.0 million in 2019.",
]


FACTS = [
    ("we", "delivered {} vehicles in 2023", "50,000", "deliveries"),
    ("we", "had {} employees as of December 31, 2023", "900", "headcount"),
    ("our", "net loss was RMB{} in 2023", "900,000", "net_loss"),
    ("公司", "2023年交付量为{}辆", "50,000", "deliveries"),
    ("公司", "2023年营业收入为{}元", "900,000", "revenue"),
]
"""Who, what, which figure, and the fact that it states."""
OTHERS = (
    *("Our supplier", "Our supplier, Acme Ltd,", "The joint venture", "Our largest shareholder", "A customer of ours"),
    *("One investor", "供应商", "合营企业", "主要客户", "控股股东", "竞争对手"),
)
DENIED = (
    *("{} {}, if all goes well.", "Had we known, {} {}.", "Unless it is sold, {} {}.", "It is not true that {} {}."),
    *("{} would have {}.", "{} never {}.", "若{}{}，则项目盈利。", "如果{}{}。", "{}并未实现{}。", "{}不会有{}。"),
)


def is_han(text):
    return not text.isascii()


@pytest.mark.parametrize(("who", "what", "figure", "fact"), FACTS)
def test_who_is_spoken_of_and_whether_it_is_so_makes_a_figure_a_fact(who, what, figure, fact):
    what = what.format(figure)
    assert [one[0] for one in told(said(f"{who} {what}."))] == [fact]
    said_otherwise = [form.format(who, what) for form in DENIED if is_han(form) == is_han(who)]
    of_others = [f"{other} {what}." for other in OTHERS if is_han(other) == is_han(who) and who != "our"]
    for sentence in said_otherwise + of_others:
        reading = said(sentence)
        assert (told(reading), [u.figure for u in reading.unread]) == ([], [figure]), sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年公司向客户交付50,000辆。",
        "与供应商合作，公司2023年交付量为50,000辆。",
        "As our suppliers raised prices, we delivered 50,000 vehicles in 2023.",
    ],
)
def test_to_whom_something_is_done_does_not_take_the_fact_from_the_company(sentence):
    assert told(said(sentence)) == [("deliveries", 50_000.0, "vehicles", "2023")]


def test_a_controlling_shareholder_is_not_a_founder_and_a_designed_capacity_is_no_plan():
    day = "公告日期：2024年3月18日"
    assert told(said(day, "控股股东张三持有公司35.6%的股份。")) == []
    assert told(said(day, "创始人张三持有公司35.6%的股份。"))[0][0] == "founder_share"
    designed = (
        said(day, "合肥工厂设计年产能为10万辆。"),
        said(day, "The plant has a designed annual capacity of 100,000 vehicles."),
    )
    assert [told(one) for one in designed] == [[("capacity", 100_000.0, "vehicles/year", "2024-03-18")]] * 2


def told(reading):
    return [(f.fact, f.value, f.unit, str(f.period)) for f in reading.found]


@pytest.mark.parametrize(("sentence", "fact"), STATED, ids=[fact[0] for _, fact in STATED])
def test_a_sentence_states_its_fact_and_no_other(sentence, fact):
    assert told(said(sentence)) == [fact]


@pytest.mark.parametrize("sentence", NOT_STATED)
def test_its_neighbour_states_none_and_its_figures_are_listed(sentence):
    reading = said(sentence)
    assert told(reading) == []
    assert reading.unread or "going concern" in sentence


def test_what_holds_on_the_day_of_a_document_has_that_day():
    doubt = "These conditions raise substantial doubt about the Company's ability to continue as a going concern."
    reading = said("Date: March 18, 2020", doubt, "公司年产能15万辆。")
    assert told(reading) == [
        ("going_concern_doubt", True, "flag", "2020-03-18"),
        ("capacity", 150_000.0, "vehicles/year", "2020-03-18"),
    ]
    assert told(said(doubt)) == []  # nobody knows when


def test_plans_are_no_facts_of_today():
    reading = said("公告日期：2020年4月29日", "项目一期规划年产能10万辆，总投资约50亿元。")
    assert told(reading) == [
        ("plan_capacity_first_phase", 100_000.0, "vehicles/year", "2020-04-29"),
        ("plan_investment", 5_000_000_000.0, "CNY", "2020-04-29"),
    ]


@pytest.mark.parametrize(
    ("lines", "day", "reason"),
    [
        (("公告日期：2020年3月18日", "2019年12月31日"), "2020-03-18", "labelled"),
        (("SHANGHAI, China, March 18, 2020 (GLOBE NEWSWIRE) -- NIO Inc. today announced",), "2020-03-18", "dateline"),
        (("江河汽车股份有限公司董事会", "二〇二〇年三月十八日"), "2020-03-18", "signature"),
        (("江河汽车股份有限公司董事会 2020年3月18日",), "2020-03-18", "signature"),
        (("江河会计师事务所", "二O二〇年三月二上一日"), "2020-03-21", "signature"),
        (("合并资产负债表", "2019年12月31日"), "None", "none"),
        (("This report was published on 14 March 2024 in Hefei.",), "2024-03-14", "told"),
        (("本报告于2024年8月28日公布。",), "2024-08-28", "told"),
        (("半年度报告", "2024年8月28日"), "2024-08-28", "alone"),
        (("Business plan", "5 May 2024", "We were founded on 3 May 2014."), "2024-05-05", "alone"),
        (("The plant opened on 14 March 2024.",), "None", "none"),
        (("公告日期：2019年3月18日", "2019年全年交付量为20,565辆。"), "None", "none"),  # before what it reports on
    ],
)
def test_a_document_says_its_day(lines, day, reason):
    known = said(*lines).known_on
    assert (str(known.day), known.reason.id) == (day, f"reading.known_on.{reason}")


def test_the_day_of_a_file_is_no_period_and_makes_everything_less_sure():
    lines = ("公司年产能15万辆。", "2019年全年交付量为20,565辆。")
    said_by_words = said("公告日期：2020年3月18日", *lines)
    said_by_the_file = read_document([paged(*lines, written="2020-03-18")])
    assert said_by_the_file.known_on.reason.id == "reading.known_on.metadata"
    assert [fact[0] for fact in told(said_by_the_file)] == ["deliveries"]
    assert [(one.figure, one.why) for one in said_by_the_file.unread] == [("15万辆", "no_period")]
    sure = {one.fact: one.confidence for one in said_by_words.found}
    assert said_by_the_file.found[0].confidence < sure["deliveries"]


FIGURES = st.one_of(
    st.integers(100, 10**9).filter(lambda n: not 1900 <= n < 2100).map(lambda n: f"{n:,}"),
    st.integers(3_000, 10**9).map(str),
    st.decimals(1, 10**6, places=2).map(lambda n: f"{n:,}"),
    st.sampled_from(
        ["1,23,456", "1.234,5", "RMB210.0 million", "34,567.89", "30万辆", "7人", "3.5%", "8 vehicles", "US$54.5"]
    ),
)
BETWEEN = st.sampled_from(
    [" and ", "、", "，约", ", or ", " (", "和", "; ", "公司收入为", " we delivered ", " net loss was RMB("]
)


def digits(text):
    return re.findall(r"\d[\d.,]*\d|\d", text.replace("US$", "").replace("RMB", ""))[0]


@given(
    st.lists(st.tuples(BETWEEN, FIGURES), min_size=1, max_size=6, unique_by=lambda pair: digits(pair[1])), st.booleans()
)
@example([(" and ", "1,23,456"), ("、", "456.78"), ("和", "30万辆")], True)
def test_each_figure_of_a_sentence_is_proposed_or_listed_once(parts, dated):
    text = ("2023年度" if dated else "Of these") + "".join(before + figure for before, figure in parts) + "。"
    reading = said(text)
    listed = [*(digits(one.figure) for one in reading.found), *(digits(one.figure) for one in reading.unread)]
    assert sorted(listed) == sorted(digits(figure) for _, figure in parts)


def test_a_document_that_states_two_values_of_one_fact_says_so_at_both():
    twice = ("2024年上半年营业总收入为1,234,567,890.12元。", "2024年上半年营业收入为1,234,000,000.00元。")
    for one, other in zip(said(*twice).found, ("1,234,000,000.00", "1,234,567,890.12"), strict=True):
        assert one.confidence <= 0.5
        assert Message.of("reading.reason.contradicted", figures=(other,)) in one.reasons
    rounded = said(twice[0], "2024年上半年营业收入为12.35亿元。")
    assert {one.confidence for one in rounded.found} == {0.9}


def test_a_loss_in_brackets_is_read():
    assert told(said("Net loss was RMB(21.3) million in 2022.")) == [("net_loss", 21_300_000.0, "CNY", "2022")]


def test_a_term_has_the_day_of_its_document_and_not_the_day_on_which_it_falls_due():
    reading = said("公告日期：2024年7月11日", "乙方承诺于2030年12月31日前按年化6%单利回购。")
    assert told(reading) == [("put_rate", 0.06, "ratio", "2024-07-11")]


def test_a_year_in_brackets_is_that_of_the_brackets_alone():
    reading = said("In 2023 revenue was RMB 88.9 million (2022: RMB 57.3 million) and net loss was RMB 9.4 million.")
    assert ("net_loss", 9_400_000.0, "CNY", "2023") in told(reading)


@pytest.mark.parametrize(
    ("others", "units"),
    [(("It paid $4 in 2020.",), {"USD"}), (("It paid $4 and £5 in 2020.",), set()), ((), set())],
)
def test_a_table_without_a_currency_takes_the_only_one_of_its_document(others, units):
    head = [PlacedLine((word("2019", 1, 0), word("2018", 2, 0)), 1)]
    rows = [
        PlacedLine((word(name, 0, n), word("7,801", 1, n), word("4,902", 2, n)), 1)
        for n, name in enumerate(("Total revenues", "Gross profit", "Net loss"), start=1)
    ]
    table = PlacedPage(1, (PlacedLine((word("(in thousands)", 0, 0),)), *head, *rows))
    prose = PlacedPage(2, tuple(PlacedLine((word(text, 0, 0),)) for text in others))
    reading = read_document([table, prose])
    assert {found.unit for found in reading.found} == units
    assert len(reading.found) == (6 if units else 0)
    assert units or {one.why for one in reading.unread} >= {"no_unit"}


def word(text, column, row):
    return PlacedWord(text, (column * 100.0, row * 10.0, column * 100.0 + 50, row * 10.0 + 9))


def of_report(text):
    """What a sentence states in the release of a quarter."""
    reading = said("Halden Electric Reports Third Quarter 2024 Results", "Austin, Texas, November 7, 2024", text)
    return {(one.fact, one.value, str(one.period)) for one in reading.found}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Delivered 4,310 vehicles, compared with 3,127 in the prior-year quarter", {("deliveries", 4310.0, "2024Q3")}),
        ("Revenue of $287.4 million, up 22% from $235.6 million in the third quarter of 2023",
         {("revenue", 287_400_000.0, "2024Q3")}),
        ("Revenue was $287.4 million (2023: $235.6 million).",
         {("revenue", 287_400_000.0, "2024Q3"), ("revenue", 235_600_000.0, "2023Q3")}),
        ("Cash at bank and in hand at the period end was $41.7 million (2023: $60.3 million).",
         {("cash", 41_700_000.0, "2024-09-30"), ("cash", 60_300_000.0, "2023-09-30")}),
        ("Our plant in Mesa, which opened after a delay, delivered 4,310 vehicles.", set()),
    ],
)  # fmt: skip
def test_items_of_a_release_are_of_what_it_reports_on(text, meant):
    assert of_report(text) == meant


def test_without_a_report_such_an_item_states_nothing():
    assert not said("Delivered 4,310 vehicles (2023: 3,127)").found


def printed_lines(*lines):
    """Lines of a page of 300 points, each letter five points wide."""
    placed = []
    for number, line in enumerate(lines):
        words, left = [], 50.0
        for text in line.split(" "):
            box = (left, 50.0 + 12 * number, left + 5 * len(text), 60.0 + 12 * number)
            words.append(PlacedWord(text, box, box))
            left = box[2] + 4
        placed.append(PlacedLine(tuple(words)))
    return PlacedPage(1, tuple(placed), width=300.0)


def test_a_line_on_which_the_next_word_had_room_ends_its_sentence():
    apart = printed_lines(
        "Deliveries in July 2024 were 4,718 vehicles", "Headcount was 731 at 30 June 2024, of whom many are engineers"
    )
    assert [str(one.period) for one in read_document([apart]).found] == ["2024-07", "2024-06-30"]
    running = printed_lines("In July 2024 the company, which is based in Austin,", "Texas, delivered 4,718 vehicles")
    assert [one.fact for one in read_document([running]).found] == ["deliveries"]


@pytest.mark.parametrize(
    ("beside", "unit"),
    [("", "units"), ("We build industrial robots.", "units"), ("Our cars are made in Austin.", "vehicles"),
     ("公司主营新能源汽车。", "vehicles"), ("公司主营工业机器人。", "units")],
)  # fmt: skip
def test_what_is_delivered_is_vehicles_only_where_the_document_speaks_of_vehicles(beside, unit):
    for text in ("In 2025 we delivered 7,004 robots.", "In 2025 the company delivered 7,004 units."):
        (found,) = said(text, beside).found
        assert (found.fact, found.value, found.unit) == ("deliveries", 7004.0, unit)


def test_a_figure_is_proposed_or_not_read_but_never_both(tmp_path):
    html = """<p>Annual report 2025. Date: April 10, 2026</p><p>(in RMB millions)</p><table>
    <tr><td></td><td colspan="2">Year ended December 31,</td></tr><tr><td></td><td>2024</td><td>2025</td></tr>
    <tr><td>Total revenues</td><td>412.3</td><td>655.1</td></tr>
    <tr><td>Net loss</td><td>(81.0)</td><td>(96.3)</td></tr></table>"""
    (tmp_path / "report.html").write_text(f"<html><body>{html}</body></html>")
    reading = read(tmp_path / "report.html")
    assert {one.figure for one in reading.found} == {"412.3", "655.1", "(81.0)", "(96.3)"}
    assert not reading.unread
    assert reading.known_on.day == date(2026, 4, 10)
