"""How things look: colours, sizes and typefaces, each once, and every chart from one definition."""
