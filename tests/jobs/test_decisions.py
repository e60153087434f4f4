"""A decision at the desk: recorded on what was read, shown beside what came later, handed to an auditor, forgotten."""

import json
import os
import shutil
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import docx
import pytest
from tests.cli.small_case import write_case

from guanzi.base.core import InvalidInput, render
from guanzi.jobs.appraisal import appraisal
from guanzi.jobs.decisions import bundles, decisions, erasure, ledgers, papers, standing
from guanzi.jobs.shared.run import Run

FEW = Run(paths=32)
DAY = "2024-04-29"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A case with an appraisal."""
    folder = tmp_path_factory.mktemp("prepared")
    write_case(folder / "example")
    found = appraisal.appraise(appraisal.Request(str(folder / "example"), run=FEW))
    appraisal.write(found, appraisal.PagesRequest(folder=folder / "guanzi-out" / "example" / DAY))
    return folder


@pytest.fixture
def place(prepared, tmp_path, monkeypatch):
    """A folder of one's own with case, appraisal, reasons and a ledger; a minute goes by with every step."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    (tmp_path / "reasons.txt").write_text("The put is worth nothing in failure.\n", "utf-8")
    (tmp_path / "dissent.txt").write_text("李明：应等下一季报告。\n", "utf-8")
    clock = Clock()
    monkeypatch.setattr(decisions, "now", clock)
    ledgers.begin(LEDGER)
    return tmp_path


class Clock:
    """Time that goes on by a minute each time it is asked."""

    def __init__(self):
        self.time = datetime(2026, 1, 2, tzinfo=UTC)

    def __call__(self):
        self.time += timedelta(minutes=1)
        return self.time


LEDGER = ledgers.Request("example", origin="riverton.example/committee")
WORDS = decisions.Spoken("decline", Path("reasons.txt"), Path("dissent.txt"), "王工", ("李明=against", "Zhang Wei=for"))
REQUEST = decisions.Request(LEDGER, WORDS, run=FEW)


def refusal(call):
    """Places, causes and sentences of what is refused."""
    with pytest.raises(InvalidInput) as caught:
        call()
    for problem in caught.value.problems:
        assert problem.fix is not None
        for lang in ("en", "zh"):
            assert render(problem.cause, lang)
            assert render(problem.fix, lang)
    return [(p.place.file, p.cause.id.removeprefix("ledger.")) for p in caught.value.problems]


def add_fact(folder, line):
    with (folder / "example" / "facts" / "company.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  - {line}\n")


# -- recording ---------------------------------------------------------------------------------------------------


def test_a_no_is_recorded_on_the_appraisal_that_was_read_with_reasons_votes_and_dissent(place):
    recorded = decisions.decide(REQUEST)
    assert (recorded.seq, recorded.computed, recorded.entry.decision) == (0, False, "decline")
    (shown,) = standing.show(standing.Request(LEDGER)).decisions
    assert shown.opened["reasons"] == "The put is worth nothing in failure.\n"
    assert shown.opened["dissent"] == "李明：应等下一季报告。\n"
    assert [(shown.opened[f"vote.{n}"], v.vote) for n, v in enumerate(shown.body.votes, 1)] == [
        ("李明", "against"),
        ("Zhang Wei", "for"),
    ]
    assert not shown.older_evidence
    assert ledgers.check(LEDGER).flaws == ()


def test_no_name_and_no_reason_stands_in_the_log_itself(place):
    decisions.decide(REQUEST)
    with ledgers.store_of(LEDGER).reading() as log:
        content = log.content(0)
    for words in ("王工", "李明", "Zhang Wei", "put is worth"):
        assert words.encode() not in content


def test_minutes_are_filled_in_from_the_decision_on_the_same_appraisal_and_refused_without_one(place):
    asked = papers.Request("example", formats=("docx",), decided=True, run=FEW)
    with pytest.raises(InvalidInput, match="undecided"):
        papers.write(asked)
    decisions.decide(REQUEST)
    written = papers.write(asked)
    document = docx.Document(str(written.folder / "minutes.docx"))
    told = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "☒ Decline" in told
    assert {"The put is worth nothing in failure.", "李明：应等下一季报告。"} <= set(told)
    assert {written.appraisal_sha256, "王工", "李明", "Against", "Zhang Wei", "For"} <= set(cells)


def test_an_appraisal_is_made_where_there_is_none(place):
    shutil.rmtree(place / "guanzi-out")
    recorded = decisions.decide(REQUEST)
    assert recorded.computed
    assert recorded.entry.appraisal.paths == 32
    assert (recorded.folder / "dossier.html").is_file()


