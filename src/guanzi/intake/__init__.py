"""The ways in: tables, workbooks, notes, questionnaires and filings become facts of the record."""
