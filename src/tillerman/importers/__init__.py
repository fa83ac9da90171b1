"""Importers: a file that somebody else published in; proposed changes to a country file out, each with its evidence.

Nothing is guessed: a row of the source feeds the row of the country file that it is linked to, or that has its name.
"""

from tillerman.importers.declarations import read_declarations as read_declarations
from tillerman.importers.declarations import written_declarations as written_declarations
from tillerman.importers.links import Link as Link
from tillerman.importers.links import parse_link as parse_link
from tillerman.importers.proposal import Change as Change
from tillerman.importers.proposal import Proposal as Proposal
from tillerman.importers.proposal import accept as accept
from tillerman.importers.proposal import propose as propose
from tillerman.importers.proposal import refuse_form as refuse_form
from tillerman.importers.proposal import save as save
from tillerman.importers.registry import SOURCES as SOURCES
from tillerman.importers.source import Asked as Asked
from tillerman.importers.source import Importer as Importer
