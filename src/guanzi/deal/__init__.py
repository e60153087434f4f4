"""The deal as text and as a program, and what can be said of it without simulating."""
