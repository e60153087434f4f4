"""A few cases are read whole: all papers, screens, workbooks and pages, and what is asked for beside an appraisal."""

from collections import Counter

import pytest
from tests.truth.beside import add_beside, add_searched
from tests.truth.denials import catalogues, register
from tests.truth.generation import library
from tests.truth.known import is_known
from tests.truth.lies import SHOWN, draw_shown, noticed
from tests.truth.officed import add_office, misshown
from tests.truth.properties import faults_of, foreign
from tests.truth.reading import BESIDE, PATHS, read
from tests.truth.rendered import FORMS, draw_all

from guanzi.base.core import LANGUAGES, catalogue

FUND = ("boe-hefei-2008", "cxmt-hefei-2017")
"""Two deals that a fund holds beside that of NIO."""


def shown(faults):
    """New kinds of fault with their number and an example."""
    new = [fault for fault in faults if not is_known(fault.property, fault.id)]
    kinds = Counter((fault.property, fault.id) for fault in new)
    examples = {(fault.property, fault.id): str(fault) for fault in reversed(new)}
    return "\n".join(f"{n} × {examples[kind]}" for kind, n in kinds.most_common())


def opened(label, folder, **how):
    """A case of the library, read in a folder."""
    return read(next(one for one in library() if one.label == label), folder, **how)


@pytest.fixture(scope="module")
def nio(tmp_path_factory):
    """A case with a monitor of forecasts, a test of every payment, and a fund of three deals."""
    return opened("nio-hefei-2020", tmp_path_factory.mktemp("nio"), followed=PATHS, released=None, funded=FUND)


@pytest.fixture(scope="module")
def refinery(tmp_path_factory):
    """A case that the library lacks, with all that is asked for beside its appraisal, drawn in every form."""
    folder = tmp_path_factory.mktemp("refinery")
    data = next(one for one in foreign() if one.header["case"].startswith("lithium"))
    reading = read(data, folder, followed=PATHS, released=None)
    add_beside(reading, folder)
    draw_all(reading)
    return reading


@pytest.mark.prove
def test_every_payment_and_a_fund_of_three_deals_are_held_to_the_facts(nio):
    assert len([name for name in nio.documents if name.startswith("release:")]) > 1
    assert len(nio.published["fund"]["deals"]) == 1 + len(FUND)
    assert shown(faults_of(nio)) == ""


def test_what_is_asked_for_beside_an_appraisal_is_held_to_the_facts(refinery):
    assert {"comparison", "sensitivity", "window", "gaps"} <= refinery.documents.keys() & set(BESIDE)
    assert shown(faults_of(refinery)) == ""


def test_every_form_is_drawn_in_both_languages(refinery):
    drawn = {(key.partition(":")[0], key.rpartition(":")[2]) for key in refinery.shown}
    assert drawn == {(form, lang) for form in FORMS for lang in LANGUAGES}


@pytest.mark.prove
def test_lies_in_what_is_drawn_are_noticed(refinery):
    lies = [lie for seed in range(6 * len(SHOWN)) if (lie := draw_shown(refinery, seed)) is not None]
    assert {lie.kind.partition(",")[0] for lie, _ in lies} == set(SHOWN)
    assert [lie for lie, lied in lies if noticed(refinery, lied) is None] == []


def test_a_better_deal_and_two_deals_together_are_held_to_the_facts(tmp_path):
    reading, folder = opened("boe-hefei-2008", tmp_path, whole=False), tmp_path
    add_searched(reading, folder)
    assert {"structure", "walkaway", "portfolio"} <= reading.documents.keys(), reading.refused
    draw_all(reading, ("terminal",))
    assert shown(faults_of(reading)) == ""


@pytest.mark.prove
@pytest.mark.django_db
def test_pages_of_the_office_say_what_the_data_say(tmp_path, settings):
    settings.DATA, settings.PASSWORD_HASHERS = tmp_path, ["django.contrib.auth.hashers.MD5PasswordHasher"]
    reading = opened("nio-hefei-2020", tmp_path / "case", whole=False)
    add_office(reading, tmp_path / "case")
    assert shown(misshown(reading)) == ""


def test_the_register_of_denials_holds_nothing_that_is_not_said():
    said = {id for domain in catalogues() for id in catalogue(domain)}
    assert {id for id in register() if "*" not in id} <= said
