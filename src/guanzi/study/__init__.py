"""Studies of a company, its people, technology, users and money, each a room of its own."""
