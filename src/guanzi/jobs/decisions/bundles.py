"""Export a decision as a folder of plain files, and verify such a folder without ledger or case."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import (
    InvalidInput,
    Message,
    Place,
    Problem,
    is_slug,
    publish,
    read_input,
    render,
    scratch_directory,
    sha256_of,
)
from guanzi.base.core import unreadable as not_readable
from guanzi.jobs.decisions.ledgers import Request as Ledger
from guanzi.jobs.decisions.ledgers import database, key_of, known_key, ledger_problem, read_key, read_words, store_of
from guanzi.jobs.shared.results import refusing
from guanzi.record.evidence import find_case, load_case, open_case
from guanzi.record.ledger import (
    ALWAYS,
    CHECKPOINT,
    EVIDENCE,
    MANIFEST,
    RECORD,
    SOMETIMES,
    DecisionEntry,
    ExaminedBundle,
    ExaminedRecord,
    Expected,
    entries_of,
    examine,
    make_bundle,
    read_record,
)

MOST_FILE = 100_000_000
_DRAFTS = ".guanzi-bundle-"


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle: where it lies, its files, the number of its decision, its checkpoint and the public key of the log."""

    folder: Path
    files: tuple[str, ...]
    seq: int
    checkpoint: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Request:
    """Which bundle, and what is known from elsewhere.

    Attributes:
        bundle: The folder.
        case: Id or folder of the case that it should be of; None: any.
        verifiers: Public keys, in one word each, that must have signed.
        kept: Files of checkpoints that were kept.
    """

    bundle: Path
    case: str | None = None
    verifiers: tuple[str, ...] = ()
    kept: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleVerdict:
    """What a bundle holds, what is wrong with it, and what the reader brought to hold it against."""

    found: ExaminedBundle
    verifiers: tuple[str, ...]
    kept: int

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.found.problems


def export(request: Ledger, out: Path, number: int | None = None) -> Exported:
    """Write the newest decision on a case, or that of a number, into a new folder.

    Raises:
        InvalidInput: There is no such decision, ledger or key; the folder is there; a kept file was changed.
    """
    case = open_case(request.case).id
    store, signer = store_of(request), read_key(key_of(request))
    if out.exists() or out.is_symlink():
        raise InvalidInput(ledger_problem("bundle_exists", str(out)))
    with database(store), store.reading() as log:
        if str(signer.verifier) != log.verifier:
            raise InvalidInput(ledger_problem("other_key", "--key", name=signer.name, own=log.verifier))
        held = [h for h in entries_of(log, case) if isinstance(h.entry, DecisionEntry)]
        chosen = [h for h in held if number is None or h.seq == number]
        if not chosen:
            raise InvalidInput(_no_decision(store.shown, case, number))
        files = make_bundle(log, chosen[-1], readme(), signer)
    found = examine(files, Expected(case))
    if found.problems:
        raise InvalidInput(found.problems)
    with refusing(out):
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        with scratch_directory(out.absolute().parent, _DRAFTS) as work:
            draft = work / "bundle"
            draft.mkdir()
            for name, content in files.items():
                (draft / name).write_bytes(content)
            publish(draft, out.absolute())
    return Exported(out, tuple(sorted(files)), chosen[-1].seq, files[CHECKPOINT].decode(), str(signer.verifier))


def export_data(exported: Exported) -> dict[str, Any]:
    """What was written, as plain data."""
    return {
        "folder": str(exported.folder),
        "files": list(exported.files),
        "entry": exported.seq,
        "checkpoint": exported.checkpoint,
        "verifier": exported.verifier,
    }


def readme() -> str:
    """What a person should know who finds the folder, in every language."""
    return "\n".join(render(Message.of("ledger.readme"), lang) for lang in ("en", "zh")) + "\n"


def verify(request: Request) -> BundleVerdict:
    """Everything that is wrong with a bundle; nothing but the folder is read, unless a folder of a case is named.

    Raises:
        InvalidInput: There is no such folder, it is no bundle at all, or what should be known from elsewhere cannot be
            read.
    """
    keys = {word: known_key(word) for word in request.verifiers}
    kept = {str(path): read_words(path) for path in request.kept}
    case, folder = _case(request.case)
    files, problems = _files(request.bundle)
    found = examine(files, Expected(case, keys, kept))
    found.problems[:0] = problems
    if folder is not None and found.decision is not None and found.decision.body.case == case:
        _held_against(found, files, folder)
    found.problems[:] = [_in_folder(p, request) for p in found.problems]
    return BundleVerdict(found, request.verifiers, len(kept))


def is_record(folder: Path) -> bool:
    """Whether a folder is the record of a case rather than the bundle of a decision."""
    return (folder / RECORD).is_file()


