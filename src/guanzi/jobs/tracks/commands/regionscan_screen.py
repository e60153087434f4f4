"""The scan of one region, and the window of a track, on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.console import say
from guanzi.intake.industries import Roles
from guanzi.jobs.shared.show import show_json, show_oddities
from guanzi.jobs.tracks import industries, regionscan, trackwindow
from guanzi.render import document_screen

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
    print(document_screen(regionscan.document_of(result), lang))
    if page is not None:
        print("\n" + say("cli.scan.written", lang, file=str(page)))


def show_window(request: trackwindow.Request, lang: str, as_json: bool) -> None:
    """Print what could be said of the window of a track on a day."""
    found = trackwindow.judge(request)
    if as_json:
        show_json(trackwindow.data(found))
        return
    print(document_screen(trackwindow.document_of(found), lang))


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
        fix = Message.of("cli.scan.no_role.mend", roles=ROLES)
        raise InvalidInput(
            [
                Problem(Message.of("cli.scan.no_role", text=role), Place("--panel-columns"), fix, excerpt=role)
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
            cause, fix = Message.of("cli.scan.no_pair", text=text), Message.of("cli.scan.no_pair.mend")
            problems.append(Problem(cause, Place(option), fix, excerpt=text))
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
            cause, fix = Message.of("cli.scan.no_number", text=text), Message.of("cli.scan.no_pair.mend")
            problems.append(Problem(cause, Place(option), fix, excerpt=text))
    if problems:
        raise InvalidInput(problems)
    return found
