"""A pack of your own: read with the words of the shipped ones, or refused with place, cause and fix."""

import pytest
from tests.deal.compliance.deals import document, sheet

from guanzi.base.core import InvalidInput, render
from guanzi.deal.compliance.judging import Deal, State, judge
from guanzi.deal.compliance.reading import read_packs
from guanzi.deal.compliance.shipped import packs_with, shipped_packs

OWN = """\
pack: riverton
title: {en: Riverton, zh: 河城}
made_on: 2026-11-24
countries: [CN]
questions:
  mayor_asked: {type: truth, ask: {en: Was the mayor asked?, zh: 是否报市长审阅？}}
sources:
  ordinance:
    publisher: {en: Council of Riverton, zh: 河城市人大}
    title: {en: Ordinance on support, zh: 产业支持条例}
    date: 2024-05-01
    read: text
rules:
  - id: RV-1
    title: {en: The mayor is asked, zh: 报市长审阅}
    kind: procedure
    severity: error
    in_force: {since: 2024-06-01}
    source: ordinance
    article: "3"
    applies: {instruments: [grant], when: legal_basis}
    violated: not mayor_asked
    text: {en: Grants go to the mayor first., zh: 补助须先报市长。}
    mend: {en: Ask the mayor., zh: 报市长审阅。}
    examples: {violated: {has_grant: true, legal_basis: true, mayor_asked: false}, clean: {mayor_asked: true}}
"""
GRANT = "  money: {type: grant, from: city, amount: 40, start: 2030-06-30}\n"


def own(old="", new=""):
    assert not old or OWN.count(old) == 1, f"{old!r} stands {OWN.count(old)} times"
    return read_packs([document(OWN.replace(old, new) if old else OWN)], shipped_packs())


def test_a_pack_and_a_rule_are_added_without_code(tmp_path):
    (tmp_path / "riverton.yaml").write_text(OWN, "utf-8")
    packs = packs_with(tmp_path)
    assert [pack.id for pack in packs.packs][-1] == "riverton"
    deal = Deal("CN", answers={"legal_basis": True, "mayor_asked": False})
    broken = judge(sheet("", GRANT), packs, deal).of(State.VIOLATED)
    assert "RV-1" in [verdict.rule.id for verdict in broken]


WRONG = [
    # what is changed, into what, field of the place, words of the sentence
    ("violated: not mayor_asked", "violated: not mayor_asked_too", "rules.0.violated", "mayor_asked_too"),
    ("violated: not mayor_asked", "violated: not listed", "rules.0.violated", "listed"),
    ("violated: not mayor_asked", "violated: public_total", "rules.0.violated", "number"),
    ("violated: not mayor_asked", "violated: tier('plant')", "rules.0.violated", "tier"),
    ("when: legal_basis", "when: public_total > 20%", "rules.0.applies.when", "20%"),
    ("source: ordinance", "source: ordinanse", "rules.0.source", "ordinanse"),
    ("instruments: [grant]", "instruments: [grand]", "rules.0.applies.instruments.0", "grand"),
    ("since: 2024-06-01", "since: soon", "rules.0.in_force.since", "soon"),
    ("since: 2024-06-01", "since: 2024-06-01, until: 2024-01-01", "rules.0.in_force.until", "before"),
    ("since: 2024-06-01", "since: always", "rules.0.in_force.since", "law"),
    ("kind: procedure", "kind: watch", "rules.0.violated", "only for monitoring"),
    ("    violated: not mayor_asked\n", "", "rules.0.kind", "does not state when"),
    ("id: RV-1", "id: CN-FCR-10-1", "rules.0.id", "CN-FCR-10-1"),
    ("id: RV-1", "id: rv-1", "rules.0.id", "rv-1"),
    ("  mayor_asked: {", "  has_grant: {", "questions.has_grant", "measured"),
    ("mayor_asked: {type: truth, ask", "mayor_asked: {type: truth, unit: ratio, ask", "questions.mayor_asked", "unit"),
    ("date: 2024-05-01", "date: May", "sources.ordinance.date", "May"),
    ("mayor_asked: false}", "mayor_asked: true}", "rules.0.examples.violated", "break"),
    ("clean: {mayor_asked: true}", "clean: {mayor_asked: false}", "rules.0.examples.clean", "does not comply"),
    ("clean: {mayor_asked: true}", "clean: {mayer: true}", "rules.0.examples.clean.mayer", "mayer"),
    ("clean: {mayor_asked: true}", "clean: {mayor_asked: 1}", "rules.0.examples.clean.mayor_asked", "mayor_asked"),
    ("severity: error", "severity: terrible", "rules.0.severity", "terrible"),
    ("zh: 补助须先报市长。", "zh: ''", "rules.0.text.zh", ""),
    ("text: {en: Grants go to the mayor first., zh: 补助须先报市长。}", "text: null", "rules.0.text", ""),
    ('article: "3"', 'article: "3"\n    currency: JPY', "rules.0.currency", "rate_jpy"),
    ('article: "3"', 'article: "3"\n    penalty: prison', "rules.0.penalty", "penalty"),
]


