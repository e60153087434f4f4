"""Reading a playbook: a shipped one by its name, or a file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from guanzi.base.core import InvalidInput, Message, Place, Problem, read_input
from guanzi.record.playbooks.inherit import inherited, unknown_names
from guanzi.record.playbooks.schema import Playbook

MAX_DEPTH = 50
MOST_BYTES = 500_000
"""Size of a playbook; the largest that is shipped has a tenth of it."""


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
    return parse_playbook(_text_of(path), str(path))


def _text_of(path: Path) -> str:
    content = read_input(path, most=MOST_BYTES)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace").split("\n")
        cause = Message.of("playbooks.error.not_utf8", byte=f"0x{content[error.start]:02X}")
        place = Place(str(path), len(before), len(before[-1]) + 1)
        raise InvalidInput(Problem(cause, place, Message.of("playbooks.error.not_utf8.mend"))) from error


@cache
def _shipped(name: str) -> Playbook:
    file = f"{name}.yaml"
    return parse_playbook(files("guanzi.library").joinpath("playbooks", file).read_text("utf-8"), file)


def parse_playbook(text: str, file: str) -> Playbook:
    """Read a playbook from its text; ``file`` is how errors call it. Raises :class:`InvalidInput`."""
    node, data = _read_yaml(text, file)
    whole = _with_parent(data, node, file) if isinstance(data, dict) and "extends" in data else data
    try:
        return Playbook.model_validate(whole)
    except ValidationError as error:
        problems = [
            Problem(
                Message.of("playbooks.error.field", reason=str(e["msg"])),
                _place(node, _own_place(e["loc"], whole, data), file),
                Message.of("playbooks.error.mend"),
                excerpt=str(e.get("input", ""))[:80],
            )
            for e in error.errors()
        ]
        raise InvalidInput(sorted(problems, key=lambda p: p.place)) from error


class _Loader(yaml.SafeLoader):
    """Refuses what a short file could expand with beyond all bounds: aliases, and nesting without an end."""

    file = ""
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
        place = Place(self.file, mark.line + 1, mark.column + 1)
        if self.check_event(yaml.AliasEvent):
            cause, mend = Message.of("playbooks.error.alias"), Message.of("playbooks.error.alias.mend")
            raise InvalidInput(Problem(cause, place, mend))
        if self.depth >= MAX_DEPTH:
            cause, mend = Message.of("playbooks.error.too_deep", depth=MAX_DEPTH), Message.of("playbooks.error.mend")
            raise InvalidInput(Problem(cause, place, mend))
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _read_yaml(text: str, file: str) -> tuple[yaml.Node | None, Any]:
    """The tree of a file with its places, and what it holds."""
    try:
        loader = _Loader(text)
        loader.file = file
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node is not None else None
    except yaml.reader.ReaderError as error:
        before = text[: error.position].split("\n")
        place = Place(file, len(before), len(before[-1]) + 1)
        cause = Message.of("playbooks.error.character", code=f"U+{ord(text[error.position]):04X}")
        raise InvalidInput(Problem(cause, place, Message.of("playbooks.error.not_utf8.mend"))) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        cause = Message.of("playbooks.error.yaml", reason=str(error.problem))
        raise InvalidInput(Problem(cause, place, Message.of("playbooks.error.yaml.mend"))) from error
    except ValueError as error:  # a day that no calendar has
        cause, mend = Message.of("playbooks.error.yaml", reason=str(error)), Message.of("playbooks.error.yaml.mend")
        raise InvalidInput(Problem(cause, Place(file), mend)) from error


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
