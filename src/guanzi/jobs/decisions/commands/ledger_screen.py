"""The ledger on the command line: begun, checked, witnessed, exported; and what a proof does not say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from guanzi.base.core import format_problems
from guanzi.console import say
from guanzi.jobs.decisions import bundles, ledgers
from guanzi.jobs.shared.show import print_message, show_json
from guanzi.record.ledger import DecisionEntry, ExaminedRecord

LIMITS = ("key", "first", "withheld", "truth", "time", "people")
"""What verifying does not protect against."""


def show_begun(request: ledgers.Request, lang: str) -> None:
    """Begin a ledger, and say what to keep."""
    begun = ledgers.begin(request)
    print_message("ledger.said.begun", lang, ledger=begun.ledger)
    print_message("ledger.said.key", lang, key=str(begun.key))
    print(say("ledger.said.verifier", lang))
    print(f"  {begun.verifier}")


def show_people(dissent: bool, votes: list[str], opened: Mapping[str, str], lang: str) -> None:
    """Who decided, the votes, reasons and dissent, as far as they are not forgotten."""
    gone = say("ledger.said.forgotten", lang)
    print(say("ledger.said.by", lang, name=opened.get("decided_by", gone)))
    for n, vote in enumerate(votes, 1):
        print(say("ledger.said.vote", lang, name=opened.get(f"vote.{n}", gone), vote=say(f"ledger.vote.{vote}", lang)))
    for part in ("reasons", *(("dissent",) if dissent else ())):
        print(say(f"ledger.said.{part}", lang))
        print(indented(opened.get(part, gone)))


def show_exported(request: ledgers.Request, out: Path, entry: int | None, lang: str, *, as_json: bool) -> None:
    """Export a decision, and say how to check it."""
    exported = bundles.export(request, out, entry)
    if as_json:
        show_json(bundles.export_data(exported))
        return
    print_message(
        "ledger.said.exported", lang, entry=str(exported.seq), folder=str(exported.folder), n=len(exported.files)
    )
    print_message("ledger.said.hand_over", lang)
    print(f"  {exported.verifier}")
    print(say("ledger.said.try_verify", lang, folder=str(exported.folder)))


def show_verified(request: bundles.Request, lang: str, *, as_json: bool) -> bool:
    """Verify a bundle, and say what this shows and what it does not.

    Returns:
        Whether nothing is wrong.
    """
    if bundles.is_record(request.bundle):
        return _show_record(bundles.verify_record(request.bundle, request.verifiers), request, lang, as_json=as_json)
    verified = bundles.verify(request)
    if as_json:
        show_json(bundles.data(verified))
        return verified.sound
    if not verified.sound:
        print(format_problems(verified.found.problems, lang))
        print_message("ledger.said.not_sound", lang, folder=str(request.bundle), n=len(verified.found.problems))
        return False
    _show_sound(verified, lang)
    return True


def _show_record(found: ExaminedRecord, request: bundles.Request, lang: str, *, as_json: bool) -> bool:
    """Print the record of a case: who did what when, with the words that are disclosed; True: nothing is wrong."""
    if as_json:
        show_json(bundles.record_data(found))
        return not found.problems
    if found.problems:
        print(format_problems(found.problems, lang))
        print_message("ledger.said.not_sound", lang, folder=str(request.bundle), n=len(found.problems))
        return False
    for line in found.lines:
        words = [f"{name}: {said}" for name, said in line.opened.items() if name != "actor" and said is not None]
        print(f"{line.seq}  {line.at.isoformat()}  {line.action}  {line.actor or '–'}")
        for text in words:
            print(f"      {text}")
    origin = "" if found.checkpoint is None else found.checkpoint.origin
    print_message("ledger.said.record", lang, n=len(found.lines), files=len(found.files), log=origin)
    return True


def _show_sound(verified: bundles.BundleVerdict, lang: str) -> None:
    found = verified.found
    entry, checkpoint, own = found.decision, found.checkpoint, str(found.own)
    if entry is None or checkpoint is None or found.manifest is None:
        raise ValueError("a sound bundle has all its parts")
    body = entry.body
    words = {"decision": decision_word(body.decision, lang), "case": body.case, "day": body.decided_on}
    print_message("ledger.said.sound", lang)
    print_message("ledger.said.decision", lang, entry=str(found.manifest.entry), as_of=body.as_of, **words)
    print_message("ledger.said.entered", lang, at=entry.at)
    if body.decision != body.appraisal.advice:
        print_message("ledger.said.against", lang, advice=say(f"cli.advice.{body.appraisal.advice}", lang))
    show_people(body.dissent is not None, [vote.vote for vote in body.votes], found.opened, lang)
    for name, by in found.erased.items():
        print_message("ledger.said.forgotten_by", lang, name=name, entry=str(by))
    for name in found.withheld:
        print_message("ledger.said.withheld", lang, name=name)
    for other in found.others:
        if isinstance(other.entry, DecisionEntry):
            word = decision_word(other.entry.body.decision, lang)
            print_message(
                "ledger.said.other", lang, entry=str(other.seq), day=other.entry.body.decided_on, decision=word
            )
    print_message("ledger.said.in_log", lang, log=checkpoint.origin, n=checkpoint.size, root=checkpoint.root.hex())
    for name, seen in found.seen.items():
        print_message("ledger.said.seen", lang, name=name, at=seen.isoformat())
    if own in verified.verifiers:
        print_message("ledger.said.key_known", lang)
    else:
        print_message("ledger.said.key_unknown", lang)
        print(f"  {own}")
    print_message("ledger.said.kept_held" if verified.kept else "ledger.said.none_kept", lang, n=verified.kept)
    print(say("ledger.said.limits", lang))
    for limit in LIMITS:
        print_message(f"ledger.limit.{limit}", lang)


def show_checked(request: ledgers.Request, lang: str, *, as_json: bool) -> bool:
    """Check a ledger.

    Returns:
        Whether nothing is wrong.
    """
    checked = ledgers.check(request)
    if as_json:
        show_json(ledgers.data(checked))
        return not checked.flaws
    if checked.flaws:
        print(format_problems(checked.flaws, lang))
        print_message("ledger.said.flawed", lang, ledger=checked.ledger, n=len(checked.flaws))
        return False
    print_message("ledger.said.checked", lang, ledger=checked.ledger, n=checked.size)
    print_message("ledger.said.kept_held" if checked.kept else "ledger.said.none_kept_here", lang, n=checked.kept)
    return True


def show_witnessed(request: ledgers.Request, seen: Path, lang: str) -> None:
    """Sign as a witness, and say what was seen."""
    done = ledgers.witness(request, seen)
    id = "ledger.said.witnessed" if done.before else "ledger.said.witnessed_first"
    print_message(id, lang, n=done.size, before=done.before, seen=str(done.seen))
    print(say("ledger.said.witness_key", lang))
    print(f"  {done.verifier}")


def decision_word(word: str, lang: str) -> str:
    """The word of a decision as people say it."""
    return say(f"ledger.decision.{word}", lang)


def indented(text: str) -> str:
    """Text of people, set apart."""
    return "\n".join(f"  {line}".rstrip() for line in text.strip("\n").split("\n"))
