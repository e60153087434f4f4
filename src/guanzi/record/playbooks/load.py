"""Reading a playbook: a shipped one by its name, or a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, library_files
from guanzi.base.reading import DataPath, TextFile, YamlDocument, parse_yaml, read_text, validate_data
from guanzi.record.playbooks.inherit import inherited, unknown_names
from guanzi.record.playbooks.schema import Playbook

MOST_BYTES = 500_000
"""Size of a playbook; the largest that is shipped has a tenth of it."""
FOLDER = "playbooks"


def playbook_names() -> tuple[str, ...]:
    """Names of the playbooks that are shipped or brought by an extension, in alphabetical order."""
    return tuple(sorted(_shipped_files()))


def playbook_called(name: str) -> str:
    """What a playbook of the library is called within a sentence, in both languages; its name where it is not there."""
    return load_playbook(name).called if name in playbook_names() else name


def load_playbook(name_or_path: str | Path) -> Playbook:
    """Read a playbook.

    Args:
        name_or_path: Id of a shipped playbook, e.g. ``hefei``, what its name begins with in either language, or the
            path of a YAML file.

    Raises:
        InvalidInput: No such playbook, or a file that does not follow the format; with all problems and places.
    """
    names = playbook_names()
    if str(name_or_path) in names:
        return _shipped(str(name_or_path))
    path = Path(name_or_path)
    if not path.is_file():
        wanted = str(name_or_path).casefold()
        for playbook in map(_shipped, names):
            begins = len(wanted) > 1 and playbook.called.zh.casefold().startswith(wanted)
            if begins or wanted == playbook.called.casefold():
                return playbook
        cause = Message.of("playbooks.error.not_found", name=str(name_or_path))
        raise InvalidInput(Problem(cause, Place(str(path)), Message.of("playbooks.error.not_found.mend", names=names)))
    return _playbook(parse_yaml(read_text(path, str(path), most=MOST_BYTES)))


@cache
def _shipped_files() -> dict[str, TextFile]:
    texts = {file.name: file.read_text("utf-8") for file in library_files(FOLDER, ".yaml")}
    return {
        name.removesuffix(".yaml"): TextFile(f"{FOLDER}/{name}", text, tuple(text.split("\n")))
        for name, text in texts.items()
    }


@cache
def _shipped(name: str) -> Playbook:
    return _playbook(parse_yaml(_shipped_files()[name]))


def parse_playbook(text: str, file: str) -> Playbook:
    """Read a playbook from its text; ``file`` is how errors call it. Raises :class:`InvalidInput`."""
    return _playbook(parse_yaml(TextFile(file, text, tuple(text.split("\n")))))


def _playbook(document: YamlDocument) -> Playbook:
    """The playbook of a file, over the one that it extends."""
    own = document.data
    whole = _with_parent(document) if isinstance(own, dict) and "extends" in own else own

    def report(path: DataPath, cause: Message, fix: Message | None, at_key: bool) -> Problem:
        return document.problem(_own_path(path, whole, own), cause, fix or _fix(), at_key=at_key)

    try:
        return validate_data(Playbook, whole, report)
    except InvalidInput as error:
        raise InvalidInput(sorted(error.problems, key=lambda p: p.place)) from error


def _fix() -> Message:
    return Message.of("playbooks.error.mend")


def _with_parent(document: YamlDocument) -> dict[str, Any]:
    """What the file says over what the shipped playbook says that it extends."""
    own, name = document.data, document.data["extends"]
    if name not in playbook_names():
        cause = Message.of("playbooks.error.not_found", name=str(name))
        fix = Message.of("playbooks.error.extends.mend", names=playbook_names())
        raise InvalidInput(document.problem(("extends",), cause, fix))
    parent = _plain(load_playbook(name).model_dump())
    problems = list(_not_there(document, parent, str(name)))
    if problems:
        raise InvalidInput(problems)
    return inherited(own, parent)


def _not_there(document: YamlDocument, parent: dict[str, Any], name: str) -> Iterator[Problem]:
    for key, wrong in unknown_names(document.data, parent).items():
        for n, given in enumerate(document.data.get(key) or ()):
            if str(given) in wrong:
                cause = Message.of("playbooks.error.not_in_parent", name=str(given), parent=name)
                yield document.problem((key, n), cause, _fix())


def _plain(value: Any) -> Any:
    """Lists in place of tuples, as a file gives them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


def _own_path(path: DataPath, whole: Any, own: Any) -> DataPath:
    """Where a part of the whole playbook stands in the file: items of lists are found by what they say."""
    if whole is own or len(path) < 2 or not isinstance(path[1], int) or not isinstance(own.get(path[0]), list):
        return path
    item = whole[path[0]][path[1]]
    return (path[0], own[path[0]].index(item), *path[2:]) if item in own[path[0]] else path[:1]
