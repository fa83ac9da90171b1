"""A study: one SQLite file with everything a plan was made from and everything it says, readable in any SQLite viewer.

`save` writes it whole or not at all; `open_study` gives back an equal plan, or says why the file cannot be trusted.
"""

from tillerman.archive.opening import open_study as open_study
from tillerman.archive.saving import save as save
from tillerman.archive.tables import SCHEMA_VERSION as SCHEMA_VERSION
