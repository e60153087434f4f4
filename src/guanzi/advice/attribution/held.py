"""An earlier appraisal beside its case folder as it is now: whether its hashes hold, and its facts as it saw them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from guanzi.advice.appraisal import Appraisal, FactData, method_sha256, of_method
from guanzi.base.core import Period, Place
from guanzi.record.evidence import Case, Fact, Source
from guanzi.record.playbooks import Playbook

type ViewHeld = Literal["same", "rebuilt", "lost"]
type MethodHeld = Literal["same", "playbook", "other"]


@dataclass(frozen=True, slots=True)
class HeldAppraisal:
    """What of an earlier appraisal can be verified.

    Attributes:
        view: ``same``: the folder still gives its view, by the hash; ``rebuilt``: the folder has changed, but its own
            facts give the view; ``lost``: something else that it saw, such as a remark or a term sheet, is gone.
        method: ``same`` by the hash; ``playbook``: only the playbook is another; ``other``: rules are others.
        playbook: The playbook at hand is the one that it names, by the hash.
        facts: Ids of its facts that the folder holds otherwise, or not at all.
        added: Ids of facts of its day that the folder holds and it did not see.
    """

    view: ViewHeld
    method: MethodHeld
    playbook: bool
    facts: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def hold(case: Case, earlier: Appraisal, playbook: Playbook) -> tuple[Case, HeldAppraisal]:
    """The case as the earlier appraisal saw it, as far as it can be had, and what of its hashes holds.

    Args:
        case: The case as its folder is now.
        earlier: The earlier appraisal.
        playbook: The playbook that it names, as it is now.
    """
    versions = earlier.versions
    same_book = playbook.sha256 == earlier.playbook.sha256
    method: MethodHeld = "other"
    if versions.method_sha256 == method_sha256(playbook):
        method = "same"
    elif versions.method_sha256 == of_method(earlier.playbook.sha256):
        method = "playbook"
    if case.view(earlier.as_of).sha256 == versions.view_sha256:
        return case, HeldAppraisal("same", method, same_book)
    seen = _as_seen(case, earlier)
    held: ViewHeld = "rebuilt" if seen.view(earlier.as_of).sha256 == versions.view_sha256 else "lost"
    now, then = _by_id(case, earlier.as_of), _by_id(seen, earlier.as_of)
    changed = tuple(id for id, fact in then.items() if now.get(id) != fact)
    return seen, HeldAppraisal(held, method, same_book, changed, tuple(id for id in now if id not in then))


def _by_id(case: Case, day: date) -> dict[str, Fact]:
    return {fact.id: fact for fact in case.view(day).facts}


def _as_seen(case: Case, earlier: Appraisal) -> Case:
    """The case with the facts of the appraisal in the place of those that the folder holds of its day."""
    own = {fact.id: fact for fact in case.facts}
    tied = {fact.id for fact in case.view(earlier.as_of).facts} - set(own)
    facts = {data.id: _fact(data, own.get(data.id)) for data in earlier.facts if data.id not in tied}
    later = {id: fact for id, fact in own.items() if fact.known_on > earlier.as_of and id not in facts}
    known = {source.id for source in case.sources}
    sources = [*case.sources, *(s for s in _sources(earlier) if s.id not in known)]
    whole = facts | later
    return replace(
        case,
        facts=tuple(whole[id] for id in sorted(whole)),
        sources=tuple(sorted(sources, key=lambda source: source.id)),
    )


def _fact(data: FactData, now: Fact | None) -> Fact:
    """A fact as the appraisal tells it; what it does not tell is as the folder has it."""
    stated: dict[str, Any] = {
        "subject": data.subject,
        "name": data.name,
        "value": data.value,
        "unit": data.unit,
        "period": Period.parse(data.period),
        "known_on": data.known_on,
        "known_to": data.known_to,
        "confidence": data.confidence,
    }
    if now is not None:
        return now if all(getattr(now, key) == value for key, value in stated.items()) else replace(now, **stated)
    return Fact(
        id=data.id,
        source=data.source,
        note=data.note,
        held_because=data.held_because,
        supersedes=None,
        place=Place("appraisal.json"),
        **stated,
    )


def _sources(earlier: Appraisal) -> Iterator[Source]:
    for s in earlier.sources:
        yield Source(s.id, s.publisher, s.title, s.date, s.address, mirror=False, grade=s.grade)
