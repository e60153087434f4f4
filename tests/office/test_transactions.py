"""Whoever holds the write transaction lets everybody else wait: what takes long is found before, and nothing twice."""

import base64
from collections import Counter

import pytest
from tests.office.small import (
    CASE,
    FILES,
    SHEET,
    act,
    approve,
    archive,
    corrected,
    decided,
    open_small,
    room_of,
    sign_small,
    verified,
)
from tests.office.test_watch import book

from guanzi.advice import following
from guanzi.base.core import InvalidInput
from guanzi.jobs.following import monitoring, release
from guanzi.office.actions import perform, watching
from guanzi.office.auditlog import prefetching, transactions
from guanzi.office.cases import contents, documentuploads, drafts, exchange
from guanzi.office.cases.termsheets import text_of
from guanzi.office.deciding import interests
from guanzi.office.models import Blob, CaseVersion, OfficeCase
from guanzi.study.monitoring import release as study_release

SLOW = (
    (contents, "load_case"),
    (contents, "open_index"),
    (documentuploads, "add_documents"),
    (exchange, "unpacked"),
    (drafts, "confined"),
    (watching, "confined"),
    (monitoring, "watch"),
    (monitoring, "look"),
    (release, "try_instalment"),
    (following, "fund"),
    (interests, "_alike"),
)
"""What reads files, tests deals or compares names."""
WHOLE = {**FILES, **room_of()}


@pytest.fixture
def within(monkeypatch):
    """How often each slow thing was done, and how often while the transaction was held."""
    done, held = Counter(), Counter()

    def watched(name, true):
        def told(*given, **named):
            done[name] += 1
            tries = prefetching._TRIES.get()
            held[name] += tries is not None and tries.held
            return true(*given, **named)

        return told

    for module, name in SLOW:
        if hasattr(module, name):
            monkeypatch.setattr(module, name, watched(name, getattr(module, name)))
    monkeypatch.setattr(prefetching, "_kept", type(prefetching._kept)())
    return done, held


def test_nothing_slow_is_done_while_the_turn_is_held(office, within, tmp_path):
    done, held = within
    case = open_small(office, WHOLE)
    act(office.lead, "evidence.upload", file=coded(b"One page."), filename="a.txt", known_on="2026-07-01")
    fact = {"name": "deliveries", "period": "2024", "value": "9000", "unit": "vehicles"}
    act(office.lead, "evidence.add_fact", known_on="2026-03-18", source="release", **fact)
    case.refresh_from_db()
    text = text_of(case.head.tree[SHEET])
    act(office.lead, "sheet.save", path=SHEET, text=text.replace("600", "601"))
    act(office.lead, "evidence.replace_folder", archive=archive(WHOLE), why="as it was")
    decided(office, case)
    approve(office)
    act(office.chair, "deal.sign", path=SHEET)
    verified(office)
    act(office.manager, "watch.upload_report", report=book(tmp_path, deliveries=3000, revenue=900))
    corrected(office.manager, office.lead, deliveries=9000, why="a plant was left out")
    row = act(office.manager, "money.ask", tranche="t1", words="the figures are due")["release"]
    act(office.finance, "money.release", release=row)
    act(office.manager, "watch.look")
    assert {name for name, n in done.items() if n} >= {"load_case", "add_documents", "unpacked", "watch", "look"}
    assert done["confined"] >= 2
    assert not +held


def test_what_an_action_needs_is_found_once(office, within):
    done, _ = within
    sign_small(office)
    before = done["load_case"]
    act(office.manager, "watch.report", quarter="2026Q3", deliveries=9000)
    assert done["load_case"] == before + 1
    assert CaseVersion.objects.filter(case__slug=CASE).count() == 2


def test_what_cannot_be_read_is_refused_between_two_tries_and_leaves_nothing(office, within):
    _, held = within
    open_small(office)
    kept = Blob.objects.count()
    with pytest.raises(InvalidInput, match=r"a\.pdf"):
        act(office.lead, "evidence.upload", file=coded(b"%PDF-1.7 broken"), filename="a.pdf", known_on="2026-07-01")
    assert not +held
    assert (Blob.objects.count(), CaseVersion.objects.count()) == (kept, 1)


def test_the_longest_turn_of_every_action_is_measured(office):
    transactions.LONGEST.clear()
    perform(office.lead, "case.open", {"archive": archive()}, "open")
    assert 0 < transactions.LONGEST["case.open"] < 60
    assert OfficeCase.objects.count() == 1


def coded(content):
    return base64.b64encode(content).decode()


def test_a_deal_is_opened_once_and_looked_at_once_whatever_its_payments(office, within, client, monkeypatch):
    done, _ = within
    sign_small(office)
    looked = Counter()
    for module, name in ((study_release, "examine"), (study_release, "observe")):
        true = getattr(module, name)
        monkeypatch.setattr(
            module, name, lambda *given, name=name, true=true, **named: looked.update([name]) or true(*given, **named)
        )
    prefetching._kept.clear()
    done.clear()
    client.force_login(office.manager)
    page = client.get(f"/cases/{CASE}/watch/").content.decode()
    assert page.count('id="tranche-') > 1
    assert (done["watch"], done["try_instalment"]) == (1, page.count('id="tranche-'))
    assert max(looked.values()) <= 2  # in the step of the day, and in the last that has ended
