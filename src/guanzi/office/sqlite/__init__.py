"""SQLite as the office uses it: :mod:`guanzi.office.sqlite.base` is what Django loads."""
