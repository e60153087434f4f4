"""A site of Wagtail as large as the office of the benchmark: its editors look at lists, pages, histories and reports.

Wagtail is an application of Django for people who work on pages together: rights by page and group, drafts and
approvals, revisions, a log of who did what, reports and search. A case is a page with its columns, a fact a page below
it; the log has as many entries as that of the office. It runs in a Python of its own, which has no Guanzi.
"""
