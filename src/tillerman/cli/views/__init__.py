"""What a command answers, as typed records: `--json` prints them, screens draw them, schemas describe them."""
