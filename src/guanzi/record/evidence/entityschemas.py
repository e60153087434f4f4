"""Entities held against the schemas of FollowTheMoney, where its library is installed (extra ``entities``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from guanzi.base.core import Message, Place, Problem, meant
from guanzi.record.evidence.entities import read_entities
from guanzi.record.evidence.entityfile import ENTITIES


def schema_problems(folder: Path) -> Iterator[Problem]:
    """Warnings on schemas and properties that FollowTheMoney does not know: other tools would not read them.

    Args:
        folder: The folder of a case; without entities, or without the library, there is nothing to say.

    Raises:
        InvalidInput: The file of entities cannot be read.
    """
    path = folder / ENTITIES
    if not path.is_file() or find_spec("followthemoney") is None:
        return
    from followthemoney import model  # loads late: only who checks a case with entities needs it

    for entity in read_entities(path, ENTITIES):
        schema = model.get(entity.schema)
        if schema is None:
            cause = Message.of("evidence.entities.no_schema", schema=entity.schema)
            yield _warning(entity.line, "schema", cause, entity.schema, [known.name for known in model])
            continue
        for name in entity.properties:
            if name not in schema.properties:
                cause = Message.of("evidence.entities.no_property", schema=entity.schema, field=name)
                yield _warning(entity.line, name, cause, name, schema.properties)


def _warning(line: int, field: str, cause: Message, word: str, known: Iterable[str]) -> Problem:
    fix = meant(word, known, Message.of("evidence.entities.no_schema.mend"))
    return Problem(cause, Place(ENTITIES, line, field=field), fix, "warning")
