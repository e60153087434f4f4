"""What is kept: the log and its write transaction, files by their content, what was found beforehand."""
