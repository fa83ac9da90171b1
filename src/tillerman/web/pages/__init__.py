"""One file a page: the answer as a record, and the two doors to it, a page (`pages`) and JSON (`api`)."""