def test_a_ledger_is_kept_only_where_it_was_begun(place):
    (place / "example.ledger.sqlite").unlink()
    assert refusal(lambda: decisions.decide(REQUEST)) == [("example.ledger.sqlite", "no_ledger")]
    assert not (place / "example.ledger.sqlite").exists()


def test_an_appraisal_whose_evidence_has_changed_since_is_refused(place):
    add_fact(
        place, "{id: late, name: r_and_d, value: 1, unit: CNY m, period: 2023, known_on: 2024-04-01, source: report}"
    )
    assert [what for _, what in refusal(lambda: decisions.decide(REQUEST))] == ["evidence_changed"]


def test_an_appraisal_that_was_altered_by_hand_is_refused(place):
    file = place / "guanzi-out" / "example" / DAY / "appraisal.json"
    file.write_text(file.read_text("utf-8").replace('"advice"', '"advice" ', 1), "utf-8")
    assert [what for _, what in refusal(lambda: decisions.decide(REQUEST))] == ["appraisal_altered"]


def test_an_appraisal_other_than_the_one_that_was_read_is_refused(place):
    asked = replace(REQUEST, expected="0" * 64)
    assert [what for _, what in refusal(lambda: decisions.decide(asked))] == ["appraisal_not_read"]


def test_an_appraisal_by_another_method_is_refused(place):
    asked = replace(REQUEST, playbook="singapore")
    assert [what for _, what in refusal(lambda: decisions.decide(asked))] == ["method_changed"]


def test_an_appraisal_of_another_day_is_refused(place):
    asked = replace(REQUEST, as_of=date(2024, 3, 20), folder=place / "guanzi-out" / "example" / DAY)
    assert [what for _, what in refusal(lambda: decisions.decide(asked))] == ["appraisal_of_other"]


def test_a_folder_without_an_appraisal_is_refused(place):
    assert [what for _, what in refusal(lambda: decisions.decide(replace(REQUEST, folder=place)))] == ["no_appraisal"]


def test_everything_that_is_wrong_with_the_words_is_told_at_once(place):
    Path("empty.txt").write_text(" \n\u3000\n", "utf-8")
    words = decisions.Spoken(
        "declin", Path("empty.txt"), Path("empty.txt"), " ", ("Li=yes", "=for", "caf\u00e9=for", "cafe\u0301=against")
    )
    asked = replace(REQUEST, words=words, decided_on=date(2024, 4, 1))
    assert refusal(lambda: decisions.decide(asked)) == [
        ("--decision", "unknown_decision_near"),
        ("--decided-on", "before_as_of"),
        ("empty.txt", "empty_reasons"),
        ("empty.txt", "empty_dissent"),
        ("--by", "no_name"),
        ("--vote", "no_vote"),
        ("--vote", "no_vote"),
        ("--vote", "two_votes"),
    ]
    asked = replace(REQUEST, words=replace(WORDS, decision="zzz"), decided_on=date(2027, 1, 1))
    assert [what for _, what in refusal(lambda: decisions.decide(asked))] == ["unknown_decision", "in_future"]


@pytest.mark.parametrize(
    ("content", "found"), [(b"\xff\xfe", "no_text"), (b"a\0b", "no_text"), (b"\xef\xbb\xbf", "empty_reasons")]
)
def test_reasons_are_a_text(place, content, found):
    Path("reasons.txt").write_bytes(content)
    assert refusal(lambda: decisions.decide(REQUEST)) == [("reasons.txt", found)]


