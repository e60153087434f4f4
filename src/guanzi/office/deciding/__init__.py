"""How a decision is made: stages and gates, panels, interests, sittings, their count, and what evidence voids."""
