"""A case folder from research notes: what can be read is put where it belongs, and the rest is listed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, render, suggest_slug
from guanzi.base.reading import yaml_text
from guanzi.intake.notes.doubts import confirmations
from guanzi.intake.notes.facts import FactsDraft
from guanzi.intake.notes.labels import read_label
from guanzi.intake.notes.mapping import model_of, tables
from guanzi.intake.notes.reading import FIELDS, Notes, read_notes
from guanzi.intake.notes.remarks import Remark, remarks_text
from guanzi.intake.notes.settle import CONFIRMED_FILE
from guanzi.intake.notes.terms import draft_sheet
from guanzi.record.evidence import (
    LABEL_FILE,
    LEAST_FACTS,
    LEAST_SOURCES,
    UNLABELLED_FILE,
    builtin_cases,
    counts,
    making_case,
)

REMARKS_FILE = "NOTES.md"
_FACT_LISTS = ("later_evidence", "outcome_facts")


@dataclass(frozen=True, slots=True)
class ImportedNotes:
    """A case folder that was made of notes.

    Attributes:
        folder: The folder.
        remarks: What somebody should look at; they also stand in its ``NOTES.md``.
        label: Label of the outcome; empty without one.
        unlabelled: Why there is none; None where there is one.
        accepted: Names that were only near and were taken over, with what they became.
    """

    folder: Path
    remarks: tuple[Remark, ...]
    label: str = ""
    unlabelled: Message | None = None
    accepted: tuple[tuple[str, str], ...] = ()

    def count(self, kind: str) -> int:
        """Number of remarks of a kind."""
        return sum(remark.kind == kind for remark in self.remarks)


def import_notes(
    path: Path, out: Path | None = None, lang: str = "en", accept_names: bool = False, confirm: str = ""
) -> ImportedNotes:
    """Make a case folder of a file of research notes; nothing is overwritten, nothing is left behind when it fails.

    Args:
        path: The notes, YAML.
        out: The folder to make, or an empty one; by default a folder named after the notes, in the working folder.
        lang: Language of the sentences that the import writes.
        accept_names: Take over the nearest name of the vocabulary for each that is not known.
        confirm: Why facts could be held although their source is dated later or not at all; it confirms all of them
            of which the notes say no more than that.

    Raises:
        InvalidInput: The notes cannot be read (everything that is wrong, with its place), or the folder is there.
    """
    notes = read_notes(path, str(path))
    draft = FactsDraft(notes, lang, accept_names)
    header = _header(draft, out)
    target = out or Path(header["case"])
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        cause = Message.of("evidence.new.exists", folder=str(target))
        raise InvalidInput(Problem(cause, Place(""), Message.of("evidence.new.exists.mend")))
    files, label, unlabelled = _files(draft, header, confirm.strip())
    files[REMARKS_FILE] = remarks_text(draft.remarks, path.name, lang)
    with making_case(target, files):
        pass
    return ImportedNotes(target, tuple(draft.remarks), label, unlabelled, tuple(draft.accepted))


def _files(draft: FactsDraft, header: dict[str, Any], confirm: str) -> tuple[dict[str, str], str, Message | None]:
    notes = draft.notes
    facts = [draft.fact(entry, "facts") for entry in notes.lists["facts_known_at_decision"]]
    groups = confirmations(draft.doubts, confirm)
    settled = {id for group in groups if group["because"] for id in group["facts"]}
    own = [fact for fact in facts if _counts(fact, settled)]
    if len(own) < LEAST_FACTS or len({fact["source"] for fact in own}) < LEAST_SOURCES:
        header |= {"fitness": "unfit", "unfit_because": draft.say("evidence.notes.unfit", n=len(own))}
        draft.remark("check", notes.line("facts_known_at_decision"), "evidence.notes.remark.unfit")
    sheet = draft_sheet(draft, header)
    before = dict(draft.sources)
    later = [draft.fact(entry, "outcome") for key in _FACT_LISTS for entry in notes.lists[key]]
    after = {id: source for id, source in draft.sources.items() if id not in before}
    _opinions(draft)
    files = {
        "case.yaml": yaml_text(header),
        "facts/facts.yaml": yaml_text({"sources": before, "facts": facts}),
        f"terms/{notes.decided.isoformat()}-draft.yaml": yaml_text(sheet),
        "outcome/facts.yaml": yaml_text({"sources": after, "facts": later}),
    }
    if groups:
        files[CONFIRMED_FILE] = yaml_text({"confirmed": groups})
    label = _label(draft, later)
    if isinstance(label, Message):
        files[f"outcome/{UNLABELLED_FILE}"] = render(label, draft.lang) + "\n"
        return files, "", label
    files[f"outcome/{LABEL_FILE}"] = yaml_text(label)
    return files, label["label"], None


def _counts(fact: dict[str, Any], settled: set[str]) -> bool:
    stated = fact.get("availability", "confirmed")
    return counts(fact.get("subject", "company"), fact["name"], "confirmed" if fact["id"] in settled else stated)


def _header(draft: FactsDraft, out: Path | None) -> dict[str, Any]:
    notes = draft.notes
    id = suggest_slug(out.name if out is not None else notes.text("id")) or suggest_slug(notes.text("id"))
    if id in builtin_cases():
        id = f"{id}-2"
    company, region = (_party(notes.text(key), key) for key in ("company", "region"))
    country = notes.text("country") or "CN"
    if not re.fullmatch("[A-Z]{2}", country):
        cause = Message.of("reading.format.wrong_value", field="country", text=country[:60])
        fix = Message.of("reading.format.expects.country")
        raise InvalidInput(notes.document.problem(("country",), cause, fix))
    if "country" not in notes.document.data:
        draft.remark("check", 1, "evidence.notes.remark.country")
    names = {"company": company["name"], "region": region["name"], "year": str(notes.decided.year)}
    model = model_of(notes.text("industry"))
    draft.remark("check", notes.line("industry"), "evidence.notes.remark.model", model=model or "scale-up-manufacturer")
    if not notes.exact:
        draft.remark("check", notes.line("decision_date"), "evidence.notes.remark.day", day=notes.decided.isoformat())
    draft.remark("check", notes.line("id"), "evidence.notes.remark.question")
    return {
        "format": 1,
        "case": id,
        "title": draft.say("evidence.notes.title", **names),
        "company": company,
        "region": {**region, "country": country},
        "industry": suggest_slug(notes.text("industry")) or "other",
        "model": model or "scale-up-manufacturer",
        "currency": _currency(draft, country),
        "decision_date": notes.decided,
        "question": draft.say("evidence.notes.question", **names),
        "decision": _decision(notes),
    }


def _party(text: str, otherwise: str) -> dict[str, Any]:
    name = re.split(r"\s*[,(/，（、]", text)[0].strip() or text
    party = {"id": suggest_slug(name) or suggest_slug(text) or otherwise, "name": name}
    return party if name.isascii() else {**party, "name_zh": name}


def _currency(draft: FactsDraft, country: str) -> str:
    notes = draft.notes
    amount = notes.document.data.get("amount")
    stated = amount.get("currency") if isinstance(amount, dict) else None
    local = tables().currencies.get(country)
    if local is not None and stated not in (None, local):
        draft.remark("check", notes.line("amount"), "evidence.notes.remark.currency", stated=str(stated), used=local)
    chosen = local or stated
    if not isinstance(chosen, str) or not re.fullmatch("[A-Z]{3}", chosen):
        cause = Message.of("evidence.notes.no_currency", country=country)
        raise InvalidInput(
            notes.document.problem(("amount", "currency"), cause, Message.of("evidence.notes.no_currency.mend"))
        )
    return chosen


def _decision(notes: Notes) -> str:
    """What was decided, as far as the label tells; without one it is open."""
    read = read_label(notes.text("outcome_label"))
    if not notes.text("outcome_label") or not read.decided:
        return "open"
    return "refused" if read.label == "refused" else "approved"


def _opinions(draft: FactsDraft) -> None:
    """What is no fact is listed: opinions, what was not found, warnings, and fields that no rule reads."""
    notes = draft.notes
    for key in ("risks_known", "assets_known", "hindsight_warnings", "missing"):
        kind = "check" if key == "missing" else "judgement"
        for entry in notes.lists[key]:
            text = "; ".join(f"{v}" for v in entry.data.values() if v is not None)
            draft.remark(kind, entry.line, f"evidence.notes.remark.{key}", text=text)  # type: ignore[arg-type]
    if note := notes.text("decision_note"):
        draft.remark("check", notes.line("decision_note"), "evidence.notes.remark.decision_note", text=note)
    for key in notes.document.data:
        if key not in FIELDS:
            text = str(notes.document.data[key])[:200]
            draft.remark("unmapped", notes.line(key), "evidence.notes.remark.field", field=key, text=text)
    counts = notes.document.data.get("counts")
    stated = counts.get("facts_at_decision") if isinstance(counts, dict) else None
    held = len(notes.lists["facts_known_at_decision"])
    if stated is not None and stated != held:
        draft.remark("check", notes.line("counts"), "evidence.notes.remark.counts", stated=str(stated), held=held)


def _label(draft: FactsDraft, later: list[dict[str, Any]]) -> dict[str, Any] | Message:
    """The label with its accounts, or why there is none."""
    notes = draft.notes
    text = notes.text("outcome_label")
    word = read_label(text).label
    judged: date = max((fact["known_on"] for fact in later), default=notes.decided)
    why = None
    if not text:
        why = Message.of("evidence.notes.unlabelled.silent")
    elif not word:
        why = Message.of("evidence.notes.unlabelled.words", text=text)
    elif judged <= notes.decided:
        why = Message.of("evidence.notes.unlabelled.undated", label=word)
    if why is not None:
        draft.remark("unmapped", notes.line("outcome_label") if text else 1, "evidence.notes.remark.label", why=why)
        return why
    because = notes.text("outcome_reason") or text
    draft.remark("check", notes.line("outcome_label"), "evidence.notes.remark.label_check", text=text)
    account = {"result": "unknown", "by": judged, "text": draft.say("evidence.notes.account")}
    fate = word
    if word == "refused":
        fate = "failure" if re.search(r"\bfail", text, re.IGNORECASE) else "unknown"
    return {
        "format": 1,
        "label": word,
        "judged_on": judged,
        "because": because,
        "company": {"result": fate, "by": judged, "text": text},
        "contract": "unknown",
        "accounts": {"fund": account, "budget": account, "cluster": account},
    }
