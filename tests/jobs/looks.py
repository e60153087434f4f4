"""A look back for the tests: invented outcomes laid over the hand-made appraisal."""

from datetime import date

from tests.jobs.sample import sample, words

from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import SourceData
from guanzi.advice.backtest import Hindsight, OutcomeFact, Point, Series

APPRAISAL = sample()


def point(fan, day, value, fact="outcome-one"):
    """A value laid over a day of a fan."""
    i = fan.dates.index(day)
    p5, p25, p50, p75, p95 = fan.p5[i], fan.p25[i], fan.p50[i], fan.p75[i], fan.p95[i]
    return Point(date=day, value=value, facts=(fact,), p5=p5, p25=p25, p50=p50, p75=p75, p95=p95,
                 within_50=p25 <= value <= p75, within_90=p5 <= value <= p95)  # fmt: skip


def series(id, fan, points):
    """A series with its coverage."""
    n = len(points)
    return Series(id=id, label=fan.label, unit=fan.unit, points=tuple(points),
                  covered_50=(sum(p.within_50 for p in points), n),
                  covered_90=(sum(p.within_90 for p in points), n))  # fmt: skip


def look_at(*found):
    """A look back with these series, one fact, and one source without and one with an address."""
    n = sum(len(s.points) for s in found)
    fact = OutcomeFact(id="outcome-one", name="deliveries", period="2021", value=91429.0, unit="vehicles",
                       known_on=date(2022, 3, 24), source="late", note="Counted.")  # fmt: skip
    sources = (
        SourceData(id="late", publisher="NIO Inc.", title="Results of 2021", date=date(2022, 3, 24),
                   address="https://ir.nio.com/2021", grade="B"),
        SourceData(id="copy", publisher="Mirror", title="A copy", date=None, address=None, grade="D"),
    )  # fmt: skip
    return Hindsight(case="sample", as_of=APPRAISAL.as_of, appraisal_sha256="12" * 32, series=found,
                     covered_50=(sum(s.covered_50[0] for s in found), n),
                     covered_90=(sum(s.covered_90[0] for s in found), n), facts=(fact,), sources=sources,
                     sentences=(Text(id="backtest.hindsight.one_path"), words("Said.")))  # fmt: skip


def look():
    """One quarterly and one yearly series: within the half, above all, below all."""
    quarterly, yearly = APPRAISAL.fans["deliveries"], APPRAISAL.yearly["deliveries"]
    first, second = quarterly.dates[3], quarterly.dates[7]
    return look_at(
        series("deliveries", quarterly, [point(quarterly, first, quarterly.p50[3]), point(quarterly, second, 9e5)]),
        series("deliveries_year", yearly, [point(yearly, yearly.dates[2], yearly.p5[2] - 1)]),
    )
