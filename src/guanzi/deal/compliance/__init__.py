"""Compliance: public rules as packs of data, judged on a term sheet by the law that is in force on its day."""

from guanzi.deal.compliance.answers import answers_of_view, read_answers
from guanzi.deal.compliance.asking import AskedQuestion, questions_to_ask
from guanzi.deal.compliance.diagnostics import diagnostics
from guanzi.deal.compliance.judging import Deal, Judgement, State, Time, Verdict, judge
from guanzi.deal.compliance.pack import PackFormat, Rule, pack_schema
from guanzi.deal.compliance.quantities import QUANTITIES
from guanzi.deal.compliance.reading import Pack, Packs, read_packs
from guanzi.deal.compliance.sentences import finding, fix, in_force, law, question
from guanzi.deal.compliance.shipped import beside, pack_documents, packs_with, shipped_packs

__all__ = [
    "QUANTITIES",
    "AskedQuestion",
    "Deal",
    "Judgement",
    "Pack",
    "PackFormat",
    "Packs",
    "Rule",
    "State",
    "Time",
    "Verdict",
    "answers_of_view",
    "beside",
    "diagnostics",
    "finding",
    "fix",
    "in_force",
    "judge",
    "law",
    "pack_documents",
    "pack_schema",
    "packs_with",
    "question",
    "questions_to_ask",
    "read_answers",
    "read_packs",
    "shipped_packs",
]
