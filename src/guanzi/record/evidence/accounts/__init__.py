"""The newest known figures of a company's accounts: the one place where losses, sales, cash and margins are chosen."""
