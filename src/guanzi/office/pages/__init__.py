"""Pages of the office: each file shows one thing, and changes nothing but by an action."""