@pytest.mark.parametrize(("old", "new", "field", "word"), WRONG, ids=[f"{w[2]}: {w[3]}" for w in WRONG])
def test_what_is_wrong_with_a_pack_is_said_with_its_place(old, new, field, word):
    with pytest.raises(InvalidInput) as refused:
        own(old, new)
    fields = {problem.place.field: problem for problem in refused.value.problems}
    assert field in fields, sorted(fields)
    problem = fields[field]
    assert problem.place.line > 0
    said = " ".join(render(p.cause) + (render(p.fix) if p.fix else "") for p in refused.value.problems)
    assert word in said
    for lang in ("en", "zh"):
        assert all(render(p.cause, lang) for p in refused.value.problems)


def test_a_rule_that_can_be_broken_needs_examples():
    start = OWN.index("    examples:")
    with pytest.raises(InvalidInput) as refused:
        read_packs([document(OWN[:start])], shipped_packs())
    assert [p.cause.id for p in refused.value.problems] == ["compliance.problem.no_examples"]


def test_everything_is_said_at_once():
    with pytest.raises(InvalidInput) as refused:
        read_packs(
            [document(OWN.replace("since: 2024-06-01", "since: soon").replace("kind: procedure", "kind: watch"))]
        )
    assert len(refused.value.problems) >= 2


def test_a_source_that_nobody_cites_is_reported():
    extra = "  idle: {publisher: {en: A, zh: 甲}, title: {en: B, zh: 乙}, read: text}\nrules:\n"
    with pytest.raises(InvalidInput) as refused:
        own("rules:\n", extra)
    assert [p.cause.id for p in refused.value.problems] == ["compliance.problem.idle_source"]


def test_there_must_be_something_to_read(tmp_path):
    with pytest.raises(InvalidInput) as refused:
        packs_with(tmp_path)
    assert [p.cause.id for p in refused.value.problems] == ["compliance.problem.nothing"]


def test_two_packs_of_one_id_are_refused():
    with pytest.raises(InvalidInput) as refused:
        read_packs([document(OWN), document(OWN.replace("RV-1", "RV-2"))], shipped_packs())
    assert [p.cause.id for p in refused.value.problems] == ["compliance.problem.twice"]


def test_a_pack_of_ones_own_takes_the_place_of_a_shipped_one(tmp_path, repository):
    shipped = (repository / "src" / "guanzi" / "library" / "rules" / "uk.yaml").read_text("utf-8")
    (tmp_path / "uk.yaml").write_text(shipped.replace("severity: warning", "severity: error"), "utf-8")
    packs = packs_with(tmp_path)
    assert [pack.id for pack in packs.packs].count("uk") == 1
    found = packs.rule("UK-SCA-2022")
    assert found is not None
    assert found[1].severity == "error"