def test_the_day_of_a_decision_is_that_of_the_place_where_it_is_recorded(place, monkeypatch):
    """In Hefei it is tomorrow already while it is still today in London."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        monkeypatch.setattr(decisions, "now", lambda: datetime(2026, 1, 2, 23, 30, tzinfo=UTC))
        recorded = decisions.decide(replace(REQUEST, decided_on=date(2026, 1, 3)))
        assert recorded.entry.decided_on == "2026-01-03"
        assert decisions.decide(REQUEST).entry.decided_on == "2026-01-03"
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


def test_a_clock_that_went_back_is_refused(place, monkeypatch):
    decisions.decide(REQUEST)
    monkeypatch.setattr(decisions, "now", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert [what for _, what in refusal(lambda: decisions.decide(REQUEST))] == ["clock_back"]


def test_a_decision_before_the_last_one_on_the_case_is_refused(place):
    decisions.decide(REQUEST)
    asked = replace(REQUEST, decided_on=date(2025, 1, 1))
    assert refusal(lambda: decisions.decide(asked)) == [("--decided-on", "before_last")]


# -- keys --------------------------------------------------------------------------------------------------------


def test_a_key_is_made_that_only_its_owner_may_read_and_never_within_the_case(place):
    key = place / "settings" / "guanzi" / "riverton.example-committee.key"
    assert key.stat().st_mode & 0o777 == 0o600
    asked = ledgers.Request("example", "new.sqlite", Path("example/key"))
    assert refusal(lambda: ledgers.begin(asked)) == [("example/key", "key_in_case")]
    assert not Path("new.sqlite").exists()


def test_a_key_that_others_may_read_that_is_none_or_of_another_ledger_is_refused(place):
    key = place / "settings" / "guanzi" / "riverton.example-committee.key"
    key.chmod(0o644)
    assert refusal(lambda: decisions.decide(REQUEST)) == [(str(key), "open_key")]
    other = Path("other.key")
    ledgers.begin(ledgers.Request("example", "other.sqlite", other, "other.example/log"))
    asked = replace(REQUEST, ledger=replace(LEDGER, key=other))
    assert refusal(lambda: decisions.decide(asked)) == [("--key", "other_key")]
    other.write_text("PRIVATE+KEY+a+b+c", "utf-8")
    assert refusal(lambda: decisions.decide(asked)) == [("other.key", "no_private_key")]
    other.unlink()
    assert refusal(lambda: decisions.decide(asked)) == [("other.key", "no_key")]


def test_two_ledgers_never_have_one_key(place):
    """They would pass for two histories of one log."""
    key = place / "settings" / "guanzi" / "riverton.example-committee.key"
    asked = replace(LEDGER, ledger="another.sqlite")
    assert refusal(lambda: ledgers.begin(asked)) == [(str(key), "key_exists")]
    assert not Path("another.sqlite").exists()


def test_a_ledger_that_cannot_be_made_leaves_no_key(place):
    asked = ledgers.Request("example", "postgresql://nobody@localhost:1/none", Path("new.key"), "new.example/log")
    assert next(what for _, what in refusal(lambda: ledgers.begin(asked))) in ("unusable", "no_postgres")
    assert not Path("new.key").exists()


def test_an_older_copy_that_was_put_back_is_not_gone_on_with(place):
    decisions.decide(REQUEST)
    copy = Path("example.ledger.sqlite").read_bytes()
    decisions.decide(REQUEST)
    Path("example.ledger.sqlite").write_bytes(copy)
    last = place / "settings" / "guanzi" / "riverton.example-committee.key.last"
    assert refusal(lambda: decisions.decide(REQUEST)) == [(str(last), "taken_back")]
    assert refusal(lambda: erasure.erase(erasure.Request(LEDGER, "李明"))) == [(str(last), "taken_back")]


def test_a_ledger_is_never_begun_anew_over_another(place):
    before = Path("example.ledger.sqlite").read_bytes()
    asked = replace(LEDGER, key=Path("new.key"))
    assert refusal(lambda: ledgers.begin(asked)) == [("example.ledger.sqlite", "ledger_exists")]
    assert not Path("new.key").exists()
    assert Path("example.ledger.sqlite").read_bytes() == before


def test_what_is_no_ledger_is_refused(place):
    Path("notes.sqlite").write_text("no database", "utf-8")
    assert refusal(lambda: ledgers.check(ledgers.Request("notes.sqlite"))) == [("notes.sqlite", "unusable")]
    Path("empty.sqlite").write_bytes(b"")
    assert refusal(lambda: ledgers.check(ledgers.Request("empty.sqlite"))) == [("empty.sqlite", "unusable")]


def test_the_password_of_an_address_is_not_shown():
    store = ledgers.store_of(ledgers.Request("example", "postgresql://me:secret@localhost:1/none"))
    assert "secret" not in store.shown


# -- what is new since -------------------------------------------------------------------------------------------


def test_a_later_fact_that_counts_makes_the_decision_rest_on_older_evidence(place):
    decisions.decide(REQUEST)
    add_fact(
        place,
        "{id: sold, name: deliveries, period: 2024, value: 9, unit: vehicles, known_on: 2025-03-01, source: report}",
    )
    (shown,) = standing.show(standing.Request(LEDGER)).decisions
    assert [(new.kind, new.id, new.counts) for new in shown.new] == [("facts", "sold", True)]
    assert shown.older_evidence
    assert shown.changed == ()
    (earlier,) = standing.show(standing.Request(LEDGER, date(2024, 12, 31))).decisions
    assert (earlier.new, earlier.older_evidence) == ((), False)


def test_what_the_company_reported_after_signing_is_new_since_the_decision(place):
    decisions.decide(REQUEST)
    watched = place / "example" / "monitoring" / "report.yaml"
    watched.parent.mkdir()
    watched.write_text(
        "sources:\n  t: {publisher: Example, title: Report, date: 2025-03-01, grade: B}\nfacts:\n"
        "  - {id: sold, name: deliveries, period: 2024, value: 9, unit: vehicles, known_on: 2025-03-01, source: t}\n",
        "utf-8",
    )
    (shown,) = standing.show(standing.Request(LEDGER)).decisions
    assert [new.id for new in shown.new] == ["sold"]
    assert shown.older_evidence
    assert shown.changed == ()


def test_a_later_fact_that_nobody_uses_leaves_the_decision_as_it_was(place):
    decisions.decide(REQUEST)
    add_fact(
        place,
        "{id: age, name: office_plants, period: 2024, value: 9, unit: count, known_on: 2025-03-01, source: report}",
    )
    (shown,) = standing.show(standing.Request(LEDGER)).decisions
    assert [(new.id, new.counts) for new in shown.new] == [("age", False)]
    assert not shown.older_evidence


def test_what_the_case_now_says_otherwise_of_the_day_is_named(place):
    decisions.decide(REQUEST)
    file = place / "example" / "facts" / "company.yaml"
    file.write_text(file.read_text("utf-8").replace("value: 20000", "value: 30000"), "utf-8")
    (shown,) = standing.show(standing.Request(LEDGER)).decisions
    assert shown.changed == ("facts: sales-2023",)
    assert shown.older_evidence


def test_the_advice_is_found_again_on_what_is_known_now(place):
    decisions.decide(REQUEST)
    (shown,) = standing.show(standing.Request(LEDGER, again=True, run=FEW)).decisions
    assert shown.advice_now == shown.body.appraisal.advice


def test_a_later_decision_takes_the_place_of_an_earlier_one(place):
    decisions.decide(REQUEST)
    decisions.decide(replace(REQUEST, words=replace(WORDS, decision="back_with_conditions")))
    first, second = standing.show(standing.Request(LEDGER)).decisions
    assert (first.replaced_by, second.replaced_by) == (1, None)
    assert json.loads(json.dumps(standing.data(standing.show(standing.Request(LEDGER)))))["entries"] == 2


# -- the auditor -------------------------------------------------------------------------------------------------


def test_an_auditor_verifies_a_bundle_without_case_ledger_or_key(place, tmp_path_factory, monkeypatch):
    recorded = decisions.decide(REQUEST)
    exported = bundles.export(LEDGER, Path("bundle"))
    away = tmp_path_factory.mktemp("auditor")
    shutil.copytree("bundle", away / "bundle")
    Path("kept.txt").write_text(recorded.note, "utf-8")
    shutil.copy("kept.txt", away)
    monkeypatch.chdir(away)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(away / "none"))
    asked = bundles.Request(Path("bundle"), "example", (exported.verifier,), (Path("kept.txt"),))
    verified = bundles.verify(asked)
    assert verified.sound
    assert bundles.data(verified)["key_known"]
    assert verified.found.opened["decided_by"] == "王工"
    assert not (away / "none").exists()


def test_links_folders_and_foreign_files_in_a_bundle_are_faults(place):
    decisions.decide(REQUEST)
    bundles.export(LEDGER, Path("bundle"))
    os.rename("bundle/reasons.txt", "away.txt")
    os.symlink(Path("away.txt").absolute(), "bundle/reasons.txt")
    (place / "bundle" / "more").mkdir()
    os.mkfifo("bundle/pipe")
    (place / "bundle" / ".hidden").write_text("x", "utf-8")
    found = {
        (Path(p.place.file).name, p.cause.id.rpartition(".")[2])
        for p in bundles.verify(bundles.Request(Path("bundle"))).found.problems
    }
    assert {("reasons.txt", "no_file"), ("more", "no_file"), ("pipe", "no_file"), (".hidden", "added")} <= found


def test_a_bundle_of_another_case_is_refused(place):
    decisions.decide(REQUEST)
    bundles.export(LEDGER, Path("bundle"))
    verified = bundles.verify(bundles.Request(Path("bundle"), "nio-hefei-2020"))
    assert [p.cause.id for p in verified.found.problems] == ["ledger.bundle.other_case"]


def test_a_case_whose_evidence_is_another_now_is_told_apart_from_the_bundle(place):
    decisions.decide(REQUEST)
    bundles.export(LEDGER, Path("bundle"))
    assert bundles.verify(bundles.Request(Path("bundle"), "./example")).sound
    add_fact(
        place, "{id: late, name: r_and_d, value: 1, unit: CNY m, period: 2023, known_on: 2024-04-01, source: report}"
    )
    verified = bundles.verify(bundles.Request(Path("bundle"), "./example"))
    assert [p.cause.id for p in verified.found.problems] == ["ledger.bundle.case_differs"]


def test_what_cannot_be_exported_or_verified_is_refused(place):
    assert refusal(lambda: bundles.export(LEDGER, Path("bundle"))) == [("example.ledger.sqlite", "no_decision")]
    decisions.decide(REQUEST)
    assert refusal(lambda: bundles.export(LEDGER, Path("example"))) == [("example", "bundle_exists")]
    assert refusal(lambda: bundles.export(LEDGER, Path("b"), 7)) == [("example.ledger.sqlite", "no_such_decision")]
    assert [place for place, _ in refusal(lambda: bundles.verify(bundles.Request(Path("absent"))))] == ["absent"]
    bundles.export(LEDGER, Path("bundle"))
    asked = bundles.Request(Path("bundle"), verifiers=("nonsense",))
    assert refusal(lambda: bundles.verify(asked)) == [("--key", "no_verifier")]


# -- witnesses and forgetting --------------------------------------------------------------------------------------


def test_a_witness_signs_what_follows_and_refuses_what_was_taken_back(place):
    asked = replace(LEDGER, key=Path("witness.key"), origin="audit.example")
    decisions.decide(REQUEST)
    first = ledgers.witness(asked, Path("seen.txt"))
    copy = Path("example.ledger.sqlite").read_bytes()
    decisions.decide(REQUEST)
    second = ledgers.witness(replace(asked, origin=None), Path("seen.txt"))
    assert (first.before, first.size, second.before, second.size) == (0, 1, 1, 2)
    assert ledgers.check(replace(LEDGER, verifiers=(first.verifier,), kept=(Path("seen.txt"),))).flaws == ()
    bundles.export(LEDGER, Path("bundle"))
    verified = bundles.verify(bundles.Request(Path("bundle"), verifiers=(second.verifier,), kept=(Path("seen.txt"),)))
    assert verified.sound
    assert list(verified.found.seen) == ["audit.example"]
    Path("example.ledger.sqlite").write_bytes(copy)
    assert refusal(lambda: ledgers.witness(asked, Path("seen.txt"))) == [("seen.txt", "not_following")]
    found = ledgers.check(replace(LEDGER, kept=(Path("seen.txt"),)))
    assert [p.cause.id for p in found.flaws] == ["ledger.flaw.shorter"]


def test_nobody_witnesses_their_own_log(place):
    decisions.decide(REQUEST)
    own = place / "settings" / "guanzi" / "riverton.example-committee.key"
    asked = replace(LEDGER, key=own)
    assert refusal(lambda: ledgers.witness(asked, Path("seen.txt"))) == [(str(own), "no_witness_key")]
    asked = replace(LEDGER, key=Path("w.key"), origin=LEDGER.origin)
    assert refusal(lambda: ledgers.witness(asked, Path("seen.txt"))) == [("w.key", "own_witness")]
    assert not Path("w.key").exists()


def test_a_person_is_forgotten_everywhere_and_every_proof_holds(place):
    decisions.decide(REQUEST)
    bundles.export(LEDGER, Path("before"))
    done = erasure.erase(erasure.Request(LEDGER, "李明", "records office"))
    assert [(told.entry, told.what) for told in done.erased] == [(0, "vote.1")]
    assert done.left == ("0.dissent",)
    erasure.erase(erasure.Request(LEDGER, "0.dissent", "records office"))
    assert "李明".encode() not in Path("example.ledger.sqlite").read_bytes()
    assert ledgers.check(LEDGER).flaws == ()
    bundles.export(LEDGER, Path("after"))
    verified = bundles.verify(bundles.Request(Path("after")))
    assert verified.sound
    assert verified.found.erased == {"vote.1": 1, "dissent": 2}
    assert not (place / "after" / "dissent.txt").exists()
    assert bundles.verify(bundles.Request(Path("before"))).sound
    assert refusal(lambda: erasure.erase(erasure.Request(LEDGER, "李明"))) == [
        ("example.ledger.sqlite", "nothing_to_forget")
    ]


def test_a_folder_that_is_no_bundle_is_refused_in_one_sentence(place):
    (place / "other").mkdir()
    (place / "other" / "notes.txt").write_text("nothing", "utf-8")
    assert refusal(lambda: bundles.verify(bundles.Request(place / "other"))) == [(str(place / "other"), "bundle.none")]
