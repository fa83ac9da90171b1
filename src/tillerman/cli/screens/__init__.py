"""How each answer looks in a terminal: views in, lines and tables out."""
