"""Commands of questions, whichever job they are of."""
