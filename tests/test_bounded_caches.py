"""What a process remembers has an end: a cache by argument is bounded, or its arguments are few and told here."""

import ast

from tests.sources import SRC, nodes

FEW = {
    "advice/appraisal/facts_asked.py:_probe_source": "days of appraisals, in the process of the worker",
    "base/core/compiled.py:_say": "messages of the code itself",
    "base/core/text.py:_of_extensions": "domains and languages of the catalogues",
    "base/core/text.py:catalogue": "domains and languages of the catalogues",
    "base/core/text.py:_own": "domains and languages of the catalogues",
    "deal/lint/examples.py:_read": "examples that are shipped",
    "engine/machine/lanes.py:_fitting": "operations, and those of their arguments",
    "engine/machine/shelf.py:hash_of_code": "files of the code itself",
    "intake/chains/reading.py:_shipped": "chains that are shipped",
    "intake/chains/rows.py:words": "parts of a chain",
    "intake/importers/items.py:items_by_concept": "taxonomies",
    "intake/industries/shipped.py:names_of": "kinds of regions and industries that are shipped",
    "intake/inputs/records.py:_columns": "kinds of records",
    "intake/inputs/records.py:_data": "kinds of records",
    "intake/reading/lexicon.py:groups": "kinds of words that are shipped",
    "intake/reading/sentences.py:_compiled": "yes and no",
    "intake/reading/sentences.py:_words_of": "groups of words that are shipped",
    "intake/workbook/layout.py:layouts": "workbooks that are shipped",
    "office/pages/cases.py:_builtin": "languages",
    "office/pages/log.py:_actions": "languages",
    "office/pages/look.py:_text": "languages",
    "office/pages/rendering.py:environment": "languages",
    "console/asked.py:asked_fields": "requests, which the code declares",
    "record/evidence/headed.py:shipped_heads": "folders of the library, which the code names",
    "office/serving/untrusted.py:_marked_record": "shapes of records within answers, which the code declares",
    "office/serving/untrusted.py:marked_shape": "shapes of answers, which the code declares",
    "record/playbooks/load.py:_shipped": "playbooks that are shipped",
    "jobs/shared/documents/pages.py:_compiled": "languages",
    "render/html.py:_environment": "languages",
    "study/distress/shipped.py:_model": "models that are shipped",
    "study/fiscal/load.py:load_tax_sharing": "countries that are shipped",
    "study/screening/library.py:_load": "lists that are shipped",
    "study/screening/library.py:han_words": "lists that are shipped",
    "study/screening/library.py:words": "lists that are shipped",
    "study/screening/matching.py:_lexicon": "yes and no",
}
"""Functions cached without a bound, and what their arguments are among."""


def unbounded():
    """Cached functions with arguments and no bound, as ``file:function``."""
    for file, node in nodes(ast.FunctionDef):
        if node.args.args or node.args.kwonlyargs:
            told = {ast.unparse(one) for one in node.decorator_list}
            if told & {"cache", "functools.cache", "lru_cache(maxsize=None)", "lru_cache(None)"}:
                yield f"{file.relative_to(SRC).as_posix()}:{node.name}"


def test_what_is_remembered_by_argument_has_a_bound():
    assert set(unbounded()) == set(FEW)
