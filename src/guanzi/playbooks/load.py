"""Reading a playbook: a shipped one by its name, or a file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from guanzi.core import InvalidInput, Message, Place, Problem
from guanzi.playbooks.inherit import inherited, unknown_names
from guanzi.playbooks.schema import Playbook


def playbook_names() -> tuple[str, ...]:
    """Names of the playbooks that are shipped, in alphabetical order."""
    folder = files("guanzi.library").joinpath("playbooks")
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")))


def load_playbook(name_or_path: str | Path) -> Playbook:
    """Read a playbook.

    Args:
        name_or_path: Name of a shipped playbook, e.g. ``hefei``, or the path of a YAML file.

    Raises:
        InvalidInput: No such playbook, or a file that does not follow the format; with all problems and places.
    """
    names = playbook_names()
    if str(name_or_path) in names:
        return _shipped(str(name_or_path))
    path = Path(name_or_path)
    if not path.is_file():
        cause = Message.of("playbooks.error.not_found", name=str(name_or_path))
        raise InvalidInput(Problem(cause, Place(str(path)), Message.of("playbooks.error.not_found.mend", names=names)))
    return parse_playbook(path.read_text("utf-8"), str(path))


@cache
def _shipped(name: str) -> Playbook:
    file = f"{name}.yaml"
    return parse_playbook(files("guanzi.library").joinpath("playbooks", file).read_text("utf-8"), file)


def parse_playbook(text: str, file: str) -> Playbook:
    """Read a playbook from its text; ``file`` is how errors call it. Raises :class:`InvalidInput`."""
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        cause = Message.of("playbooks.error.yaml", reason=str(error.problem))
        raise InvalidInput(Problem(cause, place)) from error
    whole = _with_parent(data, node, file) if isinstance(data, dict) and "extends" in data else data
    try:
        return Playbook.model_validate(whole)
    except ValidationError as error:
        problems = [
            Problem(
                Message.of("playbooks.error.field", reason=str(e["msg"])),
                _place(node, _own_place(e["loc"], whole, data), file),
                excerpt=str(e.get("input", ""))[:80],
            )
            for e in error.errors()
        ]
        raise InvalidInput(sorted(problems, key=lambda p: p.place)) from error


def _with_parent(data: dict[str, Any], node: yaml.Node | None, file: str) -> dict[str, Any]:
    """What the file says over what the shipped playbook says that it extends."""
    name = data["extends"]
    if name not in playbook_names():
        cause = Message.of("playbooks.error.not_found", name=str(name))
        mend = Message.of("playbooks.error.extends.mend", names=playbook_names())
        raise InvalidInput(Problem(cause, _place(node, ("extends",), file), mend, excerpt=str(name)))
    parent = load_playbook(name).model_dump(mode="json")
    problems = [
        Problem(
            Message.of("playbooks.error.not_in_parent", name=wrong, parent=str(name)),
            _place(node, (key,), file),
            excerpt=wrong,
        )
        for key, names in unknown_names(data, parent).items()
        for wrong in names
    ]
    if problems:
        raise InvalidInput(problems)
    return inherited(data, parent)


def _own_place(loc: tuple[int | str, ...], whole: Any, data: Any) -> tuple[int | str, ...]:
    """Where a part of the whole playbook stands in the file: items of lists are found by their id."""
    if whole is data or len(loc) < 2 or not isinstance(loc[1], int) or not isinstance(data.get(loc[0]), list):
        return loc
    item = whole[loc[0]][loc[1]]
    return (loc[0], data[loc[0]].index(item), *loc[2:]) if item in data[loc[0]] else loc[:1]


def _place(root: yaml.Node | None, loc: tuple[int | str, ...], file: str) -> Place:
    """Where a field stands: the deepest part of its path that is in the file (pydantic adds names of types)."""
    node: Any = root
    mark = root.start_mark if root is not None else None
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(part)]
            if found:
                mark, node = found[0][0].start_mark, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            mark = node.start_mark
    field = ".".join(str(part) for part in loc)
    return Place(file, mark.line + 1, mark.column + 1, field) if mark else Place(file, field=field)
