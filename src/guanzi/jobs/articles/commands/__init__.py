"""The commands of the job: what is declared, and what they print."""
