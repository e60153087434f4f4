"""All questions of the jobs, and which of them others than a command may ask."""

from __future__ import annotations

from itertools import chain

from guanzi.jobs.appraisal import declared as appraisal
from guanzi.jobs.articles import declared as articles
from guanzi.jobs.bets import declared as bets
from guanzi.jobs.chains import declared as chains
from guanzi.jobs.diligence import declared as diligence
from guanzi.jobs.distress import declared as distress
from guanzi.jobs.evidence import declared as evidence
from guanzi.jobs.experts import declared as experts
from guanzi.jobs.following import declared as following
from guanzi.jobs.playbooks import declared as playbooks
from guanzi.jobs.ranking import declared as ranking
from guanzi.jobs.rules import declared as rules
from guanzi.jobs.screening import declared as screening
from guanzi.jobs.shared.question import JobQuestion
from guanzi.jobs.structuring import declared as structuring
from guanzi.jobs.terms import declared as terms
from guanzi.jobs.tracks import declared as tracks

_JOBS = (
    *(appraisal, articles, bets, chains, diligence, distress, evidence, experts, following, playbooks),
    *(ranking, rules, screening, structuring, terms, tracks),
)
QUESTIONS: tuple[JobQuestion, ...] = tuple(chain.from_iterable(job.QUESTIONS for job in _JOBS))
OFFERED = tuple(question for question in QUESTIONS if question.offered)
"""Those whose answers have a shape, and that need no file of who asks."""
