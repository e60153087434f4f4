"""The register of bets as documents: its populations, the rows of one, and one bet with all that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guanzi import __version__
from guanzi.intake.bets import BetOutcome, PopulationRecord, PublicBet
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.render import (
    UNDATED,
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Row,
    Section,
    Sentence,
    Table,
    Words,
)

type CodedTwice = Mapping[str, tuple[int, Mapping[str, float | None]]]

ASKED = ("in_business", "made_before", "offtake", "finance", "milestones")


def bets_document(id: str, title: Words, sections: Sequence[Section], under: tuple[Words, ...] = ()) -> Document:
    """A document about bets."""
    made = message("page.made", version=__version__)
    return Document(id, message("bets.kicker"), title, under, UNDATED, tuple(sections), made)


def part(id: str, heading: Words, *blocks: Block) -> Section:
    """A part of such a document, which stands on the first screen."""
    return Section(id, heading, blocks, first=True)


def populations_document(records: Sequence[PopulationRecord], twice: CodedTwice) -> Document:
    """All populations: how many rows, what came of them, and how much of it is from memory.

    Args:
        twice: By population, rows that a second coder coded, and by question kappa, where it can be told.
    """
    names = ("rows", "kept", "worked", "partly", "failed", "open", "betray", "memory")
    columns = (Column("population", message("bets.head.population")), *heads("bets.head", *names))
    rows = []
    for record in records:
        came = record.came()
        counts = (
            *(len(record.bets), len(record.kept), came["worked"], came["partly"], came["failed"]),
            came["open"] + came["unknown"],
            sum(bet.betrays for bet in record.kept),
        )
        memory = message("bets.memory", answers=record.answers_from_memory(), outcomes=record.outcomes_from_memory())
        cells = (*(Cell(count, "count") for count in counts), Cell(memory))
        rows.append(Row(Cell(record.population.name, notes=(Sentence(f"`{record.population.id}`"),)), cells))
    bets = sum(len(record.kept) for record in records)
    failed = sum(record.came()["failed"] for record in records)
    lead = Sentence(message("bets.counted", populations=len(records), bets=bets, failed=failed), tone="strong")
    table = Table("populations", message("bets.populations"), columns, tuple(rows))
    notes = (Sentence(message(f"bets.{name}"), tone="quiet") for name in ("memory.how", "more"))
    rules = Bullets(tuple(_rule(record) for record in records))
    how = Sentence(message("bets.twice.how"), tone="quiet")
    return bets_document(
        "bets",
        message("bets.title"),
        (
            part("counted", "", lead, table, *notes),
            part("twice", message("bets.twice"), _twice(records, twice), how),
            part("rules", message("bets.rules"), rules),
        ),
    )


def _rule(record: PopulationRecord) -> Sentence:
    told = message("bets.rule", rule=record.population.rule, sources="; ".join(record.population.sources))
    return Sentence(told, name=record.population.name)


def _twice(records: Sequence[PopulationRecord], twice: CodedTwice) -> Table:
    """How far two coders agreed on the questions that were coded twice."""
    names = next((tuple(agreed) for _, agreed in twice.values()), ())
    columns = (Column("population", message("bets.head.population")), *heads("bets.head", "twice", *names))
    rows = []
    for record in records:
        rows_twice, agreed = twice[record.population.id]
        kappas = (Cell(message("bets.cannot") if value is None else f"{value:.2f}") for value in agreed.values())
        rows.append(Row(Cell(record.population.name), (Cell(rows_twice, "count"), *kappas)))
    return Table("twice", message("bets.twice"), columns, tuple(rows))


def rows_document(record: PopulationRecord) -> Document:
    """One population: its rule, how complete it is, its sources and its rows."""
    population = record.population
    blocks = (
        Sentence(population.rule),
        Sentence(message("bets.complete", words=population.complete)),
        Sentence(message("bets.sources", sources="; ".join(population.sources))),
    )
    columns = heads("bets.head", "bet", "decided", *ASKED, "outcome")
    rows = tuple(_row(bet, record.outcomes[bet.id]) for bet in record.bets)
    table = Table("rows", message("bets.rows"), columns, rows)
    return bets_document("bets", population.name, (part("rule", "", *blocks), part("rows", table.caption, table)))


def _row(bet: PublicBet, outcome: BetOutcome) -> Row:
    notes = [Sentence(f"`{bet.id}`")]
    if bet.left_out is not None:
        notes.append(Sentence(message(f"bets.left_out.{bet.left_out}"), tone="caution"))
    answers = (Cell(_answer(bet, name)) for name in ASKED)
    came = Cell(message(f"bets.outcome.{outcome.outcome}"), notes=(Sentence(_rests(outcome)),))
    return Row(Cell(bet.name, notes=tuple(notes)), (Cell(bet.decided or message("bets.unknown")), *answers, came))


def _answer(bet: PublicBet, name: str) -> Words:
    return message(f"bets.answer.{bet.answers.get(name, 'unknown')}")


def _rests(outcome: BetOutcome) -> Words:
    return message("bets.from_memory") if outcome.from_memory else outcome.source


def bet_document(record: PopulationRecord) -> Document:
    """One bet: what was answered, what came of it, and what each rests on."""
    (bet,) = record.bets
    outcome = record.outcomes[bet.id]
    answers = [Sentence(_answer(bet, name), name=message(f"bets.question.{name}")) for name in ASKED]
    about = [
        (message("bets.head.decided"), bet.decided or message("bets.unknown")),
        (message("bets.head.place"), bet.place or message("bets.unknown")),
        (message("bets.head.sponsor"), bet.sponsor or message("bets.unknown")),
        (message("bets.head.sum"), _money(bet.public_sum, bet.currency)),
        (message("bets.head.plan"), _money(bet.investment, bet.currency)),
        (message("bets.head.sales"), _money(bet.sales_before, bet.currency)),
    ]
    shown = Bullets(tuple(Sentence(words, name=name) for name, words in about), form="pairs")
    rests = [Sentence(message("bets.sources", sources=source)) for source in bet.sources]
    if bet.from_memory:
        rests.append(Sentence(message("bets.answers_from_memory"), tone="caution"))
    if bet.betrays:
        rests.append(Sentence(message("bets.betrays"), tone="caution"))
    if bet.left_out is not None:
        rests.append(Sentence(message(f"bets.left_out.{bet.left_out}"), tone="caution"))
    came = [
        Sentence(message(f"bets.outcome.{outcome.outcome}"), tone="strong"),
        Sentence(outcome.note),
        Sentence(message("bets.sources", sources=_rests(outcome))),
    ]
    sections = (
        part("about", "", shown),
        part("answers", message("bets.answers"), Bullets(tuple(answers), form="pairs"), *rests),
        part("outcome", message("bets.head.outcome"), *(sentence for sentence in came if sentence.words)),
    )
    return bets_document("bets", bet.name, sections, (record.population.name, f"`{bet.id}`"))


def _money(value: float | None, currency: str) -> Words:
    if value is None:
        return message("bets.unknown")
    return message("bets.money", amount=value, currency=currency)
