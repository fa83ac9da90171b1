"""One command a file; rooms are imported when a command runs, so that help comes at once."""
