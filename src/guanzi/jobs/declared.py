"""All questions of the jobs, and which of them others than a command may ask."""

from __future__ import annotations

from guanzi.jobs.bets import declared as bets
from guanzi.jobs.chains import declared as chains
from guanzi.jobs.evidence import declared as evidence
from guanzi.jobs.shared.question import JobQuestion
from guanzi.jobs.structuring import declared as structuring
from guanzi.jobs.terms import declared as terms

QUESTIONS: tuple[JobQuestion, ...] = (
    *bets.QUESTIONS,
    *chains.QUESTIONS,
    *evidence.QUESTIONS,
    *structuring.QUESTIONS,
    *terms.QUESTIONS,
)
OFFERED = tuple(question for question in QUESTIONS if question.offered)
"""Those whose answers have a shape, and that need no file of who asks."""
