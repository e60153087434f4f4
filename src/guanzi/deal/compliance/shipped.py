"""Where packs lie: those that are shipped, and a folder of your own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, library_files
from guanzi.base.reading import TextFile, YamlDocument, parse_yaml, read_yaml
from guanzi.deal.compliance.reading import Packs, read_packs

_ORDER = ("cn", "eu", "uk", "us", "us-chips", "wto", "good-practice")


@cache
def shipped_packs() -> Packs:
    """The packs of the library and of extensions: law by country first, then world trade, then good practice."""
    held = sorted(library_files("rules", ".yaml"), key=lambda file: _place(file.name.removesuffix(".yaml")))
    texts = [(file.name, file.read_text("utf-8")) for file in held]
    return read_packs([parse_yaml(TextFile(name, text, tuple(text.splitlines()))) for name, text in texts])


def _place(pack: str) -> tuple[int, str]:
    return (_ORDER.index(pack), "") if pack in _ORDER else (-1, pack)


def packs_with(folder: Path | None) -> Packs:
    """The shipped packs, and those of a folder (or one file) of your own; of two with one id, your own.

    Raises:
        InvalidInput: There is nothing to read, or something is wrong with it.
    """
    if folder is None:
        return shipped_packs()
    documents = pack_documents(folder)
    others = beside(documents)
    own = read_packs(documents, others)
    return Packs((*others.packs, *own.packs), own.questions)


def beside(documents: Sequence[YamlDocument]) -> Packs:
    """The shipped packs, but for those that some documents replace by a pack of the same id."""
    taken = {document.data.get("pack") for document in documents if isinstance(document.data, dict)}
    kept = tuple(pack for pack in shipped_packs().packs if pack.id not in taken)
    return Packs(kept, {name: question for pack in kept for name, question in pack.form.questions.items()})


def pack_documents(path: Path) -> list[YamlDocument]:
    """The packs of a folder, in the order of their names, or the one in a file.

    Raises:
        InvalidInput: There is none, or a file is no YAML.
    """
    paths = sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.is_file() else []
    if not paths:
        cause = Message.of("compliance.problem.nothing", path=str(path))
        raise InvalidInput(Problem(cause, Place(str(path)), Message.of("compliance.problem.nothing.mend")))
    return [read_yaml(found) for found in paths]
