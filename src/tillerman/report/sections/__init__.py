"""The sections of a report, one a file: each turns the plan's record into what is said, drawn and tabled."""