def verify_record(folder: Path, verifiers: tuple[str, ...] = ()) -> ExaminedRecord:
    """Everything that the record of a case holds and that is wrong with it; nothing but the folder is read.

    Raises:
        InvalidInput: The folder or a key cannot be read.
    """
    keys = [str(known_key(word)) for word in verifiers]
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise not_readable(error, str(folder)) from error
    plain = [path for path in paths if path.is_file() and not path.is_symlink()]
    found = read_record({path.name: read_input(path, most=MOST_FILE) for path in plain})
    for path in paths:
        if path not in plain:
            found.wrong(path.name, "added")
    for key in keys:
        if key != str(found.own):
            found.wrong("keys.txt", "keys")
    return found


def record_data(found: ExaminedRecord) -> dict[str, Any]:
    """What a record holds, as plain data."""
    return {
        "sound": not found.problems,
        "problems": [{"file": p.place.file, "what": p.cause.id.rpartition(".")[2]} for p in found.problems],
        "log": found.checkpoint.origin if found.checkpoint else None,
        "entries": [line.as_data() for line in found.lines],
        "files": sorted(found.files),
        "verifier": str(found.own) if found.own else None,
    }


def data(verified: BundleVerdict) -> dict[str, Any]:
    """What was found, as plain data."""
    found = verified.found
    checkpoint = found.checkpoint
    return {
        "sound": verified.sound,
        "problems": [
            {"file": p.place.file, "what": p.cause.id.rpartition(".")[2], **dict(p.cause.params)}
            for p in found.problems
        ],
        "case": found.decision.body.case if found.decision else None,
        "entry": found.manifest.entry if found.manifest else None,
        "decision": found.decision.model_dump(mode="json") if found.decision else None,
        "opened": dict(found.opened),
        "forgotten": dict(found.erased),
        "withheld": list(found.withheld),
        "others": [{"entry": o.seq, **o.entry.model_dump(mode="json")} for o in found.others],
        "log": checkpoint.origin if checkpoint else None,
        "entries": checkpoint.size if checkpoint else None,
        "root": checkpoint.root.hex() if checkpoint else None,
        "verifier": str(found.own) if found.own else None,
        "witnesses": {name: seen.isoformat() for name, seen in found.seen.items()},
        "key_known": verified.sound and str(found.own) in verified.verifiers,
        "kept": verified.kept,
    }


def _no_decision(ledger: str, case: str, number: int | None) -> Problem:
    if number is None:
        return ledger_problem("no_decision", ledger, case=case)
    return ledger_problem("no_such_decision", ledger, case=case, entry=str(number))


def _case(text: str | None) -> tuple[str | None, Path | None]:
    """The id of a case, and its folder where it is at hand."""
    if text is None:
        return None, None
    if Path(text).is_dir() or not is_slug(text):
        folder = find_case(text)
        return load_case(folder).id, folder
    return text, None


def _files(bundle: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of a folder by name; links, folders and whatever else is no plain file are problems."""
    try:
        names = sorted(entry.name for entry in os.scandir(bundle))
    except OSError as error:
        raise not_readable(error, str(bundle)) from error
    if not set(names) & {*ALWAYS, *SOMETIMES, MANIFEST}:
        fix = Message.of("ledger.bundle.none.mend")
        raise InvalidInput(Problem(Message.of("ledger.bundle.none"), Place(str(bundle)), fix))
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name in names:
        path = bundle / name
        if path.is_symlink() or not path.is_file():
            problems.append(_wrong("no_file", name))
        elif name not in (*ALWAYS, *SOMETIMES, MANIFEST):
            files[name] = b""  # whatever it holds, it is one too many
        else:
            files[name] = read_input(path, most=MOST_FILE)
    return files, problems


def _held_against(found: ExaminedBundle, files: Mapping[str, bytes], folder: Path) -> None:
    """Whether the case says today of that day what the bundle says."""
    if found.decision is None or EVIDENCE not in files:
        return
    view = load_case(folder).view(date.fromisoformat(found.decision.body.as_of))
    if view.sha256 != sha256_of(files[EVIDENCE]):
        found.problems.append(_wrong("case_differs", EVIDENCE, case=str(folder)))


def _wrong(what: str, name: str, /, **params: str) -> Problem:
    fix = Message.of("ledger.bundle.mend")
    return Problem(Message.of(f"ledger.bundle.{what}", **params), Place(name), fix)


def _in_folder(problem: Problem, request: Request) -> Problem:
    kept = {str(path) for path in request.kept}
    if problem.place.file in kept:
        return problem
    place = Place(str(request.bundle / problem.place.file))
    return Problem(problem.cause, place, problem.fix)
