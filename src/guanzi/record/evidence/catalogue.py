"""The cases that are shipped with the product, and how a case is found by name or folder."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, meant
from guanzi.base.reading import read_yaml

_FILES = frozenset({".csv", ".json", ".jsonl", ".pdf", ".tsv", ".txt", ".xlsx", ".yaml", ".yml"})


def builtin_cases() -> tuple[str, ...]:
    """Names of the shipped cases, in alphabetical order."""
    folder = _folder()
    if not folder.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in folder.iterdir() if (entry / "case.yaml").is_file()))


def replayed_cases() -> tuple[str, ...]:
    """Names of the shipped cases that the backtest scores: those of the day on which its method was fixed."""
    path = _folder().parent / "outcomes" / "replayed.yaml"
    return tuple(read_yaml(path, path.name).data["cases"])


def find_case(name_or_folder: str) -> Path:
    """The folder of a case: that of a shipped case if it has this name, otherwise the folder itself.

    A name with a separator, such as ``./nio-hefei-2020``, always means the folder.

    Raises:
        InvalidInput: There is neither (the fix names the nearest shipped case), or there are both, and one of them
            would be passed over in silence.
    """
    names = builtin_cases()
    folder = Path(name_or_folder)
    if name_or_folder in names:
        shipped = _folder() / name_or_folder
        if folder.is_dir() and folder.resolve() != shipped.resolve():
            cause = Message.of("evidence.case.ambiguous", name=name_or_folder)
            fix = Message.of("evidence.case.ambiguous.mend", folder=f"./{name_or_folder}")
            raise InvalidInput(Problem(cause, Place(""), fix, excerpt=name_or_folder))
        return shipped
    if folder.is_dir():
        return folder
    if folder.is_file() or folder.suffix.lower() in _FILES:
        kind = "file" if folder.is_file() else "no_file"
        cause = Message.of(f"evidence.case.{kind}", name=name_or_folder)
        raise InvalidInput(Problem(cause, Place(""), Message.of("evidence.case.file.mend"), excerpt=name_or_folder))
    fix = meant(name_or_folder, names, Message.of("evidence.case.not_found.mend", names=names))
    cause = Message.of("evidence.case.not_found", name=name_or_folder)
    raise InvalidInput(Problem(cause, Place(""), fix, excerpt=name_or_folder))


def _folder() -> Path:
    return Path(str(files("guanzi"))) / "library" / "cases"
