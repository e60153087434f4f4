"""The ground: words, units, problems, and the one door by which files come in."""
