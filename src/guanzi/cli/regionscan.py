"""The scan of one region, and the window of a track, on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Place, Problem, said, wrap
from guanzi.cli.show import WIDTH, show_json, show_oddities, tell
from guanzi.cli.speech import say
from guanzi.desk import industries, regionscan, trackwindow
from guanzi.intake.industries import Roles, is_made_up
from guanzi.study.tracks import FIRST, RegionScan, signed, tell_supposed, window_verdict

ROLES = ("region", "industry", "year", "value")
"""Of the columns of a panel; columns are called so unless it is told otherwise."""


def show_scan(request: regionscan.Request, out: Path | None, lang: str, as_json: bool) -> None:
    """Scan a region; with ``out`` write the page, its data and a workbook into that folder."""
    result = regionscan.scan(request)
    show_oddities(result.scan.panel, lang)
    page = None if out is None else regionscan.write(result, out, lang)
    if as_json:
        show_json(regionscan.data(result, lang))
        return
    _show(result.scan, lang)
    if page is not None:
        print("\n" + say("cli.scan.written", lang, file=str(page)))


def show_window(request: trackwindow.Request, lang: str, as_json: bool) -> None:
    """Print what could be said of the window of a track on a day."""
    found = trackwindow.judge(request)
    if as_json:
        show_json(trackwindow.data(found))
        return
    verdict = window_verdict(found)
    tell(verdict.id, lang, **dict(verdict.params))
    table = Table(box=None, pad_edge=False)
    for head in ("evidence", "says", "figures"):
        table.add_column(say(f"scan.head.{head}", lang))
    for signal in found.signals:
        facts = "; ".join(f"{f.period} {f.number:g} [{f.source}]" for f in signal.facts[-3:])
        table.add_row(say(f"scan.kind.{signal.kind}", lang), say(f"scan.tendency.{signal.tendency}", lang), facts)
    Console(width=WIDTH, highlight=False, markup=False).print(table)


def beside_of(file: Path | None, columns: str, region: str | None, industry: str) -> regionscan.PanelBeside:
    """A panel beside a case.

    Args:
        file: The panel; None is refused.
        columns: ``ROLE=COLUMN`` parted by commas, for columns that are not called as their roles.
        region: Of the case, as the panel calls it; None: it is asked for.
        industry: Of the case, as the panel calls it; empty: none.

    Raises:
        InvalidInput: A role that there is none of, or something is said of a panel that is not given.
    """
    if file is None:
        raise InvalidInput(
            Problem(Message.of("cli.scan.no_panel"), Place("--panel"), Message.of("cli.scan.no_panel.mend"))
        )
    named = pairs([part for part in columns.split(",") if part.strip()], "--panel-columns")
    wrong = [role for role in named if role not in ROLES]
    if wrong:
        mend = Message.of("cli.scan.no_role.mend", roles=ROLES)
        raise InvalidInput(
            [
                Problem(Message.of("cli.scan.no_role", text=role), Place("--panel-columns"), mend, excerpt=role)
                for role in wrong
            ]
        )
    place, kind, year, value = (named.get(role, role) for role in ROLES)
    return regionscan.PanelBeside(industries.IndustryFile(file, Roles(place, kind, year, (value,))), region, industry)


def pairs(given: Sequence[str], option: str) -> dict[str, str]:
    """``NAME=VALUE`` each; all that are none are refused at once."""
    problems, found = [], {}
    for text in given:
        name, sign, value = text.rpartition("=")
        if not (name.strip() and sign and value.strip()):
            cause, mend = Message.of("cli.scan.no_pair", text=text), Message.of("cli.scan.no_pair.mend")
            problems.append(Problem(cause, Place(option), mend, excerpt=text))
        found[name.strip()] = value.strip()
    if problems:
        raise InvalidInput(problems)
    return found


def numbers(given: Mapping[str, str], option: str) -> dict[str, float]:
    """The values of pairs as numbers."""
    found, problems = {}, []
    for name, text in given.items():
        try:
            found[name] = float(text)
        except ValueError:
            cause, mend = Message.of("cli.scan.no_number", text=text), Message.of("cli.scan.no_pair.mend")
            problems.append(Problem(cause, Place(option), mend, excerpt=text))
    if problems:
        raise InvalidInput(problems)
    return found


def _show(found: RegionScan, lang: str) -> None:
    if is_made_up(found.panel):
        tell("scan.made_up", lang)
        print()
    print(say("scan.title", lang, region=found.region))
    table = Table(box=None, pad_edge=False)
    heads = ("industry", "probability", "interval", "gain", "size", "rank", "top")
    for i, head in enumerate(heads):
        table.add_column(say(f"scan.head.{head}", lang, first=FIRST), justify="right" if i else "left")
    for row in found.ranked[: 2 * FIRST]:
        c = row.candidate
        table.add_row(
            said(c.industry, lang),
            say("scan.share", lang, share=c.probability),
            say("scan.interval", lang, low=c.low, high=c.high),
            signed(c.gain),
            say("scan.size", lang, size=c.size),
            f"{row.rank[1]} ({row.rank[0]}–{row.rank[2]})",
            say("scan.share", lang, share=row.top),
        )
    Console(width=WIDTH, highlight=False, markup=False).print(table)
    if found.supposed:
        _show_supposed(found, lang)
    from guanzi.reports import scan_tested

    for line in scan_tested(found, lang):
        print("\n".join(wrap(line, WIDTH, indent="  ", first="· ")))


def _show_supposed(found: RegionScan, lang: str) -> None:
    """What holding one more industry would change."""
    said_so = tell_supposed(found)
    print()
    tell(said_so.id, lang, **dict(said_so.params))
    table = Table(box=None, pad_edge=False)
    for i, head in enumerate(("industry", "now", "then")):
        table.add_column(say(f"scan.head.{head}", lang), justify="right" if i else "left")
    for changed in found.changes[:FIRST]:
        shares = (say("scan.share", lang, share=share) for share in (changed.now, changed.then))
        table.add_row(said(changed.industry, lang), *shares)
    Console(width=WIDTH, highlight=False, markup=False).print(table)
    print()
