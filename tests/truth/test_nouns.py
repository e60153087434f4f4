"""A sentence that names a product, money, place or company by a fixed word stands on a short list, with its use."""

import re
from fnmatch import fnmatchcase

import pytest
from tests.truth.denials import catalogues
from tests.truth.generation import CaseData
from tests.truth.nouns import raw_ids, taken
from tests.truth.reading import read

from guanzi.base.core import Bilingual, Message, catalogue, made_of, render
from guanzi.jobs.evidence import cases
from guanzi.jobs.shared.documents.words import member_words
from guanzi.jobs.shared.run import Run
from guanzi.jobs.structuring import portfolio
from guanzi.record.evidence import UNITS_BY_NAME, UNITS_MADE, asked_of, find_case, load_case, product_unit
from guanzi.study.diligence import checks

FIXED = {
    "en": re.compile(
        r"\b(?:vehicles?|cars?|trucks?|aircraft|wafers?|fabs?|substrates?|chips?|(?:display|solar|large) panels?"
        r"|batter(?:y|ies)|yuan|renminbi|dollars?|euros?|pounds?|yen|NIO|Tesla|Hefei|Wisconsin|China)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"辆|汽车|单车|造车|乘用车|航空器|晶圆|面板厂|芯片|显示面板|电池|人民币|元(?![素件])(?=[，。；、）/\s]|$)"
        r"|蔚来|特斯拉|合肥|威斯康星|中国"
    ),
}
USED: dict[str, str] = {
    "playbooks.hefei.*": "place: the practice of Hefei, in its playbook",
    "playbooks.because.gate": "place: the playbook from which a gate is taken over",
    "cli.help.*": "form: an example",
    "reading.format.missing_field.unit": "form: an example",
    "*.mend": "form: an example of what may be typed",
    "office.studies.*": "product and place: the name of a chain or a city of the library",
    "reports.subject.vehicles": "product: what facts of a city are about",
    "reading.reason.no_scale": "money: the scale that a page of a document leaves out",
    "conflicts.shell.equity": "money: a declared size, in dollars",
    "core.currency.*": "money: the name of a currency",
    "core.made.*": "product: so many of it",
    "*.unit.*": "product and money: the name of a unit",
    "reports.axis.*": "product and money: the name of a unit",
    "evidence.meaning.*": "form: the list of names of facts, which says of each what it is for",
    "evidence.name.*_cny": "money: a rate between two currencies",
    "evidence.name.nev_output": "place: cities of the library",
    "evidence.fact.whole*": "vehicles: of a fact in that unit",
    "evidence.where.grammar": "form: an example",
    "terms.observable.units.*": "product: sheets that know what is delivered",
    "appraisal.outside.industry.*": "industry: the name of one",
    "appraisal.no_rate": "money: judgements are in yuan",
    "appraisal.implausible.unit_revenue.*": "money: sources count in dollars",
    "appraisal.origin.class_volatility*": "money: sources count in dollars",
    "structuring.tier.fab": "model: fabs",
    "reports.backtest.contract.rules": "method",
    "appraisal.origin.season": "vehicles: sold in China",
    "fiscal.multiplier.because.china": "place: China",
    "*.tesla": "company: of a fact on it",
    "diligence.distress.limit.polish-firms": "method",
    "monitoring.calendar.report.assumed": "place: the rule from which the days are taken",
    "diligence.competition.market.*": "vehicles: of a fact on their market",
    "diligence.unitcost.*": "vehicles, stations and fabs: the name of a cost model and its inputs",
    "appraisal.figure.unit_cost.vehicle.*": "vehicles: of their cost model",
    "appraisal.figure.known.vehicle_margin*": "vehicles: of their maker alone",
    "reports.trend.vehicle_margin": "vehicles: of a fact on them",
}
"""Id of a message, with a star for any end: what the word is of, and when it is said."""
OF_VEHICLES = re.compile(r"vehicle|nev_|car_sales|automotive|local_weekly|swap|pack_")


def fixed():
    """Ids of the sentences with a fixed word, with the words."""
    for domain in catalogues():
        other = catalogue(domain, "zh")
        for id, text in catalogue(domain).items():
            words = (*FIXED["en"].findall(text), *FIXED["zh"].findall(other.get(id, "")))
            if words:
                yield id, words


def listed(id):
    name = id.removeprefix("evidence.name.")
    if name != id and OF_VEHICLES.search(name):
        return True
    return any(fnmatchcase(id, pattern) for pattern in USED)


def test_a_fixed_word_says_whence_it_is_taken_or_stands_on_the_list():
    loose = {
        id: words for id, words in fixed() if not listed(id) and not (".judgement" in id and taken(Message.of(id)))
    }
    assert not loose


