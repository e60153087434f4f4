"""What can be asked of public rules, and by what a deal is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from guanzi.console import Ask
from guanzi.jobs.shared.question import JobQuestion

PackNames = Annotated[tuple[str, ...], Ask("option.pack", "--pack", "PACK")]
RulesFolder = Annotated[Path | None, Ask("option.rules", "--rules", "FOLDER")]
Today = Annotated[date | None, Ask("option.today", "--today", "DATE")]
Answers = Annotated[Path | None, Ask("option.answers", "--answers", "FILE")]


@dataclass(frozen=True, slots=True)
class RulesRequest:
    """Which rules are listed: those of all packs, or of those that are named; a folder holds packs of one's own."""

    named: PackNames = ()
    folder: RulesFolder = None


@dataclass(frozen=True, slots=True)
class RuleRequest:
    """Which rule is shown, by its id."""

    id: Annotated[str, Ask("argument.rule", metavar="ID")]
    folder: RulesFolder = None


_VERBS = "guanzi.jobs.rules.rules:"
_SCREEN = "guanzi.jobs.rules.commands.rules_screen:"
LISTED = JobQuestion("rules list", RulesRequest, None, f"{_VERBS}list_rules", "list_data", f"{_SCREEN}show_rules")
SHOWN = JobQuestion("rules show", RuleRequest, None, f"{_VERBS}find_rule", screen=f"{_SCREEN}show_rule")
QUESTIONS = (LISTED, SHOWN)
