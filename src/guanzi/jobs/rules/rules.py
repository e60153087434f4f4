"""Public rules: the rules of all packs, one of them, and packs of one's own checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.deal import compliance
from guanzi.jobs.rules.declared import RuleRequest, RulesRequest
from guanzi.jobs.rules.packselection import check_known


@dataclass(frozen=True, slots=True)
class FoundRule:
    """A rule with its pack, among all packs that were read."""

    pack: compliance.Pack
    rule: compliance.Rule
    packs: compliance.Packs


def list_rules(request: RulesRequest) -> list[FoundRule]:
    """The rules of all packs, or of those that are named.

    Raises:
        InvalidInput: There is no such pack, or those of the folder have errors.
    """
    packs, named = compliance.packs_with(request.folder), request.named
    check_known(named, packs)
    return [FoundRule(pack, rule, packs) for pack, rule in packs.rules if not named or pack.id in named]


def find_rule(request: RuleRequest) -> FoundRule:
    """One rule by its id.

    Raises:
        InvalidInput: There is none; the nearest id is proposed.
    """
    packs, id = compliance.packs_with(request.folder), request.id
    found = packs.rule(id.upper())
    if found is None:
        ids = [rule.id for _, rule in packs.rules]
        fix = Message.of("desk.rules.no_rule.mend", id=nearest(id.upper(), ids) or ids[0])
        raise InvalidInput(Problem(Message.of("desk.rules.no_rule", id=id), Place(""), fix, excerpt=id))
    return FoundRule(*found, packs)


def check_packs(path: Path) -> compliance.Packs:
    """Packs of one's own, read with those that lie beside them.

    Raises:
        InvalidInput: Everything that is wrong with them.
    """
    documents = compliance.pack_documents(path)
    return compliance.read_packs(documents, compliance.beside(documents))


def data(found: FoundRule) -> dict[str, Any]:
    """A rule as plain data, with its pack and its source."""
    source = found.pack.form.sources[found.rule.source]
    plain: dict[str, Any] = found.rule.model_dump(mode="json", exclude_none=True)
    return {"pack": found.pack.id, **plain, "source": source.model_dump(mode="json", exclude_none=True)}


def list_data(rows: list[FoundRule]) -> list[dict[str, Any]]:
    """Rules as plain data."""
    return [data(row) for row in rows]
