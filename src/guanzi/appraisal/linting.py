"""What the linter may know of a case: figures of the view and limits of the playbook, as plain data."""

from __future__ import annotations

from guanzi.evidence import View
from guanzi.playbooks import Playbook
from guanzi.terms import LintContext, TermSheet


def lint_context(view: View, sheet: TermSheet, playbook: Playbook) -> LintContext:
    """The facts that rules ask for, as far as the view and the playbook have them.

    Args:
        view: What was known.
        sheet: The term sheet; amounts are in its unit.
        playbook: The governance model with its limits.
    """
    return LintContext(hurdle=playbook.hurdle_rate.value)
