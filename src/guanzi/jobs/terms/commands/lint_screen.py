"""What is weak in term sheets, printed like a compiler, as JSON, or as SARIF."""

from __future__ import annotations

from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest, render, wrap
from guanzi.deal import compliance
from guanzi.deal.lint import RULES
from guanzi.jobs.rules import rules
from guanzi.jobs.rules.commands.rules_screen import show_rule
from guanzi.jobs.rules.declared import RuleRequest
from guanzi.jobs.shared import singlepage
from guanzi.jobs.shared.show import WIDTH, show_json
from guanzi.jobs.terms import linting
from guanzi.render import document_screen


def run_lint(request: linting.Request, lang: str, page: Path | None = None, *, as_json: bool) -> bool:
    """Lint term sheets and cases and print what was found, as SARIF where lines of files are asked for.

    Args:
        request: What is linted.
        lang: Language.
        page: A file for the findings of one term sheet as a document; None: none.
        as_json: As JSON.


    Returns:
        True when no diagnostic is an error.
    """
    results = linting.lint_deals(request)
    if page is not None:
        if len(results) != 1:
            fix = Message.of("cli.lint.one_page.mend")
            raise InvalidInput(Problem(Message.of("cli.lint.one_page", n=len(results)), Place("--page"), fix))
        singlepage.write_page(linting.document_of(results[0]), page, lang)
    if request.by_file:
        show_json(linting.sarif(results, lang))
    elif as_json:
        show_json(linting.data(results, lang))
    else:
        print("\n\n".join(document_screen(linting.document_of(result), lang) for result in results))
    return not linting.has_errors(results)


def explain_rule(code: str, lang: str) -> None:
    """Print what a rule looks for, why it matters, and what fixes it."""
    known = {rule.code: rule for rule in RULES}
    rule = known.get(code.upper())
    if rule is None and compliance.shipped_packs().rule(code.upper()):
        show_rule(rules.find_rule(RuleRequest(code)), lang)
        return
    if rule is None:
        close = nearest(code.upper(), known)
        fix = Message.of("cli.lint.no_such_rule.mend", code=close or next(iter(known)))
        raise InvalidInput(
            Problem(Message.of("cli.lint.no_such_rule", code=code), Place("--explain"), fix, excerpt=code)
        )
    level = Message.of(f"core.problem.{rule.level}")
    title = Message.of("cli.lint.rule", code=rule.code, level=level, title=rule.title)
    print("\n".join(wrap(render(title, lang), WIDTH)))
    for message in (rule.reason, Message.of("cli.lint.mend", mend=Message.of(f"lint.{rule.code}.mend"))):
        print("\n".join(wrap(render(message, lang), WIDTH, indent="  ")))
