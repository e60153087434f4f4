"""Hooks of the documentation: what can be said from the code is generated, so that it cannot be out of date.

Between ``<!-- generated: NAME -->`` and ``<!-- end: NAME -->`` a page holds what the function ``NAME`` of
:data:`GENERATED` returns, so that it is whole wherever it is read; ``python scripts/docs_hooks.py`` writes it anew, and
a test says where it is out of date. Between ``<!-- results: FILE:PART -->`` and its end stands a part of a file of
``benchmarks/results``. What only a site can show stands in :data:`AT_BUILD` and takes the place of
``<!-- at build: NAME -->``. The JSON Schemas of the file formats are added to the site below ``reference/schemas/``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typer.main
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from guanzi.advice.appraisal import json_schema as appraisal_schema
from guanzi.advice.backtest import replicability
from guanzi.base.core import LANGUAGES, Message, render
from guanzi.cli import app
from guanzi.deal import compliance
from guanzi.deal.lint import RULES, LintRule, example
from guanzi.deal.terms import FUNCTIONS, OBSERVABLES
from guanzi.deal.terms import json_schema as sheet_schema
from guanzi.intake.industries import shipped_records, shipped_rows
from guanzi.intake.inputoutput import table_cards
from guanzi.intake.workbook import layouts
from guanzi.jobs.declared import OFFERED
from guanzi.record.evidence import (
    UNITS_BY_NAME,
    builtin_cases,
    find_case,
    label_of,
    label_schema,
    load_article,
    load_case,
    load_city,
    meaning_of,
    read_outcome,
    score_horizon,
    sign_of,
)
from guanzi.record.evidence import json_schemas as evidence_schemas
from guanzi.record.ledger import entry_schema
from guanzi.record.playbooks import load_playbook, playbook_schema
from guanzi.study import unitcost
from guanzi.study.diligence import checks

PACKAGES = (
    *("base.core", "base.reading", "render"),
    *("record.evidence", "record.ledger", "record.playbooks"),
    *("intake.workbook", "intake.importers", "intake.conflicts", "intake.panel", "intake.questionnaire"),
    *("intake.notes", "intake.inputs", "intake.networks", "intake.reported", "intake.reading"),
    *("intake.industries", "intake.bets", "intake.contracts", "intake.spreadsheets"),
    *("intake.inputoutput", "intake.chains"),
    *("deal.terms", "deal.program", "deal.lint", "deal.compliance", "deal.rows", "deal.drafting"),
    *("engine.company", "engine.machine", "engine.simulation"),
    *("study.scoring", "study.screening", "study.distress", "study.experts", "study.ranking", "study.bets"),
    *("study.technology", "study.unitcost", "study.users"),
    *("study.diligence", "study.fiscal", "study.precedents", "study.forecasting", "study.tracks"),
    *("study.chains", "study.effects", "study.monitoring"),
    *("advice.structuring", "advice.odds", "advice.calibration", "advice.appraisal"),
    *("advice.following", "advice.backtest", "advice.attribution"),
    "console",
    *("jobs.shared", "jobs.backtest", "jobs.bets", "jobs.chains", "jobs.diligence", "jobs.distress", "jobs.evidence"),
    *("jobs.ranking", "jobs.rules", "jobs.screening", "jobs.structuring", "jobs.tracks", "jobs.experts"),
    *("jobs.articles", "jobs.terms", "jobs.appraisal", "jobs.decisions", "jobs.following", "jobs.playbooks"),
    *("office", "notebook", "cli"),
)
"""Every package, from the ground up."""
ROOT = Path(__file__).resolve().parents[1]
DOCS, SRC = ROOT / "docs", ROOT / "src" / "guanzi"
MARKER = re.compile(r"^<!-- generated: ([\w-]+) -->\n.*?^<!-- end: \1 -->$", re.MULTILINE | re.DOTALL)
RESULT = re.compile(r"^<!-- results: ([\w.:-]+) -->\n.*?^<!-- end: \1 -->$", re.MULTILINE | re.DOTALL)
RESULTS = ROOT / "benchmarks" / "results"
BUILT = re.compile(r"^<!-- at build: ([\w-]+) -->$", re.MULTILINE)


@cache
def schemas() -> Mapping[str, dict[str, Any]]:
    """JSON Schema of every file format, by name."""
    return {
        **evidence_schemas(),
        "outcome": label_schema(),
        "termsheet": sheet_schema(),
        "playbook": playbook_schema(),
        "pack": compliance.pack_schema(),
        "appraisal": appraisal_schema(),
        "ledger-entry": entry_schema(),
    }


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = [names, ["---"] * len(names), *[[_cell(c) for c in row] for row in rows]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(text: str) -> str:
    plain = " ".join(text.split()).replace("|", "\\|")
    return plain if "`" in plain else plain.replace("<", "&lt;")


def observables() -> str:
    """The words that a condition may observe."""
    rows = (
        (f"`{o.name}`", render(o.meaning), o.unit or "truth", "per step" if o.kind == "flow" else "state")
        for o in OBSERVABLES.values()
    )
    return table(("word", "means", "unit", "kind"), rows)


def functions() -> str:
    """The functions of the condition language."""
    return table(("form", "means"), ((f"`{f.usage}`", render(f.meaning)) for f in FUNCTIONS.values()))


def check_list() -> str:
    """The checks of due diligence with the facts they look for."""
    rows = (
        (f"`{c.id}`", render(c.title), c.stream, ", ".join(f"`{n.name}`" for n in c.needs), c.literature)
        for c in checks()
    )
    return table(("id", "asks", "work-stream", "looks for", "literature"), rows)


def lint_rules() -> str:
    """Every rule of the linter: title, reason, fix, and a bad and a clean example."""
    rows = ((f"[{r.code}](#{r.code.lower()})", r.level.value, render(r.title), ", ".join(r.needs)) for r in RULES)
    return "\n\n".join([table(("code", "level", "finds", "needs"), rows), *map(_lint_rule, RULES)])


def _lint_rule(rule: LintRule) -> str:
    shown = example(rule.code)
    known = [f"{name}: {value}" for name in rule.needs if (value := getattr(shown.context, name)) is not None]
    parts = [
        f"## {rule.code}: {render(rule.title)} {{#{rule.code.lower()}}}",
        f"*{rule.level.value}*. {render(rule.reason)}",
        "Known beside the sheet: " + "; ".join(f"`{k}`" for k in known) + "." if known else "",
        f"Found fault with:\n\n```yaml\n{shown.bad.rstrip()}\n```",
        f"Clean:\n\n```yaml\n{shown.clean.rstrip()}\n```",
        f"To fix it: {render(Message.of(f'lint.{rule.code}.mend'))}.",
    ]
    return "\n\n".join(part for part in parts if part)


def compliance_quantities() -> str:
    """What rules can measure on a term sheet."""
    rows = ((f"`{q.name}`", render(q.meaning), q.unit or "truth") for q in compliance.QUANTITIES.values())
    return table(("word", "means", "unit"), rows)


def compliance_rules() -> str:
    """Every rule of the shipped packs: one table for each pack, and a section for each rule."""
    parts = []
    for pack in compliance.shipped_packs().packs:
        rows = (
            (f"[{r.id}](#{r.id.lower()})", r.kind, r.severity, r.title.en, r.title.zh, render(_force(r)))
            for r in pack.form.rules
        )
        note = pack.form.note.en if pack.form.note else ""
        parts += [f"## {pack.form.title.en}: `{pack.id}` {{#pack-{pack.id}}}", note]
        parts.append(
            f"Made on {pack.form.made_on}. For regions in: {', '.join(pack.form.countries) or 'every country'}."
        )
        parts.append(table(("rule", "kind", "level", "asks", "in Chinese", "time"), rows))
        parts += [_compliance_rule(pack, rule) for rule in pack.form.rules]
    return "\n\n".join(part for part in parts if part)


def _force(rule: compliance.Rule) -> Message:
    return compliance.in_force(rule.in_force)


def _compliance_rule(pack: compliance.Pack, rule: compliance.Rule) -> str:
    applies = [f"`{name}`" for name in rule.applies.instruments]
    when = [f"instruments: {', '.join(applies)}"] if applies else []
    when += [f"industries: {', '.join(rule.applies.industries)}"] if rule.applies.industries else []
    when += [f"`{rule.applies.when}`"] if rule.applies.when else []
    parts = [
        f"### {rule.id}: {rule.title.en} {{#{rule.id.lower()}}}",
        rule.text.en,
        rule.text.zh,
        f"Law: {render(compliance.law(rule, pack.form))}.",
        f"Looks at deals with {'; '.join(when)}." if when else "",
        f"Broken when `{' '.join(rule.violated.split())}`." if rule.violated else "Only watched.",
        f"To fix it: {render(compliance.fix(rule))}",
    ]
    return "\n\n".join(part for part in parts if part)


def replicability_table() -> str:
    """The hefei playbook for two other cities, for the company and deal of NIO in 2020."""
    case, playbook = load_case(find_case("nio-hefei-2020")), load_playbook("hefei")
    rows = []
    for city in ("guangzhou", "wuhan"):
        found = replicability(playbook, load_city(city), case)
        counts = [str(sum(getattr(pillar, kind) for pillar in found.pillars)) for kind in ("met", "unmet", "open")]
        weakest = render(Message.of(f"backtest.replicate.pillar.{found.pillars[0].id}"))
        answer = {"gap": "not as it stands", "open": "not known", "present": "yes"}[found.state]
        rows.append((found.name[0], answer, weakest, *counts))
    return table(("city", "answer", "weakest pillar", "met", "unmet", "without evidence"), rows)


def decision_table() -> str:
    """The rows of the shipped playbook in the order in which they are read."""
    rows = (
        (
            row.stage,
            f"`{row.id}`",
            render(row.message()),
            row.if_fail.replace("_", " "),
            row.no_evidence.replace("_", " "),
            render(row.origin.reason()),
        )
        for row in load_playbook("hefei").table
    )
    return table(("stage", "row", "holds if", "else", "without evidence", "why"), rows)


def command_list() -> str:
    """Every command with its arguments and options."""
    parts = []
    for name, command in _commands("guanzi", typer.main.get_command(app)):
        shown = [p for p in command.params if p.name != "help"]
        arguments = [p.metavar or p.name.upper() for p in shown if p.param_type_name == "argument"]
        usage = " ".join([name, *arguments, "[OPTIONS]"])
        parts.append(f"## {name}\n\n{command.help}\n\n```text\n{usage}\n```\n")
        rows = ((f"`{_spelling(p)}`", p.help or "", _default(p)) for p in shown)
        parts.append(table(("", "means", "default"), rows) + "\n" if shown else "")
    return "\n".join(parts)


def question_list() -> str:
    """Questions that programs and language models may ask: name, address, what may be asked, and what is answered."""
    rows = (
        (
            f"`{one.id}`",
            "models only" if one.slow else f"`/api{one.address}`",
            ", ".join(f"`{field.name}`" for field in one.fields),
            render(Message.of(f"cli.help.{one.words}")),
        )
        for one in OFFERED
    )
    return table(("question", "address", "asks", "answers"), rows)


def _commands(name: str, command: Any) -> Iterable[tuple[str, Any]]:
    for word, inner in getattr(command, "commands", {}).items():
        yield from _commands(f"{name} {word}", inner)
    if not hasattr(command, "commands"):
        yield name, command


def _spelling(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    flag = parameter.is_flag
    return parameter.opts[-1] if flag else f"{parameter.opts[-1]} {parameter.metavar or parameter.type.name.upper()}"


def _default(parameter: Any) -> str:
    if parameter.param_type_name != "option" or parameter.is_flag:
        return ""
    said = parameter.show_default if isinstance(parameter.show_default, str) else parameter.default
    return "" if said is None else f"`{said}`"


def fields_of(name: str) -> str:
    """The fields of a format, one table for each of its parts."""
    schema = schemas()[name]
    named = [part for part in schema.get("$defs", {}).items() if part[1].get("properties")]
    return "\n\n".join(_part(title, part) for title, part in [*_parts(name, schema), *named])


def _parts(name: str, schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """An object and the objects inside it, in the order of the text; those with a name of their own are left out."""
    kind = schema.get("properties", {}).get("type", {}).get("const")
    title = f"{name} ({kind})" if kind else name
    if schema.get("properties"):
        yield title, schema
    for key, field in schema.get("properties", {}).items():
        yield from _parts(f"{name} › {key}", field)
    for inner in ("items", "additionalProperties"):
        if isinstance(schema.get(inner), Mapping):
            yield from _parts(name, schema[inner])
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        if "unknown" not in choice.get("properties", {}):
            yield from _parts(name, choice)


def _part(title: str, part: Mapping[str, Any]) -> str:
    required = set(part.get("required", ()))
    rows = (
        (f"`{key}`", _type(field), "yes" if key in required else "", str(field.get("description", "")))
        for key, field in part["properties"].items()
    )
    about = str(part.get("description", "")).split("\n\n")[0].replace("\n", " ")
    about = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", about).replace("``", "`")
    return f"**{title}**. {about}\n\n" + table(("field", "type", "required", "means"), rows)


def _type(field: Mapping[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[-1]
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return " or ".join(f"`{x}`" for x in field["enum"])
    if "anyOf" in field or "oneOf" in field:
        return " or ".join(dict.fromkeys(_type(x) for x in field.get("anyOf") or field["oneOf"]))
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}" if "items" in field else "list"
    if field.get("type") == "object":
        if "unknown" in field.get("properties", {}):
            return "unknown with a bracket"
        inner = field.get("additionalProperties")
        return f"mapping to {_type(inner)}" if isinstance(inner, Mapping) else "mapping"
    kind = field.get("format") or field.get("type", "any")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def workbook() -> str:
    """The sheets of a workbook with their columns."""
    rows = (
        (layout.title[0], layout.title[1], ", ".join(column.title[0] for column in layout.columns))
        for name in ("case", "terms")
        for layout in layouts(name)
    )
    return table(("sheet", "in Chinese", "columns"), rows)


SIGNS = {
    "good": "for",
    "bad": "against",
    "alone": "neither: says nothing without another",
    "both": "neither: helps one conclusion and harms another",
    "price": "neither: a price",
    "rate": "neither: a rate",
    "read_by_people": "neither: only people can weigh the words",
    "size": "neither: a size",
    "unread": "neither: no check and no model reads it",
}
"""What the sign of a fact, or the reason why it has none, is called."""
UNFORESEEN = {
    None: "",
    "gains": "; simulated: of failure alone",
    "worth": "; simulated: at a given price neither",
    "volume": "; simulated: neither, more is owed and spent",
}
"""How far the sign of a fact does not reach what is simulated."""


def fact_names() -> str:
    """The names of facts: unit, whether more of it speaks for or against a deal, what it is called and means."""
    rows = []
    for name, units in UNITS_BY_NAME.items():
        label, meaning = label_of(name), meaning_of(name)
        assert label is not None
        assert meaning is not None
        words = [f"{render(label, lang)}: {render(meaning, lang)}" for lang in LANGUAGES]
        sign = sign_of(name)
        speaks = SIGNS[sign.because or sign.direction] + UNFORESEEN[sign.unforeseen]
        rows.append((f"`{name}`", ", ".join(units), speaks, *words))
    return table(("name", "unit", "more of it speaks", "in English", "in Chinese"), rows)


def packages() -> str:
    """The public faces of all packages, for mkdocstrings."""
    services = [
        f"guanzi.{package}.{path.stem}"
        for package in PACKAGES
        if package.startswith("jobs.")
        for path in sorted((SRC / package.replace(".", "/")).glob("*.py"))
        if path.stem != "__init__"
    ]
    parts = [f"## {package}\n\n::: guanzi.{package}" for package in PACKAGES]
    return "\n\n".join([*parts, *(f"## {name.removeprefix('guanzi.')}\n\n::: {name}" for name in services)])


def case_library() -> str:
    """The shipped cases: what was decided, how it went, and how much is known."""
    rows = []
    for name in builtin_cases():
        case, label = load_case(find_case(name)), read_outcome(find_case(name)).label
        held = [f for f in case.facts if f.availability == "confirmed"]
        dates = {s.id: s.date for s in case.sources}
        later = sum(1 for f in held if (day := dates[f.source]) is None or day > f.known_on)
        judged = "" if label is None else label.label
        settled = label is not None and label.is_settled(case.decision_date, case.model)
        rows.append(
            (
                f"`{name}`",
                case.decision_date.isoformat(),
                case.model,
                case.decision,
                judged if settled or judged in ("ongoing", "refused") else f"{judged} (before its horizon)",
                str(len(held)),
                str(len(case.facts) - len(held)),
                str(later),
            )
        )
    head = ("case", "decided on", "company model", "decision", "label", "confirmed", "doubtful", "later source")
    return table(head, rows)


def case_counts() -> str:
    """How many cases have which label, by kind of company, and from sources of which grade their facts come."""
    labels: dict[str, dict[str, int]] = {}
    grades: dict[str, int] = {}
    for name in builtin_cases():
        case, outcome = load_case(find_case(name)), read_outcome(find_case(name))
        row = labels.setdefault(case.model, {})
        key = "" if outcome.label is None else outcome.label.label
        row[key] = row.get(key, 0) + 1
        by_id = {s.id: s.grade for s in case.sources}
        for fact in case.facts:
            grades[by_id[fact.source]] = grades.get(by_id[fact.source], 0) + 1
    kinds = ("success", "partial", "failure", "ongoing", "refused")
    first = table(("company model", *kinds), ((m, *(str(r.get(k, 0)) for k in kinds)) for m, r in labels.items()))
    second = table(("grade of source", "facts"), ((g, str(n)) for g, n in sorted(grades.items())))
    return f"{first}\n\n{second}"


def horizons() -> str:
    """The years after which a decision can be scored."""
    models = ("scale-up-manufacturer", "capacity-cycle-fab", "pre-revenue-deep-tech", "any other")
    rows = ((m, str((h := score_horizon(m)).years), h.because) for m in models)
    return table(("company model", "years", "why"), rows)


def unfit_cases() -> str:
    """The cases of which too little is known for a replay."""
    cases = [load_case(find_case(name)) for name in builtin_cases()]
    return table(("case", "why"), ((f"`{c.id}`", c.unfit_because) for c in cases if c.fitness == "unfit"))


def unit_costs() -> str:
    """Inputs of the cost models: unit, direction, meaning."""
    parts = []
    for model in unitcost.MODELS.values():
        parts += [f"**{render(model.title)}** (`{model.id}`)", "", "| input | unit | | means |", "|---|---|---|---|"]
        for spec in model.inputs:
            sign = "+" if spec.adverse > 0 else "−"
            words = render(model.label(spec.name)) + ("" if spec.default is None else "; optional")
            parts.append(f"| `{spec.name}` | {spec.unit_in('CNY')} | {sign} | {words} |")
        parts.append("")
    return "\n".join(parts)


def changes() -> str:
    """The changes, with links as they are seen from the documentation."""
    return (Path(__file__).parents[1] / "CHANGELOG.md").read_text("utf-8").replace("](docs/", "](")


def regional_panels() -> str:
    """The regional panels that come with Guanzi."""
    rows = []
    for record in shipped_records().values():
        held = shipped_rows(record.id)
        size = f"{len(set(held.region))} x {len(set(held.industry))}"
        years = f"{min(held.year)}–{max(held.year)}"
        later, month, day = record.out
        out = ", ".join((f"{month:02d}-{day:02d} of year + {later}", *(f"{y}: {d}" for y, d in record.out_of.items())))
        rows.append((f"`{record.id}`", str(record.name), str(record.unit), size, years, f"{out} ({record.out_basis})"))
    return table(("name", "figures", "unit", "regions x industries", "years", "out from"), rows)


def regional_basis() -> str:
    """Whose figures the regional panels hold, from where, and on what basis."""
    told = shipped_records().values()
    rows = ((f"`{r.id}`", str(r.publisher), str(r.table), r.obtained, str(r.basis)) for r in told)
    return table(("name", "publisher", "table", "obtained from", "basis of use"), rows)


def io_tables() -> str:
    """Whose figures the input-output tables are, of which year and money, on what basis, and with which hash."""
    cards = table_cards()
    rows = [
        (
            f"`{id}`",
            str(c.title),
            str(c.publisher),
            str(c.year),
            f"{c.currency} {c.units:,}",
            str(c.basis),
            c.sha256[:12],
        )
        for id, c in cards.tables.items()
    ]
    rows += [
        (f"`{c.file}`", str(c.title), str(c.publisher), "2017", "CNY 10,000", str(c.basis), c.sha256[:12])
        for c in (cards.regions, cards.together)
    ]
    return table(("name", "table", "publisher", "year", "one unit", "basis of use", "hash begins"), rows)


def regional_coverage() -> str:
    """How much of each regional panel is held, in its first, middle and last year, and what its source marks."""
    rows = []
    for record in shipped_records().values():
        held = shipped_rows(record.id)
        years = sorted(set(held.year))
        grid = len(set(held.region)) * len(set(held.industry))
        told = sorted({years[0], years[len(years) // 2], years[-1]})
        shares = (f"{y}: {sum(held.year == y) / grid:.0%}" for y in told)
        marks = (f"{flag} {sum(held.flag == flag)}" for flag in sorted(set(held.flag) - {""}))
        absent = {"none": "none", "unknown": "not known"}[record.absent]
        rows.append((f"`{record.id}`", f"{len(held.value):,}", ", ".join(shares), absent, ", ".join(marks) or "—"))
    return table(("name", "cells", "share of all cells", "a cell without a row means", "marks"), rows)


def regional_breaks() -> str:
    """Where the regional panels break, and what they cannot see."""
    lines = []
    for record in shipped_records().values():
        lines += [f"**`{record.id}`**", "", *(f"- {words}" for words in record.breaks)]
        lines += [f"- {record.hindsight}"] if record.hindsight else []
        lines += [*(f"- Not seen: {words}." for words in record.unseen), ""]
    return "\n".join(lines).rstrip()


def article_claims() -> str:
    """What the story of Hefei and NIO claims, and what the evidence says."""
    article = load_article("hefei-nio")
    publishers = {source.id: str(source.publisher) for source in article.sources}
    rows = []
    for claim in article.claims:
        verdict = render(Message.of(f"reports.article.verdict.{claim.verdict}"), "en")
        told = dict.fromkeys(publishers[fact.source] for fact in claim.facts)
        rows.append((str(claim.said), verdict, str(claim.because), ", ".join(told) or "—"))
    return table(("claim", "verdict", "because", "sources"), rows)


GENERATED: Mapping[str, Callable[[], str]] = {
    "cases": case_library,
    "case-counts": case_counts,
    "horizons": horizons,
    "unfit-cases": unfit_cases,
    "observables": observables,
    "functions": functions,
    "checks": check_list,
    "lint-rules": lint_rules,
    "compliance-quantities": compliance_quantities,
    "compliance-rules": compliance_rules,
    "replicability": replicability_table,
    "decision-table": decision_table,
    "commands": command_list,
    "questions": question_list,
    "fact-names": fact_names,
    "workbook": workbook,
    "unit-costs": unit_costs,
    "article-claims": article_claims,
    "io-tables": io_tables,
    "regional-panels": regional_panels,
    "regional-basis": regional_basis,
    "regional-coverage": regional_coverage,
    "regional-breaks": regional_breaks,
    "fields-case": lambda: fields_of("case"),
    "fields-facts": lambda: fields_of("facts"),
    "fields-outcome": lambda: fields_of("outcome"),
    "fields-termsheet": lambda: fields_of("termsheet"),
    "fields-playbook": lambda: fields_of("playbook"),
    "fields-pack": lambda: fields_of("pack"),
    "fields-appraisal": lambda: fields_of("appraisal"),
    "fields-ledger-entry": lambda: fields_of("ledger-entry"),
}
AT_BUILD: Mapping[str, Callable[[], str]] = {"packages": packages, "changes": changes}


def filled(page: str) -> str:
    """A page with its generated parts as the code says them today."""
    page = MARKER.sub(
        lambda m: f"<!-- generated: {m[1]} -->\n\n{GENERATED[m[1]]().strip()}\n\n<!-- end: {m[1]} -->", page
    )
    return RESULT.sub(lambda m: f"<!-- results: {m[1]} -->\n\n{result(m[1])}\n\n<!-- end: {m[1]} -->", page)


def result(name: str) -> str:
    """A part of a committed file of results, or the whole file; plain text as it was printed."""
    file, _, part = name.partition(":")
    text = (RESULTS / file).read_text("utf-8")
    if part:
        (text,) = re.findall(rf"<!-- --8<-- \[start:{part}\] -->\n(.*?)<!-- --8<-- \[end:{part}\] -->", text, re.DOTALL)
    text = re.sub(r"^<!--.*?-->\n?", "", text, flags=re.MULTILINE).strip()
    return text if file.endswith(".md") else f"```text\n{text}\n```"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the JSON Schemas to the site."""
    for name, schema in schemas().items():
        content = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        files.append(File.generated(config, f"reference/schemas/{name}.schema.json", content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill what only the site shows."""
    return BUILT.sub(lambda m: AT_BUILD[m[1]](), markdown)


def write_schemas(folder: Path) -> None:
    """Write the JSON Schemas to a folder, for editors."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / f"{name}.schema.json").write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    for path in DOCS.rglob("*.md"):
        path.write_text(filled(path.read_text("utf-8")), "utf-8")
