"""Whether the office of a folder is as its log says: a process of its own, run before an archive takes its place.

It is told the folder and a checkpoint that somebody kept (or nothing), and prints what is altered, as messages in JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from guanzi.base.core import GuanziError, Message
from guanzi.office.serving.preparing import choose, prepare


def altered(folder: Path, kept: str) -> list[Message]:
    """Everything that is altered.

    Args:
        folder: Of the office.
        kept: A checkpoint as a signed note, verified by the caller; empty: none.
    """
    choose(folder)
    strange = _strange(folder)
    if strange:
        return strange
    prepare(only_look=True)
    from guanzi.office.auditlog.log import office_log
    from guanzi.office.serving.checking import altered as held
    from guanzi.record.ledger import Checkpoint, check_log

    found = [one.what for one in held()]
    if kept:
        flaws = check_log(office_log(), [Checkpoint.parse(kept.rpartition("\n\n")[0] + "\n")])
        found += [
            Message.of("office.check.log", kind=flaw.kind, entry="–" if flaw.seq is None else str(flaw.seq))
            for flaw in flaws
        ]
    return list(dict.fromkeys(found))


def _strange(folder: Path) -> list[Message]:
    """Triggers and views that no office has; they are found before anything is written."""
    import sqlite3
    from contextlib import closing

    from guanzi.office.auditlog.databaserules import strange_in

    file = folder / "office.sqlite3"
    if not file.is_file():
        return []
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        names = strange_in(connection)
    return [Message.of("office.refused.backup_trigger", name=name[:100]) for name in names]


def main() -> None:
    """Print what is altered in the office of the folder that is named."""
    try:
        found = altered(Path(sys.argv[1]), sys.argv[2])
    except GuanziError as error:
        found = [problem.cause for problem in error.problems]
    print(json.dumps([message.as_dict() for message in found]))


if __name__ == "__main__":
    main()
