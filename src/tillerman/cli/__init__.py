"""The command line: parse, call the rooms, print. It holds no model logic; each command is one file."""

from tillerman.cli.app import app as app
from tillerman.cli.app import main as main