def test_the_list_holds_nothing_that_is_not_said():
    ids = [id for id, _ in fixed()]
    assert [pattern for pattern in USED if not any(fnmatchcase(id, pattern) for id in ids)] == []


def test_a_sentence_of_another_industry_needs_both_languages():
    assert taken(Message.of("appraisal.parameter.price_drift.judgement"))
    assert not taken(Message.of("appraisal.parameter.cumulative_units.judgement"))


@pytest.mark.parametrize(
    ("product", "words"), [("vehicles", "3 vehicles"), ("aircraft", "3 aircraft"), ("", "3 units")]
)
def test_what_is_counted_has_the_name_of_the_product(product, words):
    message = made_of(Message.of("appraisal.parameter.capacity_local.trend", units=3.0), product)
    assert render(message) == f"Fact: {words} a year."
    untouched = Message.of("appraisal.parameter.cumulative_units.judgement")
    assert made_of(untouched, "aircraft") == untouched


@pytest.mark.parametrize("name", ["nio-hefei-2020", "lilium-bavaria-2024", "cxmt-hefei-2017"])
def test_facts_on_vehicles_are_asked_of_their_makers_alone(name):
    case = load_case(find_case(name))
    view = case.view(case.decision_date)
    held = {fact.name for fact in view.facts}
    of_vehicles = {need.name for check in checks() for need in check.needs if OF_VEHICLES.search(need.name)}
    assert of_vehicles
    for need in of_vehicles:
        assert asked_of(view, need) == (product_unit(view) == "vehicles" or need in held)


def test_every_product_can_be_stated_of_deliveries_and_capacity():
    counts = UNITS_BY_NAME["deliveries"]
    assert {f"core.made.{unit}" for unit in counts} <= set(catalogue("core"))
    assert UNITS_BY_NAME["local_plant_capacity"] == tuple(f"{unit}/year" for unit in UNITS_MADE)


COMPANY, REGION, INDUSTRY = "co-of-7", "isle-of-9", "tin-refining-3"


def unlisted(**more):
    """A case with ids of its own, of an industry that the catalogue does not have."""
    data = CaseData.read(find_case("samsung-taylor-2021"))
    header = data.header | {"industry": INDUSTRY} | more
    header["company"] = header["company"] | {"id": COMPANY}
    header["region"] = header["region"] | {"id": REGION}
    return data.step("ids of its own", header=header)


def test_ids_of_company_region_and_industry_stand_on_no_paper(tmp_path):
    named = unlisted(industry_name={"en": "refining of tin", "zh": "炼锡"})
    found = read(named, tmp_path / "case", paths=16)
    assert list(raw_ids(found)) == []
    held = portfolio.hold_together(portfolio.Request((str(tmp_path / "case"),), run=Run(paths=16, threads=1)))
    told = repr(portfolio.document_of(held))
    assert member_words([found.view], "industry", INDUSTRY).localised("zh") == "炼锡"
    assert not [id for id in (COMPANY, REGION, INDUSTRY) if f"'{id}'" in told]


def test_an_industry_that_nobody_names_is_told_when_the_case_is_looked_at(tmp_path):
    def causes(folder):
        return {p.cause.id for p in cases.check_case(str(folder)).problems}

    unnamed = unlisted().write(tmp_path / "unnamed")
    half = unlisted(industry_name="refining of tin").write(tmp_path / "half")
    named = unlisted(industry_name={"en": "refining of tin", "zh": "炼锡"}).write(tmp_path / "named")
    told = ["evidence.industry.unnamed" in causes(folder) for folder in (unnamed, half, named)]
    assert told == [True, True, False]


def test_an_industry_without_a_name_is_spelt_out(tmp_path):
    view = load_case(unlisted().write(tmp_path / "case")).view(load_case(tmp_path / "case").decision_date)
    assert member_words([view], "industry", INDUSTRY) == Bilingual("tin refining 3")
    listed = load_case(find_case("byd-hefei-2021"))
    words = member_words([listed.view(listed.decision_date)], "industry", listed.industry)
    assert isinstance(words, Message)
    assert render(words, "zh") == "纯电动汽车"


def test_a_page_quotes_no_more_in_chinese_than_in_english():
    """Quotes of code, which a page shows as marks, stood in the Chinese words alone; the product had two names."""
    chinese = catalogue("reports", "zh")
    said = {id for id, text in catalogue("reports").items() if "`" in text}
    assert {id for id, text in chinese.items() if "`" in text} == said
    assert not [id for id, text in chinese.items() if "管子" in text]
