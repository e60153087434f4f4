"""Companies, people and what ties them, in the form of FollowTheMoney: one JSON object a line.

The format is that of the FollowTheMoney project: an ``id``, a ``schema`` (``Company``, ``Person``, ``Ownership``,
``Directorship``, ``Address``, …) and ``properties``, each a list of texts. Nothing is lost: schemas, properties and
further fields that we do not know are kept and written back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import TextFile, read_text

#: Schemas that tie two entities, and the properties that name the two.
ENDS_OF_TIE: Mapping[str, tuple[str, str]] = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "UnknownLink": ("subject", "object"),
}


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity: a company, a person, an address, or a tie between two such as an ownership.

    Attributes:
        id: Its id, unique in the file.
        schema: Its kind, e.g. ``Company``.
        properties: Name of a property to its values.
        rest: Further fields of the object, as they stood.
        line: Line of the file; 0 when it was not read.
    """

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]]
    rest: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0

    def first(self, *names: str) -> str:
        """The first value of the first of these properties that has one; empty when none has."""
        return next((self.properties[name][0] for name in names if self.properties.get(name)), "")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by: name, alias, previous and weak names, each once."""
        kinds = ("name", "alias", "previousName", "weakAlias", "abbreviation")
        return tuple(dict.fromkeys(value for kind in kinds for value in self.properties.get(kind, ())))


def read_entities(path: Path, name: str | None = None) -> tuple[Entity, ...]:
    """Read a file of entities, one JSON object a line; empty lines are passed over.

    Args:
        path: The file.
        name: How places call it; its path when not given.

    Raises:
        InvalidInput: Every line that is no entity, with its number, and ids that stand twice.
    """
    name = name or str(path)
    found, problems = scan_entities(read_text(path, name), name)
    if problems:
        raise InvalidInput(problems)
    return found


def scan_entities(file: TextFile, name: str) -> tuple[tuple[Entity, ...], list[Problem]]:
    """The entities of a text that can be read, and what is wrong with the other lines; see :func:`read_entities`."""
    found: list[Entity] = []
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(file.lines, 1):
        if not line.strip():
            continue
        place = Place(name, number)
        try:
            data = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            column = getattr(error, "colno", 1)
            cause, fix = Message.of("evidence.entities.no_json"), Message.of("evidence.entities.no_json.mend")
            problems.append(file.problem(cause, Place(name, number, column), fix))
            continue
        entity = _entity(data, number)
        if isinstance(entity, Message):
            problems.append(file.problem(entity, place, Message.of("evidence.entities.form.mend")))
        elif entity.id in lines:
            cause = Message.of("evidence.entities.twice", id=entity.id, line=lines[entity.id])
            problems.append(file.problem(cause, place))
        else:
            lines[entity.id] = number
            found.append(entity)
    return tuple(found), problems


def _entity(data: Any, line: int) -> Entity | Message:
    if not isinstance(data, dict):
        return Message.of("evidence.entities.no_object")
    for key in ("id", "schema"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            return Message.of("evidence.entities.lacks", field=key)
    properties = data.get("properties", {})
    sound = isinstance(properties, dict) and all(
        isinstance(values, list) and all(isinstance(value, str) for value in values) for values in properties.values()
    )
    if not sound:
        return Message.of("evidence.entities.properties")
    rest = {key: value for key, value in data.items() if key not in ("id", "schema", "properties")}
    return Entity(data["id"], data["schema"], {k: tuple(v) for k, v in properties.items()}, rest, line)
