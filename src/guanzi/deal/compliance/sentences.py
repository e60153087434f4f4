"""What a rule and a verdict say to people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guanzi.base.core import Message, Parameter
from guanzi.deal.compliance.judging import State, Time, Verdict
from guanzi.deal.compliance.pack import ALWAYS, UNKNOWN, InForce, LawSource, PackFormat, Question, Rule
from guanzi.deal.compliance.quantities import QUANTITIES


def finding(verdict: Verdict) -> Message:
    """What a verdict says: the title of the rule and what it asks."""
    rule = verdict.rule
    title, text = rule.title.parameter, rule.text.parameter
    if verdict.time is Time.LATER:
        return Message.of(f"compliance.later.{verdict.state}", title=title, text=text)
    if verdict.time is Time.ENDED:
        until = rule.in_force.until
        return Message.of("compliance.ended", title=title, until=until.isoformat() if until else None)
    if verdict.time is Time.UNDATED and verdict.state is State.VIOLATED:
        return Message.of("compliance.undated", title=title, text=text)
    return Message.of(f"compliance.{verdict.state}", title=title, text=text)


def fix(rule: Rule) -> Message:
    """What fixes a breach, with the exceptions that the rule knows."""
    if rule.exceptions is None:
        return Message.of("compliance.mend", text=rule.mend.parameter)
    exceptions = rule.exceptions.parameter
    return Message.of("compliance.mend_or_exception", text=rule.mend.parameter, exceptions=exceptions)


def law(rule: Rule, form: PackFormat) -> Message:
    """Act, number, article, time in force and evidence, in one line."""
    source = form.sources[rule.source]
    return Message.of(
        "compliance.law",
        act=act(source),
        article=_article(rule.article),
        force=in_force(rule.in_force),
        evidence=evidence(rule, source),
    )


def _article(article: str) -> Message:
    if not article:
        return Message.of("compliance.no_article")
    return Message.of("compliance.article" if article[0].isdigit() else "compliance.part", article=article)


def act(source: LawSource) -> Message:
    """Publisher, title, number and day of an act."""
    params: dict[str, Parameter] = {"publisher": source.publisher.parameter, "title": source.title.parameter}
    words = "numbered" if source.number else "named"
    if source.number:
        params["number"] = source.number
    if source.date is None:
        return Message.of(f"compliance.act.{words}", **params)
    day = source.date.isoformat() if isinstance(source.date, date) else str(source.date)
    return Message.of(f"compliance.act.{words}_dated", **params, day=day)


def in_force(force: InForce) -> Message:
    """From when until when a rule is law."""
    if force.since in (UNKNOWN, ALWAYS):
        return Message.of(f"compliance.force.{force.since}")
    since = force.since.isoformat() if isinstance(force.since, date) else str(force.since)
    if force.until is None:
        return Message.of("compliance.force.since", since=since)
    how = Message.of(f"compliance.force.{force.ended or 'expired'}")
    return Message.of("compliance.force.until", since=since, until=force.until.isoformat(), how=how)


def evidence(rule: Rule, source: LawSource) -> Message:
    """What was read, and whether that is primary or secondary evidence."""
    return Message.of(f"compliance.read.{rule.read or source.read}")


def question(name: str, questions: Mapping[str, Question]) -> Message:
    """What has to be answered."""
    if name in questions:
        return Message.of("compliance.ask", text=questions[name].ask.parameter)
    if name in QUANTITIES:
        return Message.of(f"compliance.not_seen.{QUANTITIES[name].type}", what=QUANTITIES[name].meaning)
    return Message.of("compliance.ask_industry")
