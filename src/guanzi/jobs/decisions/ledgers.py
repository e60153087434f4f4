"""The ledger of a case: begin one, check it, let a witness sign it. Where it stands, and where its key lies."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import GuanziError, InvalidInput, Message, Place, Problem, is_slug, read_input, unreadable
from guanzi.base.core import write_file as write_whole
from guanzi.record.evidence import find_case
from guanzi.record.ledger import (
    Checkpoint,
    ClockWentBack,
    Flaw,
    KeyDoesNotFit,
    Log,
    Signer,
    Store,
    Verifier,
    check_log,
    cosign,
    is_consistent,
    read_note,
)

ENDING = ".ledger.sqlite"
_MOST_NOTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """Which ledger, with which key.

    Attributes:
        case: Name or folder of the case, or file of a ledger.
        ledger: File or ``postgresql://`` address of the ledger; None: the file beside the case.
        key: File of the private key; None: :func:`usual_key` of the name of the ledger.
        origin: Whose ledger it is, where one is begun.
        verifiers: Public keys, in one word each, that are known from elsewhere.
        kept: Files of checkpoints that were kept.
    """

    case: str
    ledger: str | None = None
    key: Path | None = None
    origin: str | None = None
    verifiers: tuple[str, ...] = ()
    kept: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """A new ledger: where it stands, where its key lies, and its public key."""

    ledger: str
    key: Path
    verifier: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a ledger, and what it holds."""

    ledger: str
    size: int
    verifier: str
    flaws: tuple[Problem, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A checkpoint that a witness signed: size, the size it had seen before (0: none), its public key, the note."""

    size: int
    before: int
    verifier: str
    note: str
    seen: Path


def store_of(request: Request) -> Store:
    """Where the ledger stands; a folder has it beside itself, a shipped case in the working folder."""
    if request.ledger is not None:
        return Store(request.ledger)
    path = Path(request.case)
    if path.is_file():
        return Store(str(path))
    if path.name in ("", ".."):
        path = path.resolve()
    return Store(str(path.parent / f"{path.name}{ENDING}"))


def usual_key(name: str) -> Path:
    """Where the key of a ledger lies unless told otherwise: with the settings of the person, never with a case."""
    settings = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(settings) / "guanzi" / f"{name.replace('/', '-')}.key"


def key_of(request: Request) -> Path:
    """Where the key of a ledger that is there should lie.

    Raises:
        InvalidInput: There is no such ledger.
    """
    store = store_of(request)
    with database(store), store.reading() as log:
        return request.key or usual_key(log.origin)


def begin(request: Request) -> Begun:
    """Begin a ledger, with a key of its own.

    Raises:
        InvalidInput: There is one already, the key would lie with the case or is none, or the name does not serve.
    """
    store = store_of(request)
    origin = request.origin or Path(request.case).resolve().name
    key = request.key or usual_key(origin)
    problems = list(_wrong_places(request, store, key))
    if not is_slug(origin.replace("/", "-").lower()):
        problems.append(ledger_problem("name", "--name", name=origin))
    if problems:
        raise InvalidInput(problems)
    signer = Signer.generate(origin)
    _write_key(key, signer)
    try:
        with database(store, new=True):
            store.create(signer)
    except GuanziError:
        key.unlink()  # it signed nothing that anybody has
        raise
    return Begun(store.shown, key, str(signer.verifier))


def check(request: Request) -> Checked:
    """Everything that is wrong with a ledger: rows changed, removed or reordered, and against kept checkpoints.

    Raises:
        InvalidInput: There is no such ledger.
    """
    store = store_of(request)
    known = {word: known_key(word) for word in request.verifiers}
    notes = {str(path): read_words(path) for path in request.kept}
    with database(store), store.reading() as log:
        problems = [
            ledger_problem("key_not_there", store.shown, key=word)
            for word in known
            if word not in (log.verifier, *log.witnesses())
        ]
        kept = [_kept(name, note, log) for name, note in notes.items()]
        flaws = check_log(log, kept)
        size, verifier = log.size, log.verifier
    problems += [_flaw(store, flaw) for flaw in flaws]
    return Checked(store.shown, size, verifier, tuple(problems), len(kept))


def data(checked: Checked) -> dict[str, Any]:
    """What was found, as plain data."""
    flaws = [{"what": p.cause.id.rpartition(".")[2], **dict(p.cause.params)} for p in checked.flaws]
    return {
        "ledger": checked.ledger,
        "entries": checked.size,
        "verifier": checked.verifier,
        "flaws": flaws,
        "kept": checked.kept,
    }


def witness(request: Request, seen: Path) -> Witnessed:
    """Let a second key sign the newest checkpoint, once it is seen to follow from the one that it signed before.

    Args:
        request: The ledger, and the key of the witness, which is made where there is none.
        seen: File in which the witness keeps what it signed last; it is written anew.

    Raises:
        InvalidInput: Something is wrong with the ledger, or it does not follow from what was seen.
    """
    store, key = store_of(request), request.key or usual_key("witness")
    if request.origin is None and not key.exists():
        raise InvalidInput(ledger_problem("no_key", str(key)))
    signer = read_key(key) if key.exists() else Signer.generate(request.origin or "", witness=True)
    if not signer.witness:
        raise InvalidInput(ledger_problem("no_witness_key", str(key), name=signer.name))
    before = read_words(seen) if seen.exists() else None
    with database(store), store.writing() as log:
        if signer.name == log.origin:
            raise InvalidInput(ledger_problem("own_witness", str(key), name=signer.name))
        flaws = check_log(log)
        if flaws:
            raise InvalidInput([_flaw(store, flaw) for flaw in flaws])
        old = _kept(str(seen), before, log) if before is not None else None
        now = log.checkpoint()
        if old is not None and not _follows(log, old, now):
            raise InvalidInput(ledger_problem("not_following", str(seen), size=old.size, now=now.size))
        if not key.exists():
            _write_key(key, signer)
        note = cosign(log, log.notes()[-1][1], signer)
        write_whole(seen, note)  # before the ledger has it: a witness that forgot what it signed would sign a fork
    return Witnessed(now.size, old.size if old else 0, str(signer.verifier), note, seen)


def _follows(log: Log, old: Checkpoint, now: Checkpoint) -> bool:
    if not old.size:
        return True
    if old.size > now.size:
        return False
    return is_consistent(old.size, now.size, old.root, now.root, log.prove_past(old.size, now.size))


def _kept(name: str, note: str, log: Log) -> Checkpoint:
    """A checkpoint that was kept, signed by the key of this log."""
    try:
        own = Verifier.parse(log.verifier)
        read = read_note(note, [own])
        found = Checkpoint.parse(read.text)
    except ValueError as error:
        raise InvalidInput(ledger_problem("no_checkpoint", name)) from error
    if own.name not in read.names or found.origin != own.name:
        raise InvalidInput(ledger_problem("other_checkpoint", name, name=found.origin, own=own.name))
    return found


def read_key(path: Path) -> Signer:
    """A private key from its file, which nobody but its owner may read.

    Raises:
        InvalidInput: There is none, it is none, or others may read it.
    """
    if not path.exists():
        raise InvalidInput(ledger_problem("no_key", str(path)))
    word = read_words(path, 10_000)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise InvalidInput(ledger_problem("open_key", str(path)))
    try:
        return Signer.parse(word)
    except ValueError as error:
        raise InvalidInput(ledger_problem("no_private_key", str(path))) from error


def must_follow(log: Log, key: Path) -> None:
    """Refuse a ledger that does not follow from what its key signed last: an older copy was put back.

    Raises:
        InvalidInput: It does not, or what was signed last cannot be read.
    """
    last = last_signed(key)
    if last.exists():
        old, now = _kept(str(last), read_words(last), log), log.checkpoint()
        if not _follows(log, old, now):
            raise InvalidInput(ledger_problem("taken_back", str(last), size=old.size, now=now.size))


def last_signed(key: Path) -> Path:
    """Where the checkpoint lies that a key signed last: beside it, so that it does not go back with the ledger."""
    return key.with_name(f"{key.name}.last")


def _write_key(path: Path, signer: Signer) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(signer.secret() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise InvalidInput(ledger_problem("key_unwritable", str(path), reason=str(error.strerror))) from error


def known_key(word: str) -> Verifier:
    """A public key that is known from elsewhere.

    Raises:
        InvalidInput: It is none.
    """
    try:
        return Verifier.parse(word)
    except ValueError as error:
        raise InvalidInput(ledger_problem("no_verifier", "--key", excerpt=word)) from error


def read_words(path: Path, most: int = _MOST_NOTE) -> str:
    """A text file in UTF-8.

    Raises:
        InvalidInput: It cannot be read, or is no text.
    """
    try:
        return read_input(path, most=most).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput(ledger_problem("no_text", str(path))) from error


@contextmanager
def database(store: Store, *, new: bool = False) -> Iterator[None]:
    """Say in a sentence why a ledger cannot be used.

    Args:
        store: Where it stands.
        new: It is about to be made.
    """
    path = Path(store.address)
    if store.is_file and not new and not path.is_file():
        raise InvalidInput(ledger_problem("no_ledger", store.shown))
    try:
        yield
    except (GuanziError, ClockWentBack, KeyDoesNotFit):
        raise
    except sqlite3.Error as error:
        raise InvalidInput(ledger_problem("unusable", store.shown, reason=str(error))) from error
    except OSError as error:
        raise unreadable(error, store.shown) from error
    except ModuleNotFoundError as error:
        raise InvalidInput(ledger_problem("no_postgres", store.shown)) from error
    except Exception as error:
        if not store.is_file and type(error).__module__.startswith("psycopg"):
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise InvalidInput(ledger_problem("unusable", store.shown, reason=reason)) from error
        if isinstance(error, TypeError | ValueError):  # a row is missing, or holds what it cannot hold
            raise InvalidInput(ledger_problem("unusable", store.shown, reason=str(error))) from error
        raise


def _wrong_places(request: Request, store: Store, key: Path) -> Iterator[Problem]:
    if key.exists() or key.is_symlink():  # two logs of one key would pass for two histories of one log
        yield ledger_problem("key_exists", str(key))
    if store.is_file and Path(store.address).exists():
        yield ledger_problem("ledger_exists", store.shown)
    if store.is_file and not Path(store.address).absolute().parent.is_dir():
        yield ledger_problem("no_folder", store.shown)
    case = Path(request.case)
    folder = case if case.is_dir() else None
    if folder is None and request.ledger is None:
        find_case(request.case)
    if folder is not None and key.resolve().is_relative_to(folder.resolve()):
        yield ledger_problem("key_in_case", str(key), case=request.case)


def _flaw(store: Store, flaw: Flaw) -> Problem:
    cause = Message.of(f"ledger.flaw.{flaw.kind}", entry="?" if flaw.seq is None else str(flaw.seq))
    return Problem(cause, Place(store.shown), Message.of("ledger.flaw.mend"))


def ledger_problem(what: str, place: str, /, **params: str | int) -> Problem:
    """What is wrong with a ledger or what is to be entered, and how to fix it."""
    excerpt = str(params.pop("excerpt", ""))
    cause, fix = Message.of(f"ledger.{what}", **params), Message.of(f"ledger.{what}.mend", **params)
    return Problem(cause, Place(place), fix, excerpt=excerpt)
