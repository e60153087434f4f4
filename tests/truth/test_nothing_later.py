"""What came after the day that is asked about changes no byte of what is answered, in whatever is read."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

import pytest
from tests.truth import planted

from guanzi.base.core import dump_json
from guanzi.deal.compliance import shipped_packs
from guanzi.intake.chains import load_chain
from guanzi.jobs.appraisal import appraisal, changes, comparison
from guanzi.jobs.appraisal.documents.brief import brief_document
from guanzi.jobs.appraisal.documents.dossier import appraisal_document
from guanzi.jobs.chains import gaps, links, openness, sides, targets
from guanzi.jobs.decisions.documents.paper import memorandum, minutes
from guanzi.jobs.distress import scores
from guanzi.jobs.distress.declared import CompanyRequest
from guanzi.jobs.following import fund, monitoring, release
from guanzi.jobs.playbooks import replicability
from guanzi.jobs.rules import judgement
from guanzi.jobs.shared.run import Run
from guanzi.jobs.terms import explanation, linting
from guanzi.jobs.tracks import trackwindow
from guanzi.record.evidence import builtin_precedents, find_case, load_case, load_city, load_track, priors
from guanzi.render import document_screen

CASE, DAY = "nio-hefei-2020", date(2020, 4, 29)
WATCHED, CHAIN, PLACE, ANCHOR = date(2020, 10, 15), "nev", "hefei", "nio"
FEW = Run(paths=64, threads=1)
KINDS = ("fact", "rate", "sheet", "precedent", "prior", "chain", "track", "city", "rule")
"""What is planted: facts, rates of exchange and a term sheet of the case; and what the library ships."""
OF_CASE = ("fact", "rate", "sheet")
NOT_OF_CITIES = "a case holds the facts of its region itself"
NOT_OF_TRACKS = "tracks are read beside a panel of industries only"
NOT_OF_LAW = "law is judged by rules judge and lint"
NOT_OF_METHOD = "what is said of the deal rests on the sheet, the law and the facts"
OF_CHAIN = "of a chain nothing but its statements is read"
OF_SHELF = "one file of the library is read"


def document(found):
    return document_screen(found, "en")


def appraised(case):
    found = appraisal.appraise(appraisal.Request(case, DAY, run=FEW))
    papers = (appraisal_document, brief_document, memorandum, minutes)
    return appraisal.data(found), *(document(paper(found.appraisal)) for paper in papers)


def appraised_before_the_sheet(case):
    found = appraisal.appraise(appraisal.Request(case, date(2020, 2, 20), run=FEW))
    return appraisal.data(found), document(appraisal_document(found.appraisal))


def watched(case):
    found = monitoring.monitor(monitoring.Request(case, WATCHED, paths=FEW.paths))
    return monitoring.data(found), document(monitoring.document_of(found))


def released(case):
    found = release.release(release.Request(case, "i3", WATCHED, run=FEW))
    return release.data(found), document(release.document_of(found))


def held(case):
    found = fund.hold(fund.Request((case,), WATCHED, run=FEW))
    return fund.data(found), document(fund.document_of(found))


def linted(case):
    found = linting.lint_deals(linting.Request((case,), DAY))
    return linting.data(found, "en"), *(document(linting.document_of(one)) for one in found)


def explained(case):
    return (explanation.data(explanation.explain_deal(explanation.Request(case, DAY)), "en"),)


def judged(case):
    return (judgement.data(judgement.judge_deal(judgement.Request(case, DAY)), "en"),)


def compared(case):
    found = comparison.compare_methods(comparison.Request(case, ("hefei", "shanghai"), DAY, FEW))
    return comparison.data(found), document(comparison.document_of(found))


def replicated(case):
    found = replicability.judge_city(replicability.Request("hefei", "hefei", case, DAY))
    earlier = replicability.judge_city(replicability.Request("hefei", "hefei", case, date(2020, 3, 1)))
    return ([replicability.data(found), replicability.data(earlier)],)


def scored(case):
    return (scores.case_data(scores.score_case(CompanyRequest(case, DAY))),)


def changed(case):
    found = changes.find_changes(changes.Request(case, "2020-03-20", DAY, paths=64, run=FEW))
    return changes.data(found), document(changes.document_of(found))


def window(_):
    found = trackwindow.judge(trackwindow.Request("nev", DAY))
    return trackwindow.data(found), document(trackwindow.document_of(found))


def linked(_):
    asked = links.Request(CHAIN, PLACE, ANCHOR, DAY)
    found = links.grade(asked)
    return links.data(found), document(links.document_of(found)), document(links.whole_of(asked, found))


def set_side_by_side(_):
    found = sides.compare(sides.Request(CHAIN, PLACE, "wuhu", date(2019, 12, 31), DAY))
    return sides.data(found), document(sides.document_of(found))


def lacking(_):
    found = gaps.find(gaps.Request(CHAIN, PLACE, ANCHOR, as_of=DAY))
    return gaps.data(found), document(gaps.document_of(found))


def invited(_):
    found = targets.rank(targets.Request(CHAIN, PLACE, ANCHOR, as_of=DAY))
    return targets.data(found), document(targets.document_of(found))


def opened(_):
    found = openness.judge(openness.Request(CHAIN, PLACE, ANCHOR, DAY))
    return openness.data(found), document(openness.document_of(found))


@dataclass(frozen=True)
class UseCase:
    """What is done as of a day, which kinds of later things it could read, and why it reads none of the others."""

    of: Callable[..., tuple[Any, ...]]
    reads: tuple[str, ...]
    others: dict[str, str]


def on_case(of, *library, **others):
    return UseCase(of, (*OF_CASE, *library), others)


NO_PLACES = {"track": NOT_OF_TRACKS, "city": NOT_OF_CITIES}
APPRAISED = ("precedent", "prior", "chain")
ALONE = {"precedent": NOT_OF_METHOD, "prior": NOT_OF_METHOD, "chain": NOT_OF_METHOD, **NO_PLACES}
USE_CASES = {
    "appraise, brief, papers": on_case(appraised, *APPRAISED, rule=NOT_OF_LAW, **NO_PLACES),
    "appraise before signing": on_case(appraised_before_the_sheet, *APPRAISED, rule=NOT_OF_LAW, **NO_PLACES),
    "monitor": on_case(watched, *APPRAISED, rule=NOT_OF_LAW, **NO_PLACES),
    "release": on_case(released, *APPRAISED, rule=NOT_OF_LAW, **NO_PLACES),
    "fund": on_case(held, *APPRAISED, rule=NOT_OF_LAW, **NO_PLACES),
    "changes": on_case(changed, *APPRAISED, rule=NOT_OF_LAW, **NO_PLACES),
    "playbook compare": on_case(compared, *APPRAISED, rule=NOT_OF_LAW, **NO_PLACES),
    "lint": on_case(linted, "rule", **ALONE),
    "explain": on_case(explained, rule=NOT_OF_LAW, **ALONE),
    "rules judge": on_case(judged, "rule", **ALONE),
    "playbook city-fit": on_case(replicated, *APPRAISED, "city", track=NOT_OF_TRACKS, rule=NOT_OF_LAW),
    "distress case": on_case(scored, rule=NOT_OF_LAW, **ALONE),
    "track window": UseCase(window, ("track",), dict.fromkeys({*KINDS} - {"track"}, OF_SHELF)),
    "chain show": UseCase(linked, ("chain",), dict.fromkeys({*KINDS} - {"chain"}, OF_CHAIN)),
    "chain compare": UseCase(set_side_by_side, ("chain",), dict.fromkeys({*KINDS} - {"chain"}, OF_CHAIN)),
    "chain gaps": UseCase(lacking, ("chain",), dict.fromkeys({*KINDS} - {"chain"}, OF_CHAIN)),
    "chain targets": UseCase(invited, ("chain",), dict.fromkeys({*KINDS} - {"chain"}, OF_CHAIN)),
    "chain openness": UseCase(opened, ("chain",), dict.fromkeys({*KINDS} - {"chain"}, OF_CHAIN)),
}
WITHOUT_DAY = {
    "screen": "a list says its own day, and no day is asked",
    "ranking": "one file is ranked, and no day is asked",
    "case review": "it asks about the day of the decision, as an appraisal of that day does",
    "scan region": "tests/truth/test_scan_of_a_day.py",
}
COUNTED = re.compile(r'"(?:method_sha256|later)": [^,}]*|[\d,]+(?= (?:statements? )?became\s+known (?:only )?later)')
"""Declared: the hash of the method, of which base rates are part, and how many statements of a chain came later."""


def told(answer):
    data, *documents = answer
    return tuple(COUNTED.sub("", part) for part in (dump_json(data), *documents))


def differing(before, after):
    """The first lines that differ."""
    rows = zip_longest(before.replace(",", ",\n").splitlines(), after.replace(",", ",\n").splitlines())
    return [pair for pair in rows if pair[0] != pair[1]][:6]


@pytest.mark.parametrize("name", USE_CASES)
def test_each_kind_is_read_or_says_why_not(name):
    case = USE_CASES[name]
    assert {*case.reads} | {*case.others} == {*KINDS}
    assert not {*case.reads} & {*case.others}


@pytest.fixture(scope="module")
def later_case(tmp_path_factory):
    return str(planted.case_with_later(CASE, tmp_path_factory.mktemp("later")))


@pytest.fixture(scope="module")
def plain_case(tmp_path_factory):
    """Under the same name, so that no path of a file differs."""
    folder = tmp_path_factory.mktemp("plain") / CASE
    shutil.copytree(find_case(CASE), folder)
    return str(folder)


LONG = ("changes", "playbook compare")
"""Many appraisals each: only `make prove` waits for them."""
EACH = [pytest.param(name, marks=pytest.mark.prove if name in LONG else ()) for name in USE_CASES]


@pytest.mark.parametrize("name", EACH)
def test_what_came_later_changes_no_byte(name, plain_case, later_case, monkeypatch):
    answer = USE_CASES[name].of
    before = told(answer(plain_case))
    planted.plant_library(monkeypatch)
    after = tuple(part.replace(later_case, plain_case) for part in told(answer(later_case)))
    for one, other in zip(before, after, strict=True):
        assert not differing(one, other)


def test_what_is_planted_is_there_on_a_later_day(later_case, monkeypatch):
    """A plant that nothing could see would prove nothing."""
    case = load_case(find_case(later_case))
    then, now = case.view(WATCHED), case.view(planted.LATER)
    assert now.sheet.name != then.sheet.name
    assert {"own-later-rate-usd-cny"} <= {f.id for f in now.facts} - {f.id for f in then.facts}
    bets, rates, rules = len(builtin_precedents()), len(priors()), sum(len(p.form.rules) for p in shipped_packs().packs)
    planted.plant_library(monkeypatch)
    assert len(planted_precedents()) == 2 * bets
    assert len(priors()) == 2 * rates
    tracks, cities, chains = (vars(module) for module in (trackwindow, replicability, links))
    assert len(tracks["load_track"]("nev").facts) > len(load_track("nev").facts)
    assert len(cities["load_city"]("hefei").facts) > len(load_city("hefei").facts)
    assert len(chains["load_chain"](CHAIN).statements) == 2 * len(load_chain(CHAIN).statements)
    assert sum(len(p.form.rules) for p in planted_packs().packs) == 2 * rules


def planted_precedents():
    from guanzi.advice.appraisal import bet

    return vars(bet)["builtin_precedents"]()


def planted_packs():
    from guanzi.deal.compliance import shipped

    return shipped.shipped_packs()


def test_a_company_is_read_no_later_than_the_city():
    day = date(2020, 3, 1)
    assert replicability.judge_city(replicability.Request("hefei", "hefei", CASE, day)).case_day == day


def test_a_deal_that_is_watched_holds_no_later_fact():
    case = monitoring.watch(monitoring.Request(CASE, WATCHED)).case
    assert max(fact.known_on for fact in case.facts) <= WATCHED
    assert trackwindow.judge(trackwindow.Request("nev", DAY)).track == load_track("nev").known_by(DAY)
