"""Record a decision on an appraisal, by its hash; a "no" like any other."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import normalize

from guanzi.advice.appraisal import Appraisal, from_json, method_sha256
from guanzi.base.core import InvalidInput, Problem, canonical_json, nearest, write_file
from guanzi.jobs.appraisal import appraisal as appraising
from guanzi.jobs.decisions.ledgers import Request as Ledger
from guanzi.jobs.decisions.ledgers import (
    database,
    key_of,
    last_signed,
    ledger_problem,
    must_follow,
    read_key,
    read_words,
    store_of,
)
from guanzi.jobs.shared.results import own_result
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.evidence import View, open_case
from guanzi.record.ledger import (
    DECISIONS,
    VOTES,
    Appraised,
    ClockWentBack,
    Commitment,
    DecisionBody,
    DecisionEntry,
    Entered,
    Entry,
    KeyDoesNotFit,
    Log,
    Signer,
    Vote,
    enter,
    entries_of,
    service_entry,
)
from guanzi.record.playbooks import load_playbook

_MOST_TEXT = 1_000_000
_MOST_NAME = 200


@dataclass(frozen=True, slots=True)
class Spoken:
    """What people said, as it was typed.

    Attributes:
        decision: ``back``, ``back_with_conditions``, ``decline`` or ``defer``.
        reasons: File with the reasons.
        dissent: File with the dissent; None: none is recorded.
        by: Who decided; None: the name of whoever is logged in.
        votes: Each ``NAME=for``, ``NAME=against`` or ``NAME=abstain``.
    """

    decision: str
    reasons: Path
    dissent: Path | None = None
    by: str | None = None
    votes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        ledger: The case, its ledger and the key.
        words: The decision, with reasons, dissent and votes.
        as_of: Knowledge date of the appraisal; None: the decision date of the case.
        decided_on: Day of the decision; None: today.
        playbook: Name or file of the playbook.
        folder: Where the appraisal lies; None: the default folder, and it is made where there is none.
        expected: SHA-256 of the appraisal that was read; None: whatever lies there.
        run: How it is run where there is none.
    """

    ledger: Ledger
    words: Spoken
    as_of: date | None = None
    decided_on: date | None = None
    playbook: str = "hefei"
    folder: Path | None = None
    expected: str | None = None
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision in the log.

    Attributes:
        seq: Its number.
        entry: What was entered.
        ledger: Where the log stands.
        note: The signed checkpoint after it.
        folder: Where the appraisal lies.
        computed: It was computed now, because there was none.
    """

    seq: int
    entry: DecisionBody
    ledger: str
    note: str
    folder: Path
    computed: bool


@dataclass(frozen=True, slots=True)
class _StatedWords:
    """The words, read and sound."""

    by: str
    reasons: str
    dissent: str | None
    votes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FoundAppraisal:
    """An appraisal as bytes, with what it is of.

    Attributes:
        content: The bytes of ``appraisal.json``.
        dossier: The bytes of the page beside it; None where there is none.
        appraisal: What the bytes say.
        folder: Where it lies.
        computed: It was made now, because there was none.
    """

    content: bytes
    dossier: bytes | None
    appraisal: Appraisal
    folder: Path
    computed: bool


def now() -> datetime:
    """The time that this machine tells."""
    return datetime.now(UTC)


def decide(request: Request) -> Recorded:
    """Record a decision.

    Raises:
        InvalidInput: Spoken, days, appraisal, ledger or key cannot be used; all that is wrong with the words at once.
    """
    at = now()
    today = at.astimezone().date()  # of the place where it is recorded: in Hefei the day begins eight hours earlier
    decided_on = request.decided_on or today
    case = open_case(request.ledger.case)
    view = case.view(request.as_of or case.decision_date)
    stated = _stated_words(request.words, view.as_of, decided_on, today)
    store = store_of(request.ledger)
    key = key_of(request.ledger)
    signer = read_key(key)
    asked = appraising.Request(request.ledger.case, view.as_of, request.playbook, run=request.run)
    found = appraisal_decided_on(asked, view, request.folder, request.expected)
    files = [f for f in (found.content, found.dossier, canonical_json(view.content()).encode()) if f is not None]
    people = {name: Commitment.to(words) for name, words in _committed(stated)}
    entry = DecisionBody(
        format=1,
        case=case.id,
        as_of=view.as_of.isoformat(),
        decided_on=decided_on.isoformat(),
        decision=request.words.decision,  # type: ignore[arg-type]
        appraisal=_appraised(found, view),
        reasons=people["reasons"].sha256,
        dissent=people["dissent"].sha256 if stated.dissent is not None else None,
        votes=tuple(
            Vote(who=people[f"vote.{n}"].sha256, vote=vote)  # type: ignore[arg-type]
            for n, (_, vote) in enumerate(stated.votes, 1)
        ),
    )
    with database(store), store.writing() as log:
        must_follow(log, key)
        _in_order(log, case.id, decided_on, at)
        done = enter_now(
            log, service_entry(at, people["decided_by"].sha256, entry), tuple(people.values()), files, signer
        )
    write_file(last_signed(key), done.note)
    return Recorded(done.seq, entry, store.shown, done.note, found.folder, found.computed)


def data(recorded: Recorded) -> dict[str, Any]:
    """What was entered, as plain data."""
    return {
        "entry": recorded.seq,
        "ledger": recorded.ledger,
        "checkpoint": recorded.note,
        **recorded.entry.model_dump(mode="json"),
    }


def enter_now(log: Log, entry: Entry, people: tuple[Commitment, ...], files: list[bytes], signer: Signer) -> Entered:
    """Append an entry; what the log refuses is said in a sentence."""
    try:
        return enter(log, entry, people, files, signer)
    except KeyDoesNotFit as error:
        raise InvalidInput(ledger_problem("other_key", "--key", name=signer.name, own=log.verifier)) from error
    except ClockWentBack as error:
        raise InvalidInput(_clock_back(log, entry.at)) from error


def _clock_back(log: Log, at: datetime) -> Problem:
    return ledger_problem("clock_back", log.origin, now=at.isoformat(timespec="seconds"))


def who(name: str | None) -> str:
    """A name as it is committed to: given, or that of whoever is logged in; one spelling for one name."""
    return normalize("NFC", " ".join((getpass.getuser() if name is None else name).split()))


def _in_order(log: Log, case: str, decided_on: date, at: datetime) -> None:
    for held in entries_of(log, case):
        before = held.entry
        if before.time > at:
            raise InvalidInput(_clock_back(log, at))
        if isinstance(before, DecisionEntry) and date.fromisoformat(before.body.decided_on) > decided_on:
            told = {"day": decided_on.isoformat(), "before": before.body.decided_on, "entry": str(held.seq)}
            raise InvalidInput(ledger_problem("before_last", "--decided-on", **told))


def _committed(stated: _StatedWords) -> Iterator[tuple[str, str]]:
    yield "decided_by", stated.by
    yield "reasons", stated.reasons
    if stated.dissent is not None:
        yield "dissent", stated.dissent
    for n, (name, _) in enumerate(stated.votes, 1):
        yield f"vote.{n}", name


def _appraised(found: FoundAppraisal, view: View) -> Appraised:
    versions = found.appraisal.versions
    return Appraised(
        sha256=sha256(found.content).hexdigest(),
        dossier=sha256(found.dossier).hexdigest() if found.dossier is not None else None,
        evidence=view.sha256,
        method=versions.method_sha256,
        playbook=found.appraisal.playbook.id,
        advice=found.appraisal.advice,
        paths=versions.paths,
        seed=versions.seed,
        guanzi=versions.guanzi,
    )


def _stated_words(words: Spoken, as_of: date, decided_on: date, today: date) -> _StatedWords:
    """The words, or everything that is wrong with them."""
    problems: list[Problem] = []
    if words.decision not in DECISIONS:
        problems.append(_unknown_decision(words.decision))
    if decided_on < as_of:
        told = {"day": decided_on.isoformat(), "as_of": as_of.isoformat()}
        problems.append(ledger_problem("before_as_of", "--decided-on", **told))
    if decided_on > today:
        told = {"day": decided_on.isoformat(), "today": today.isoformat()}
        problems.append(ledger_problem("in_future", "--decided-on", **told))
    reasons = _text(words.reasons, "reasons", problems)
    dissent = _text(words.dissent, "dissent", problems) if words.dissent is not None else None
    by = who(words.by)
    if not by or len(by) > _MOST_NAME:
        problems.append(ledger_problem("no_name", "--by"))
    votes: dict[str, str] = {}
    for told_vote in words.votes:
        name, _, vote = told_vote.rpartition("=")
        name = who(name)
        if not name or len(name) > _MOST_NAME or vote not in VOTES:
            problems.append(ledger_problem("no_vote", "--vote", excerpt=told_vote))
        elif name in votes:
            problems.append(ledger_problem("two_votes", "--vote", name=name))
        votes[name] = vote
    if problems:
        raise InvalidInput(problems)
    return _StatedWords(by, reasons, dissent, tuple(votes.items()))


def _unknown_decision(word: str) -> Problem:
    near = nearest(word, DECISIONS)
    what = "unknown_decision_near" if near else "unknown_decision"
    return ledger_problem(what, "--decision", word=word, near=str(near or ""), excerpt=word)


def _text(path: Path, kind: str, problems: list[Problem]) -> str:
    try:
        text = read_words(path, _MOST_TEXT)
    except InvalidInput as error:
        problems.extend(error.problems)
        return ""
    if not text.strip("\ufeff \t\r\n\u3000"):
        problems.append(ledger_problem(f"empty_{kind}", str(path)))
    elif "\0" in text:
        problems.append(ledger_problem("no_text", str(path)))
    return text


def appraisal_decided_on(
    asked: appraising.Request, view: View, named: Path | None = None, expected: str | None = None
) -> FoundAppraisal:
    """The appraisal that is decided on: read, or computed where there is none; refused when it has changed.

    Raises:
        InvalidInput: A folder was named in which there is none, or it is no longer that of case, day and method.
    """
    folder = named or appraising.default_folder(view.id, view.as_of)
    file = folder / "appraisal.json"
    computed = not file.exists() and named is None
    if computed:
        appraising.write(appraising.appraise(asked), appraising.PagesRequest(folder=folder))
    elif not file.is_file():
        raise InvalidInput(ledger_problem("no_appraisal", str(file)))
    content = own_result(folder, file.name)
    if content is None:
        raise InvalidInput(ledger_problem("appraisal_altered", str(file)))
    hash = sha256(content).hexdigest()
    if expected is not None and hash != expected.strip().lower():
        raise InvalidInput(ledger_problem("appraisal_not_read", str(file), hash=hash, expected=expected))
    try:
        found = from_json(content.decode("utf-8"), str(file))
    except UnicodeDecodeError as error:
        raise InvalidInput(ledger_problem("appraisal_altered", str(file))) from error
    _unchanged(asked, view, found, file)
    return FoundAppraisal(content, own_result(folder, "dossier.html"), found, folder, computed)


def _unchanged(asked: appraising.Request, view: View, found: Appraisal, file: Path) -> None:
    """The appraisal is that of this case, day, evidence and method as they are now."""
    if (found.case.id, found.as_of) != (view.id, view.as_of):
        told = {"case": found.case.id, "as_of": found.as_of.isoformat()}
        due = {"due": view.id, "day": view.as_of.isoformat()}
        raise InvalidInput(ledger_problem("appraisal_of_other", str(file), **told, **due))
    command = {"case": asked.name, "as_of": view.as_of.isoformat()}
    if found.versions.view_sha256 != view.sha256:
        raise InvalidInput(ledger_problem("evidence_changed", str(file), **command))
    if found.versions.method_sha256 != method_sha256(load_playbook(asked.playbook)):
        raise InvalidInput(ledger_problem("method_changed", str(file), **command, playbook=asked.playbook))
