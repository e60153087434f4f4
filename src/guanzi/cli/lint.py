"""What is weak in term sheets, printed like a compiler, as JSON, or as SARIF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guanzi.base.core import InvalidInput, Message, Place, Problem, format_problem, nearest, render, wrap
from guanzi.cli.rules import show_rule
from guanzi.cli.show import WIDTH, show_json
from guanzi.cli.speech import say
from guanzi.deal import compliance
from guanzi.deal.lint import LEVELS, RULES, Diagnostic, as_problems
from guanzi.desk import linting

STORY = 110
INDENT = "       "


def run_lint(request: linting.Request, lang: str, *, as_json: bool) -> bool:
    """Lint term sheets and cases and print what was found, as SARIF where lines of files are asked for.

    Returns:
        True when no diagnostic is an error.
    """
    results = linting.lint_deals(request)
    if request.by_file:
        show_json(linting.sarif(results, lang))
    elif as_json:
        show_json(linting.data(results, lang))
    else:
        for result in results:
            _print(result, lang)
    return not linting.has_errors(results)


def _print(result: linting.Linted, lang: str) -> None:
    problems = as_problems(result.diagnostics, result.document)
    for diagnostic, problem in zip(result.diagnostics, problems, strict=True):
        print(format_problem(problem, lang))
        if diagnostic.source is not None:
            print("     = " + say("cli.lint.source", lang, source=diagnostic.source))
        for told in _story(diagnostic, result, lang):
            print(told)
    counts = Counter(d.level for d in result.diagnostics)
    if not counts:
        print(say("cli.lint.clean", lang, name=result.name))
    else:
        parts = tuple(
            Message.of(f"cli.lint.{level}.{'one' if counts[level] == 1 else 'many'}", n=counts[level])
            for level in LEVELS
            if counts[level]
        )
        print(say("cli.lint.counts", lang, name=result.name, counts=parts))
        first = next(d.code for level in LEVELS for d in result.diagnostics if d.level == level)
        print(say("cli.lint.more", lang, code=first))
    if result.stories.note is not None:
        print("\n".join(wrap(render(result.stories.note, lang), WIDTH)))
    if result.unjudged:
        lines = tuple(Message.of("cli.lint.rule", code=rule.code, title=rule.title) for rule in result.unjudged)
        print(say("cli.lint.unjudged", lang, n=len(lines)))
        for line in lines:
            print("\n".join(wrap(render(line, lang), WIDTH, indent="      ", first="  ")))
    if result.open_rules:
        print(say("cli.lint.rules_open", lang, n=result.open_rules, name=result.name))


def _story(diagnostic: Diagnostic, result: linting.Linted, lang: str) -> Iterator[str]:
    """The lines below a finding; none when it has no counterexample."""
    one = result.stories.found.get(diagnostic)
    if one is None:
        return
    scale = result.sheet.unit / 1e6
    sign = "more" if one.mean >= 0 else "less"
    mean = abs(one.mean) * scale
    head = say(f"cli.lint.counterexample.{sign}", lang, share=one.share, paths=one.paths, mean=mean,
               se=one.se * scale, currency=result.sheet.currency)  # fmt: skip
    yield from wrap(head, STORY, indent=INDENT, first="     = ")
    for line in one.lines:
        yield from wrap(render(line, lang), STORY, indent=INDENT + "  ", first=INDENT)


def explain_rule(code: str, lang: str) -> None:
    """Print what a rule looks for, why it matters, and what mends it."""
    known = {rule.code: rule for rule in RULES}
    rule = known.get(code.upper())
    if rule is None and compliance.shipped_packs().rule(code.upper()):
        show_rule(code, None, lang, as_json=False)
        return
    if rule is None:
        close = nearest(code.upper(), known)
        mend = Message.of("cli.lint.no_such_rule.mend", code=close or next(iter(known)))
        raise InvalidInput(
            Problem(Message.of("cli.lint.no_such_rule", code=code), Place("--explain"), mend, excerpt=code)
        )
    title = f"{rule.code} ({render(Message.of(f'core.problem.{rule.level}'), lang)}): {render(rule.title, lang)}"
    print("\n".join(wrap(title, WIDTH)))
    for message in (rule.reason, Message.of("cli.lint.mend", mend=Message.of(f"lint.{rule.code}.mend"))):
        print("\n".join(wrap(render(message, lang), WIDTH, indent="  ")))
