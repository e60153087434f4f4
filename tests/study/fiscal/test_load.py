from datetime import date
from importlib.resources import files

import pytest

from guanzi.base.core import InvalidInput, catalogue, render
from guanzi.study.fiscal import (
    countries,
    load_displacement,
    load_effects,
    load_tax_sharing,
    parse_displacement,
    parse_effects,
    parse_tax_sharing,
)

CN = files("guanzi.library").joinpath("fiscal", "cn.yaml").read_text("utf-8")
EFFECTS = files("guanzi.library").joinpath("fiscal", "effects.yaml").read_text("utf-8")
DISPLACEMENT = files("guanzi.library").joinpath("fiscal", "displacement.yaml").read_text("utf-8")


def refused(parse, text):
    with pytest.raises(InvalidInput) as caught:
        parse(text, "x.yaml")
    return [(p.place.line, p.place.field, render(p.cause)) for p in caught.value.problems]


def line_of(text, part):
    return next(i for i, line in enumerate(text.splitlines(), start=1) if part in line)


def test_what_is_shipped_can_be_read_and_is_named():
    assert "CN" in countries()
    assert not {"DISPLACEMENT", "EFFECTS"} & set(countries())
    for country in countries():
        sharing = load_tax_sharing(country.lower())
        assert sharing.country == country
        names = catalogue("fiscal")
        assert all(tax.name in names and (tax.exceptions or tax.name) in names for tax in sharing.taxes)


def test_no_document_is_held_before_it_was_written():
    sharing = load_tax_sharing("CN")
    for tax in sharing.taxes:
        for rule in tax.rules:
            assert rule.known_on >= sharing.source(rule.source).date
    data = load_displacement()
    written = {source.id: source.date for source in data.sources}
    assert all(prior.known_on >= written[id] for prior in data.priors for id in prior.sources)


def test_a_hash_follows_the_content():
    changed = parse_tax_sharing(CN.replace("national: 0.75", "national: 0.74"), "x.yaml")
    assert changed.sha256 != load_tax_sharing("CN").sha256
    assert load_displacement().sha256 == parse_displacement(DISPLACEMENT, "x.yaml").sha256


def test_a_country_without_data_is_refused_with_those_that_have():
    with pytest.raises(InvalidInput) as caught:
        load_tax_sharing("AT")
    fix = caught.value.problems[0].fix
    assert fix is not None
    assert "CN" in render(fix)
    assert "AT" in render(caught.value.problems[0].cause)


def test_all_problems_of_a_file_are_told_at_once_with_their_lines():
    text = CN.replace("national: 0.75", "national: 75").replace("since: 2016-05-01", "since: soon")
    text = text.replace("grade: D", "grade: E")
    found = refused(parse_tax_sharing, text)
    assert [line for line, _, _ in found] == sorted(
        line_of(text, p) for p in ("national: 75", "since: soon", "grade: E")
    )
    assert all("the format is wrong" in cause for _, _, cause in found)


def test_what_contradicts_itself_is_refused_where_it_stands():
    text = CN.replace("{since: 2016-05-01, known_on: 2016-04-29", "{since: 1993-05-01, known_on: 2016-04-29")
    text = text.replace("source: guo-fa-2019-21}", "source: hearsay}").replace("province: 0.12", "province: 0.5", 1)
    text = text.replace("tax: personal_income_tax", "tax: window_tax").replace("id: deed_tax", "id: house_property_tax")
    found = refused(parse_tax_sharing, text)
    causes = {cause: line for line, _, cause in found}
    assert causes == {
        "the file has no source hearsay": line_of(text, "source: hearsay"),
        "rules for value_added_tax are not in chronological order": line_of(text, "since: 1993-05-01"),
        "the province cannot keep 50 % of a tax if only 40 % stays local": line_of(text, "province: 0.5"),
        "the national share of window_tax is not known on the first day of this rule": line_of(text, "tax: window_tax"),
        "house_property_tax occurs twice": [
            i for i, line in enumerate(text.splitlines(), 1) if "id: house_property_tax" in line
        ][1],
    }


def test_displacement_that_contradicts_itself_is_refused():
    text = DISPLACEMENT.replace("mode: 1.0", "mode: 0.2").replace("[criscuolo-2012, einio", "[hearsay, einio", 1)
    causes = [cause for _, _, cause in refused(parse_displacement, text)]
    assert causes == ["the file has no source hearsay", "low, mode and high must ascend"]
    twice = DISPLACEMENT.replace("id: einio-overman-2016", "id: criscuolo-2012")
    assert "criscuolo-2012 occurs twice" in [cause for _, _, cause in refused(parse_displacement, twice)]


def test_a_rule_is_the_latest_that_has_begun():
    sharing = load_tax_sharing("CN")
    rule = sharing.rule("corporate_income_tax", date(2003, 7, 1), date(2003, 7, 1))
    assert (rule.since, rule.national) == (date(2003, 1, 1), 0.60)
    assert rule.local == pytest.approx(0.40)
    assert sharing.rule("corporate_income_tax", date(2002, 12, 31), date(2026, 1, 1)).national == 0.50


def test_wages_and_multipliers_are_those_that_were_held_on_the_day():
    data = load_effects()
    assert data.wage("CN", date(2020, 4, 29)).year == 2018
    assert data.wage("CN", date(2020, 5, 15)).year == 2019
    assert data.wage("FR", date(2020, 4, 29)) is None
    assert data.multiplier("CN", date(2015, 1, 1)).mode == 1.0
    assert data.multiplier("CN", date(2016, 1, 1)).mode == 0.34
    assert data.multiplier("US", date(2016, 1, 1)).mode == 1.0
    assert data.multiplier("US", date(2009, 8, 31)) is None


def test_a_wage_is_not_held_before_its_document_and_every_reason_has_words():
    data, names = load_effects(), catalogue("fiscal")
    for wage in data.wages:
        written = data.source(wage.source).date
        assert written is None or wage.known_on >= written
        assert wage.known_on.year >= wage.year
    for spread in (*data.multipliers, *data.judgements):
        assert spread.because in names


def test_judgements_on_tax_hold_for_the_country_they_were_made_for():
    data = load_effects()
    assert data.judgement("vat_load", "CN") is not None
    assert data.judgement("vat_load", "US") is None
    assert data.judgement("wage_to_average", "US") is not None


def test_all_that_is_wrong_with_effects_is_told_at_once():
    text = EFFECTS.replace(
        "value: 18405, known_on: 2006-03-27, source: nbs-2006-03", "value: 18405, known_on: 2006-03-27, source: nowhere"
    )
    text = text.replace("low: 0.2, mode: 0.5, high: 0.8", "low: 0.2, mode: 0.9, high: 0.8")
    assert [line for line, *_ in refused(parse_effects, text)] == [
        line_of(text, "source: nowhere"),
        line_of(text, "mode: 0.9"),
    ]
