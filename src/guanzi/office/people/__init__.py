"""People: who sees what, how they enter, and what takes a second one of them."""
