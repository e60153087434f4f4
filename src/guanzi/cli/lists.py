"""Lists in FollowTheMoney form: who is on them, and who is behind whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, Progress, dump_json, render
from guanzi.cli.screen import check_schema, plain_match
from guanzi.cli.speech import say
from guanzi.record.evidence import ENTITIES, Entity, find_case, load_case, read_entities
from guanzi.study import screening as entities

_TIES = frozenset(
    {"Ownership", "Directorship", "Address", "Membership", "Employment", "Family", "Associate", "Sanction"}
)


def search_names(file: Path, names: Sequence[str], schema: str, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, whom names resemble on a list.

    Args:
        file: The list.
        names: Names asked for.
        schema: Kind of bearer; ``LegalEntity`` lets the words decide.
        lang: Language.
        as_json: Print JSON alone.
    """
    check_schema(schema)
    _show([(name, schema) for name in names], [file], lang, as_json)


def search_case(case: str, lists: Sequence[Path], lang: str, as_json: bool) -> None:
    """Search the company of a case and its people and companies in lists.

    Args:
        case: Folder, or name of a shipped case.
        lists: The lists.
        lang: Language.
        as_json: Print JSON alone.
    """
    found = load_case(find_case(case))
    asked = [(name, "Company") for name in (found.company.name, found.company.name_zh) if name]
    own = found.folder / ENTITIES
    if own.is_file():
        asked += [(name, e.schema) for e in read_entities(own) if e.schema not in _TIES for name in e.names]
    elif not as_json:
        print(say("cli.screen.no_entities", lang, file=ENTITIES))
    _show(list(dict.fromkeys(asked)), lists, lang, as_json)


def _show(asked: Sequence[tuple[str, str]], lists: Sequence[Path], lang: str, as_json: bool) -> None:
    bearers = [(file, e) for file in lists for e in read_entities(file) if e.schema not in _TIES]
    rows = [(file, e, name) for file, e in bearers for name in e.names]
    named = {file for file, _, _ in rows}
    empty = [file for file in lists if file not in named]
    if empty:  # nobody is on an empty list: that would clear everybody
        cause, mend = Message.of("cli.screen.empty_list"), Message.of("cli.screen.empty_list.mend")
        raise InvalidInput([Problem(cause, Place(str(file)), mend) for file in empty])
    with Progress(Message.of("cli.progress.names"), len(rows), lang=lang) as progress:
        index = entities.build_index([name for _, _, name in rows], [e.schema for _, e, _ in rows], progress.advance)
    out: list[dict[str, Any]] = []
    for name, schema in asked:
        hits: list[dict[str, Any]] = []
        for hit in index.search(name, schema):
            file, entity, listed = rows[hit.entry]
            match = entities.compare(name, listed, schema)
            if match.matched and entity.id not in {h["id"] for h in hits}:
                hits.append({"list": str(file), "id": entity.id, "name": listed, **plain_match(match, lang)})
        out.append({"asked": name, "hits": hits})
    if as_json:
        print(dump_json({"names": len(asked), "entries": len(rows), "results": out}), end="")
        return
    for result in out:
        print(say("cli.screen.hits", lang, name=result["asked"], n=len(result["hits"])))
        for found in result["hits"]:
            print(say("cli.screen.hit", lang, name=found["name"], id=found["id"], score=found["score"]))
            for why in found["why"]:
                print("    · " + why["text"])


def show_behind(file: Path, entity: str, buyers: Sequence[str], lang: str, as_json: bool) -> None:
    """Print, or write as JSON, who is behind a company.

    Args:
        file: Entities with their ties.
        entity: Id of the company.
        buyers: Ids of those who buy from it, to be told apart: independent, or of the same hand.
        lang: Language.
        as_json: Print JSON alone.
    """
    known: dict[str, Entity] = {e.id: e for e in read_entities(file)}
    mend = Message.of("cli.screen.no_such_entity.mend")
    unknown = [Message.of("cli.screen.no_such_entity", id=id) for id in (entity, *buyers) if id not in known]
    if unknown:
        raise InvalidInput([Problem(cause, Place(str(file)), mend) for cause in unknown])
    ties = entities.ties_of(known.values())
    try:
        behind = entities.who_is_behind(entity, ties.holdings)
    except entities.TooMuchHeld as error:
        cause = Message.of("cli.screen.too_much_held", id=error.company, share=error.share)
        raise InvalidInput(Problem(cause, Place(str(file)), Message.of("cli.screen.too_much_held.mend"))) from None
    related = entities.related_buyers(entity, buyers, ties.holdings)
    circles = entities.circles(ties.holdings)
    common = [*entities.shared(ties.directors), *entities.shared(ties.addresses)]
    if as_json:
        document: dict[str, Any] = {
            "behind": [
                {
                    "id": one.owner,
                    "direct": one.direct,
                    "effective": one.effective,
                    "controls": one.controls,
                    "weakest_link": one.weakest_link,
                }
                for one in behind
            ],
            "circles": circles,
            "shared": [{"by": by, "companies": of} for by, of in common],
            "without_percentage": ties.unstated,
        }
        if buyers:
            document["related_buyers"] = [{"id": buyer, "through": owner} for buyer, owner in related]
        print(dump_json(document), end="")
        return

    def called(id: str) -> str:
        return known[id].first("name") or id if id in known else id

    for one in behind:
        word = "controls" if one.controls else "holds"
        print(
            say(f"cli.screen.behind.{word}", lang, name=called(one.owner), direct=one.direct, effective=one.effective)
        )
    if not behind:
        print(say("cli.screen.behind.nobody", lang))
    for circle in circles:
        print(say("cli.screen.circle", lang, names=tuple(called(id) for id in circle)))
    for by, of in common:
        print(say("cli.screen.shared", lang, by=called(by), names=tuple(called(id) for id in of)))
    for buyer, owner in related:
        word = "owner" if buyer == owner else "through"
        print(say(f"cli.screen.related_buyer.{word}", lang, buyer=called(buyer), owner=called(owner)))
    if buyers and not related:
        print(say("cli.screen.no_related_buyer", lang))
    if ties.unstated:
        print(render(Message.of("cli.screen.unstated", n=len(ties.unstated)), lang))
