"""How fast the pages of the office are: a thousand cases, a hundred thousand facts, a million entries in the log."""
