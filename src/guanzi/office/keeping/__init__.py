"""What is kept: the log and its turn to write, files by their content, what was found beforehand."""
