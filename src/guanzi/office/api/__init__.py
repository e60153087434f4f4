"""The HTTP interface: the same actions as on pages, and what can be read, for programs with a token."""
