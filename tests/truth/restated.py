"""What a document retells is so: heads say what they head, and a sentence of another study is the one that it made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import accumulate, product
from typing import Any

from tests.truth.arithmetic import near
from tests.truth.clauses import TERMS, forms, written
from tests.truth.faults import Fault
from tests.truth.pool import canonical
from tests.truth.reading import Reading, pieces, within

from guanzi.advice.appraisal import budget_parties, commitments
from guanzi.base.core import LANGUAGES, Message, Period, catalogue
from guanzi.deal.terms import Guarantee
from guanzi.record.evidence import awaited_of
from guanzi.render import Document, Measurement, Sentence, Table, localise
from guanzi.study.technology.windows import KINDS


def misretold(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """Heads of other parts, lists that lack what their study says, and what it says otherwise."""
    ids = {section.id for one in reading.documents.values() for section in one.sections}
    for id, words in _heads(document, ids):
        stem, _, end = words.id.rpartition(".")
        if id not in end and f"{stem}.{id}" in catalogue(stem.partition(".")[0]):
            yield _fault(name, id, f"head:{words.id}", words, f"it stands over {id}")
    for table in document.tables():
        yield from _same_heads(name, table)
        for pattern, missing in LISTS.items():
            if fnmatchcase(f"{name} {table.id}", pattern):
                for one in missing(reading, table):
                    yield _fault(name, table.id, f"list:{table.id}", one, "the table does not say it")
    for piece in pieces(document, name):
        for message in within(piece.words):
            if message.id in RETOLD and not RETOLD[message.id](reading, name, dict(message.params)):
                yield _fault(name, piece.section, f"retold:{message.id}", message, "its study says something else")
    yield from _seen(reading, name, document)
    yield from _in_part(reading, name, document)
    yield from _samples(reading, name, document)
    yield from _advised(reading, name, document)
    yield from _of_sheet(reading, name, document)


def _fault(document: str, place: str, kind: str, said: str | Message, against: str) -> Fault:
    return Fault("grounded", document, place, said, against, kind)


def _same_heads(name: str, table: Table) -> Iterator[Fault]:
    """Two columns of a table under one head: a reader cannot tell them apart."""
    for lang in LANGUAGES:
        heads = Counter(localise(column.head, lang) for column in table.columns if column.head)
        for head, n in heads.items():
            if n > 1:
                yield _fault(name, table.id, f"heads:{table.id}", head, f"{n} columns are headed so")


OPENING = "reports.intro."
"""How messages begin that open a section, whose id comes next."""


def _heads(document: Document, sections: set[str]) -> Iterator[tuple[str, Message]]:
    """Headings, captions and words that open a section, each with the id of what it stands over."""
    for section in document.sections:
        said = (block.words for block in section.blocks if isinstance(block, Sentence))
        opening = (x for x in said if isinstance(x, Message) and x.id.startswith(OPENING))
        yield from ((section.id, x) for x in opening if x.id.removeprefix(OPENING) in sections)
        if isinstance(section.heading, Message):
            yield section.id, section.heading
    for table in document.tables():
        if isinstance(table.caption, Message):
            yield table.id, table.caption


# -- lists ---------------------------------------------------------------------------------------------------------


def _rows(table: Table) -> set[str]:
    """Ends of the ids of the heads of rows."""
    return {m.id.rpartition(".")[2] for row in table.rows for m in within(row.head.value)}


def _assumptions(_: Reading, table: Table) -> Iterator[str]:
    heads = [m.id for row in table.rows for m in within(row.head.value)]
    yield from (word for word in ("rate", "revenue") if not any(word in id for id in heads))


def _headline(reading: Reading, table: Table) -> Iterator[str]:
    """Ends of the present value stand together, and so does what is planned; tax let off is not called a payment."""
    told = {m.id.removeprefix("reports.book.row.") for row in table.rows for m in within(row.head.value)}
    figures = reading.appraisal.figures
    asked = {"npv_low", "npv_high"} if told & {"npv_low", "npv_high"} else set()
    paid = commitments(reading.sheet) if reading.sheet is not None else ()
    if paid and all(amount.mid is not None for one in paid for _, amount in one.by_party):
        form = "" if all(one.cash for one in paid) else ".let_off"
        asked |= {f"worst_planned{form}", f"before_tier{form}"}
        whole = sum(amount.mid or 0.0 for one in paid for _, amount in one.by_party)
        public = figures["public.amount"].value if "public.amount" in figures else None
        if public is not None and near(public, whole):
            asked.add(f"amount{form}")
            share, revenue = (
                figures[id].value if id in figures else None
                for id in ("public.amount_to_budget", "known.budget_revenue")
            )
            own = budget_parties(reading.sheet, reading.view) if reading.sheet is not None else ()
            mine = sum(amount.mid or 0.0 for one in paid for party, amount in one.by_party if party in own)
            if share is not None and revenue and all(one.cash for one in paid) and near(share, mine / revenue):
                asked.add("to_budget")  # what may be called for beside burdens the budget, and is in no payment
    yield from sorted(asked - told)


def _risk(reading: Reading, table: Table) -> Iterator[str]:
    """Figures of the draft, and of the deals of playbooks."""
    columns = reading.published["comparison"]["columns"]
    deals = [one[deal]["figures"] for one in columns for deal in ("draft", "own") if one[deal]]
    for row in table.rows:
        held = [one["value"] for deal in deals if (one := deal.get(row.id.removeprefix("figure:")))]
        for value in (cell.value.value for cell in row.cells if isinstance(cell.value, Measurement)):
            if value is not None and not any(one is not None and near(one, value) for one in held):
                yield f"{row.id}: not {value}, but one of {held}"


def _causes(reading: Reading, table: Table) -> Iterator[str]:
    """Causes that move something, those of the method among them, and the advice without each; none is told idle."""
    published = reading.published["changes"]
    causes = [one for one in published["causes"] if not one["idle"]]
    idle = {one["id"] for one in published["causes"] if one["idle"]}
    moving = {shift["cause"] for one in published["differences"] for shift in one["shifts"]}
    if len((moving | {one["id"] for one in causes}) - idle) != len(table.rows):
        yield f"{len(causes)} causes"
    yield from sorted(idle & {id for one in published["differences"] for id in one["because"]["causes"]})
    without = {f"reports.advice.{one['advice_without']}" for one in causes}
    told = (m.id for row in table.rows for m in within(row.cells[-1].value))
    yield from sorted({id for id in told if id.startswith("reports.advice.")} - without)


def _answered(reading: Reading, table: Table) -> Iterator[str]:
    """Each question is open without a fact, and answered in part where the plan says so."""
    at = [column.id for column in table.columns].index("state") - 1
    for row, asked in zip(table.rows, reading.appraisal.plan.questions, strict=False):
        state = "open" if not asked.facts else "partly" if asked.partly else "answered"
        if [m.id for m in within(row.cells[at].value)] != [f"reports.plan.state.{state}"]:
            yield f"{asked.id}: {state}"


def _practice(reading: Reading, table: Table) -> Iterator[str]:
    """What playbooks say of a part of governance."""
    told = {canonical(m) for row in table.rows for cell in row.cells for m in within(cell.value)}
    for column in reading.published["comparison"]["columns"]:
        said = column["pilots"] if table.id == "pilots" else column["governance"].get(table.id, ())
        for statement in said:
            if canonical(Message.from_dict(statement["text"])) not in told:
                yield f"{column['id']}: {statement['text']['id']}"
        nothing = Message.of("reports.compare.no_pilots" if table.id == "pilots" else "reports.compare.nothing")
        if not said and canonical(nothing) not in told:
            yield f"{column['id']}: {nothing.id}"


def _payments(reading: Reading, table: Table) -> Iterator[str]:
    """Each payment of the deal, and of each design, as it plans it; waiting for something where all of its form do."""
    columns = reading.published["comparison"]["columns"]
    draft, own = _planned(columns[0]["draft"]), set().union(*(_planned(column["own"]) for column in columns))
    held = reading.view.sheet.document.data if reading.view.sheet is not None else {}
    items = [one for part in ("incentives", "instruments") for one in (held.get(part) or {}).values()]
    waits = {form: [_conditional(one) for one in items if one["type"] == form] for form in {x["type"] for x in items}}
    for row in table.rows:
        form = next(m.id for m in within(row.cells[1].value) if m.id != "reports.begin").rpartition(".")[2]
        drafted = any(m.id.startswith("reports.deal.") for m in within(row.cells[0].value))
        if (str(row.head.value), form, row.cells[2].value) not in (draft if drafted else own):
            yield f"{form}: not planned so on {row.head.value}"
        if not drafted:
            continue
        told = {m.id for m in within(row.cells[-1].value)}
        if form not in waits and form != "promise":
            yield f"{form}: not among {sorted(waits)}"
        if "reports.compare.calendar" in told and all(waits.get(form) or [False]):
            yield f"{form}: waits for more than its day"
        if ("reports.compare.paid" in told) != (str(row.head.value) < str(held.get("signed"))):
            yield f"{form}: paid before the signing or not on {row.head.value}"


def _planned(deal: Mapping[str, Any] | None) -> set[tuple[str, str, float]]:
    """Day, form and public sum of each payment of a deal."""
    return {(str(one["due"]), one["form"], one["public"]) for one in deal["plan"]} if deal else set()


def _conditional(item: Mapping[str, Any]) -> bool:
    """Whether an instrument as it is written, or each of its instalments, waits for a condition."""
    parts = item.get("tranches")
    return all("if" in one for one in (parts if isinstance(parts, list) else [item])) if parts != [] else False


def _designs(reading: Reading, _: Table) -> Iterator[str]:
    """A design pays no money twice, changes nothing that is paid, burdens no budget more, and forecasts what can be."""
    for column in reading.published["comparison"]["columns"]:
        draft, own = column["draft"], column["own"]
        for deal in (draft, own):
            kinds = {one["kind"] for one in deal["figures"].values()} if deal else set()
            if deal and reading.appraisal.implausible and (deal["simulated"] or "simulated" in kinds):
                yield f"{column['id']}: simulated, and the dossier says that the company cannot be forecast"
            if deal and not deal["simulated"] and "simulated" in kinds:
                yield f"{column['id']}: figures of a simulation that was not made"
        if not own:
            continue
        if draft["plan"] and _all_paid(own["plan"]) > _all_paid(draft["plan"]) * (1.0 + 1e-9):
            yield f"{column['id']}: {_all_paid(own['plan'])} of {_all_paid(draft['plan'])}"
        if [one for one in own["plan"] if one["paid"]] != [one for one in draft["plan"] if one["paid"]]:
            yield f"{column['id']}: what was paid changes"
        mine, whole = (deal["figures"].get("public.amount_to_budget") or {} for deal in (own, draft))
        shares = [
            one["high"] if one["bounds"] else one["value"] for one in (mine, whole) if one.get("value") is not None
        ]
        if len(shares) == 2 and mine["label"] == whole["label"] and shares[0] > shares[1] * (1.0 + 1e-9):
            yield f"{column['id']}: {shares[0]} of a year's revenue, not at most {shares[1]}"


def _all_paid(plan: Sequence[Mapping[str, Any]]) -> float:
    return float(sum(one["public"] + one["partners"] for one in plan))


PARTS = ("voting", "patience", "tolerance", "exemption", "openness", "opportunities", "capabilities", "pilots")
"""Parts of governance of which playbooks say something."""
LISTS: Mapping[str, Callable[[Reading, Table], Iterator[str]]] = {
    "money assumptions": _assumptions,
    "money headline": _headline,
    "changes causes": _causes,
    "dossier plan-questions": _answered,
    "comparison risk": _risk,
    "comparison plans": _payments,
    "comparison playbooks": _designs,
    **{f"comparison {part}": _practice for part in PARTS},
}
"""By document and table: what of its study it lacks."""


# -- sentences -----------------------------------------------------------------------------------------------------

type Told = Mapping[str, Any]


def _nearest(reading: Reading, name: str, told: Told) -> bool:
    return any(one["nearest"] and round(one["nearest"]["km"]) == told["km"] for one in reading.published[name]["gaps"])


def _window(reading: Reading, name: str, told: Told) -> bool:
    if name in reading.published:
        says = [one["tendency"] for one in reading.published[name]["signals"]]
    else:  # of the appraisal: kinds of which no figure is held are in no row
        market = reading.appraisal.market
        shown = [row[1].id.partition("scan.tendency.")[2].partition(".")[0] for row in market.table.rows]
        says = [*shown, *["unknown"] * (len(KINDS) - len(shown))]
    counts = {"known": len(says) - says.count("unknown"), **{key: says.count(key) for key in ("opens", "closes")}}
    return all(told[key] == count for key, count in counts.items()) and told["of"] == len(says)


def _next(reading: Reading, name: str, told: Told) -> bool:
    """The next entry of the calendar that is not done."""
    view, text = reading.view_of(name), canonical(told["text"])
    coming = [one for one in reading.published[name]["calendar"] if not one["done"] and one["day"] >= str(view.as_of)]
    return any(one["day"] == told["day"] and canonical(Message.from_dict(one["text"])) == text for one in coming)


def _unread(reading: Reading, name: str, told: Told) -> bool:
    """A fact of the period says so."""
    value = told["value"]
    number = value.value if isinstance(value, Measurement) else None
    held = [fact for fact in reading.view_of(name).facts if str(fact.period) == told["period"]]
    middles = [sum(x) / 2 if isinstance(x := fact.value, tuple) else x for fact in held]
    told_so = any(isinstance(middle, int | float) and near(number or 0.0, middle) for middle in middles)
    return bool(held) and (number is None or told_so)


def _searched(reading: Reading, name: str, told: Told) -> bool:
    held = reading.published[name]
    named = {"fresh": "fresh_paths", "race": "race_paths"}
    return all(told[key] == held[named.get(key, key)] for key in ("evaluations", "fresh", "paths", "race", "seed"))


def _exposed(reading: Reading, name: str, told: Told) -> bool:
    """What waits for no new commitment is all that is planned but what waits, and what was not seen."""
    planned, waits, unseen = (sum(one[key] for one in reading.published[name]["deals"]) for key in EXPOSED)
    return near(told["before"].value, planned - waits - unseen)


EXPOSED = ("planned", "bound", "untold")


def _withheld(reading: Reading, name: str, told: Told) -> bool:
    """So many sources are withheld for that reason, of that grade."""
    for message in within(told["what"]):
        if message.id.startswith("reports.source.withheld."):
            why, grade = message.id.rpartition(".")[2], dict(message.params).get("grade")
            n = sum((one.withheld, one.grade) == (why, grade) for one in reading.appraisal.sources)
            return bool(told["n"] == n)
    return True


def _awaited(reading: Reading, name: str, told: Told) -> bool:
    return bool(told["day"] == awaited_of(reading.view_of(name), Period.parse(told["period"])).isoformat())


def _before_binding(_: Reading, __: str, told: Told) -> bool:
    sums = [dict(told[key].params).get("value") for key in ("before", "whole") if isinstance(told[key], Message)]
    if len(sums) == 2 and all(isinstance(one, int | float) for one in sums) and sums[1]:
        return near(told["share"], sums[0] / sums[1])
    return bool(0.0 <= told["share"] <= 1.0)


def _in_state(state: str) -> Callable[[Reading, str, Told], bool]:
    """As many names as there are milestones in a state."""

    def named(reading: Reading, name: str, told: Told) -> bool:
        states = [stone["state"] for stone in reading.published[name]["milestones"]]
        return 0 < len(told["names"]) == states.count(state)

    return named


RETOLD: Mapping[str, Callable[[Reading, str, Told], bool]] = {
    "reports.chain.nearest": _nearest,
    **{f"scan.window.{id}": _window for id in ("blue", "red", "mixed", "undecided")},
    "reports.compare.footer": lambda r, name, told: told["seed"] == r.published[name]["seed"],
    "reports.structure.sample_at_once": _searched,
    "reports.monitor.lead.next": _next,
    "reports.paper.times": _withheld,
    **{f"reports.fund.exposure_sentence{end}": _exposed for end in ("", ".untold")},
    **{f"reports.monitor.lead.{state}": _in_state(state) for state in ("part", "late", "untold")},
    "reports.monitor.lead.lacking": lambda r, name, _: not (r.published[name]["signs"] or r.published[name]["quiet"]),
    "reports.monitor.unseen.fact": _unread,
    "appraisal.needs.stale": _awaited,
    "lint.GZ102": _before_binding,
    "lint.GZ204": lambda _, __, told: told["rate"] < told["hurdle"] < 1.0 <= told["years"],
}
"""By the id of a message: whether its study says so."""


def _seen(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """Words before a clause say that it was seen in part, or not seen, as the appraisal has it."""
    texts = ((one.text.model_dump(mode="json", by_alias=True), one.state) for one in reading.appraisal.clauses)
    states = {canonical(Message.from_dict(text)): f"reports.clause.{state}" for text, state in texts}
    for piece in pieces(document, name):
        parts = dict(piece.words.params).get("parts") if isinstance(piece.words, Message) else None
        told = [part for part in parts if isinstance(part, Message)] if isinstance(parts, tuple) else []
        state = states.get(canonical(told[1])) if len(told) == 2 else None
        if state is not None and told[0].id.startswith("reports.clause.") and told[0].id != state:
            yield _fault(name, piece.section, f"seen:{told[0].id}", told[0], f"it is {state}")


def _in_part(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """Among what is open stands how many clauses were not seen, and how many in part, where any was."""
    words = [sentence.words for sentence in document.sentences()] if name == "dossier" else []
    for state in ("unknown", "bracketed") if name == "dossier" else ():
        n, id = sum(one.state == state for one in reading.appraisal.clauses), f"reports.questions.{state}"
        told = [dict(one.params)["n"] for one in words if isinstance(one, Message) and one.id == id]
        if told != [n] * bool(n):
            yield _fault(name, "open-clauses", f"open:{id}", str(told), f"{n} clauses are {state}")


def _samples(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """Of how many a figure was counted is what the appraisal counted."""
    if name not in ("dossier", "brief", "memorandum", "changes"):
        return
    ends = reading.published[name]["ends"] if name == "changes" else [reading.appraisal.model_dump(mode="json")]
    held = {tuple(figure["sample"]) for one in ends for figure in one["figures"].values() if figure["sample"]}
    for piece in pieces(document, name):
        for message in within(piece.words):
            told = dict(message.params)
            if message.id.startswith("reports.figure.sample_") and (told.get("k"), told.get("n")) not in held:
                yield _fault(name, piece.section, f"sample:{message.id}", message, "no figure was counted so")


def _advised(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """What the advice would become is what the appraisal says that it would."""
    if name != "memorandum":
        return
    becomes = {one.becomes for one in reading.appraisal.reversals}
    for piece in pieces(document, name):
        for message in within(piece.words):
            told = canonical(message) if message.id == "reports.summary.becomes" else ""
            if told and not any(f'"reports.advice.{one}"' in told for one in becomes):
                yield _fault(name, "change", f"becomes:{message.id}", message, f"it becomes {sorted(becomes)}")


def _sums(parts: Sequence[float]) -> Iterator[float]:
    """Sums of any of the parts, of which a sheet has a few."""
    for some in product((0.0, 1.0), repeat=min(len(parts), MOST_CLAUSES)):
        yield sum(part * counted for part, counted in zip(parts, some, strict=False))


MOST_CLAUSES = 10
"""So many clauses with money a sheet has at most of which any may be added."""
OF_TERMS = ("lint", "monitor", "release")
"""How documents begin that say terms of the sheet in words."""


def _of_sheet(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """Numbers of terms are those of the sheet, of its clauses in words, or sums of its payments or of its clauses."""
    view = reading.view_of(name)
    if (
        not name.startswith(OF_TERMS)
        or reading.sheet is None
        or view.sheet is None
        or "explain" not in reading.documents
    ):
        return
    numbers = written(view.sheet.document.data).numbers
    promised = commitments(reading.sheet)
    paid = [amount for one in promised for _, amount in one.by_party]
    sums = [list(accumulate(getattr(amount, end) or 0.0 for amount in paid)) for end in ("low", "mid", "high")]
    told = (m.params for piece in pieces(reading.documents["explain"]) for m in within(piece.words))
    said = {float(x) for params in told for _, x in params if isinstance(x, int | float)}
    held = {0.0, *numbers, *said, *(a - b for of in sums for a in of for b in (0.0, *of))}
    limits = [float(one.limit) for one in reading.sheet.of(Guarantee) if isinstance(one.limit, int | float)]
    for end in ("low", "mid", "high"):
        clauses = [sum(getattr(amount, end) or 0.0 for _, amount in one.by_party) for one in promised]
        held |= set(_sums((*limits, *clauses)))
    for piece in pieces(document, name):
        for message in within(piece.words):
            for key, value in message.params if message.id.startswith(TERMS) else ():
                if not isinstance(value, int | float) or isinstance(value, bool):
                    continue
                if not any(near(form, one) for form in forms(float(value)) for one in held):
                    against = "neither the sheet nor a sum of its payments"
                    yield _fault(name, piece.section, f"term:{message.id}.{key}", message, against)
