"""An appraisal is computed beside the pages, says how far it is, can be stopped, and says why it failed."""

import itertools

import pytest
from tests.office.tiedcase import SLUG, archive, files

from guanzi.base.core import InvalidInput, Message
from guanzi.office.actions import Forbidden, NotThere, perform
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.auditlog.log import office_log
from guanzi.office.cases import tasks
from guanzi.office.cases.contents import new_version
from guanzi.office.models import AppraisalRun, OfficeCase
from guanzi.record.ledger import check_log, read_entry

KEYS = map(str, itertools.count())


def do(who, action, **asked):
    return perform(who, action, {"case": SLUG, **asked}, next(KEYS)).answer


@pytest.fixture
def opened(office):
    perform(office.lead, "case.open", {"archive": archive(files(()))}, next(KEYS))
    return office


def test_an_appraisal_keeps_its_bytes_its_headline_and_an_entry_in_the_log(opened):
    run = AppraisalRun.objects.get(pk=do(opened.lead, "appraisal.ask", paths=100)["appraisal"])
    assert (run.state, run.version) == ("queued", run.case.head)
    tasks.appraise.func(run.pk)
    run.refresh_from_db()
    assert (run.state, run.problem) == ("done", None)
    assert sorted(run.files) == ["appraisal.json", "dossier.en.html", "dossier.zh.html", "evidence.json"]
    assert run.sha256 == run.files["appraisal.json"]
    assert b"</html>" in content_of(run.files["dossier.zh.html"])
    assert run.headline["advice"] == run.advice
    entry = read_entry(list(office_log().contents())[-1][1])
    assert (entry.body.action, entry.body.data["sha256"]) == ("appraisal.done", run.sha256)
    assert check_log(office_log()) == ()


def test_the_same_appraisal_is_not_computed_twice_at_once(opened):
    first = do(opened.lead, "appraisal.ask")
    assert do(opened.chair, "appraisal.ask") == first
    do(opened.lead, "appraisal.cancel", **first)
    assert do(opened.lead, "appraisal.ask") != first


def test_a_cancelled_appraisal_is_not_begun_and_a_running_one_keeps_nothing(opened, monkeypatch):
    first = do(opened.lead, "appraisal.ask")
    do(opened.lead, "appraisal.cancel", **first)
    tasks.appraise.func(first["appraisal"])
    assert AppraisalRun.objects.get(pk=first["appraisal"]).state == "cancelled"
    second = do(opened.lead, "appraisal.ask")

    def compute(run):
        clock = tasks._Progress(run)
        with clock.watch(Message.of("simulation"), 100) as advance:
            advance(40)
            assert AppraisalRun.objects.get(pk=run.pk).progress == pytest.approx(0.32)
            do(opened.lead, "appraisal.cancel", **second)
            clock.next = 0.0
            advance(10)

    monkeypatch.setattr(tasks, "_compute", compute)
    tasks.appraise.func(second["appraisal"])
    run = AppraisalRun.objects.get(pk=second["appraisal"])
    assert (run.state, run.files) == ("cancelled", {})
    with pytest.raises(InvalidInput):
        do(opened.lead, "appraisal.cancel", **second)


def test_new_evidence_stops_what_runs_on_the_old(opened):
    asked = do(opened.lead, "appraisal.ask")
    case = OfficeCase.objects.get(slug=SLUG)
    new_version(
        case,
        {
            "facts/more.yaml": files()["facts/facts.yaml"]
            .replace("sold", "sold-2")
            .encode()
            .replace(b"2025,", b"2024,")
            .replace(b"register", b"other")
        },
        opened.lead,
    )
    tasks.appraise.func(asked["appraisal"])
    assert AppraisalRun.objects.get(pk=asked["appraisal"]).state == "cancelled"


def test_what_fails_says_so_and_never_runs_for_ever(opened, monkeypatch):
    asked = do(opened.lead, "appraisal.ask")

    def broken(run):
        raise RuntimeError("secret of the server")

    monkeypatch.setattr(tasks, "_compute", broken)
    tasks.appraise.func(asked["appraisal"])
    run = AppraisalRun.objects.get(pk=asked["appraisal"])
    assert run.state == "failed"
    assert "secret" not in str(run.problem)


def test_a_day_to_come_a_version_that_is_not_there_and_a_stranger_are_refused(opened):
    with pytest.raises(InvalidInput):
        do(opened.lead, "appraisal.ask", as_of="2999-01-01")
    with pytest.raises(InvalidInput):
        do(opened.lead, "appraisal.ask", version=7)
    with pytest.raises(InvalidInput):
        do(opened.lead, "appraisal.ask", playbook="no-such-playbook")
    with pytest.raises(Forbidden):
        do(opened.auditor, "appraisal.ask")
    with pytest.raises(NotThere):
        do(type(opened).make("town").chair, "appraisal.ask")
