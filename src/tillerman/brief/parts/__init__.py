"""The parts of a minister's brief, each from the plan's record."""
