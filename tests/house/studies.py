"""Make the plans that are shipped with the countries anew: `python -m tests.house.studies kenya india` (none: all).

To be run when the model or a country file has changed. Each takes minutes, and its file is replaced at the end only.
`--to FOLDER` writes the files there instead.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tillerman.archive import open_study, save
from tillerman.country import load, shipped
from tillerman.plan import Plan, ask, base_for, make_request, plan_of
from tillerman.plan.asked import QUESTIONS
from tillerman.study import PACKS

EVERYWHERE = ("foresight", "frontier", "alternatives")  # what every screen and the brief of a country need
EVERYTHING = tuple(question for question in QUESTIONS if question != "certified")
ASKED_OF = {"kenya": EVERYTHING}  # the country of the tutorials
WITHOUT = ("hand",)  # countries that ship no plan: theirs takes seconds


def main() -> None:
    """Read the command line and make each study in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    planned = [name for name in shipped() if name not in WITHOUT]
    parser.add_argument("countries", nargs="*", help="shipped countries; all where none is named")
    parser.add_argument("--to", type=Path, help="a folder to write to, instead of the countries' own")
    given = parser.parse_args()
    for name in given.countries or planned:
        path = (given.to or PACKS / name) / f"{name}.study"
        path.parent.mkdir(parents=True, exist_ok=True)
        save(make(name), path)
        open_study(path)


def make(name: str) -> Plan:
    """Plan for a shipped country with the default settings, and ask what its stored study answers."""
    country = load(name)
    began = time.process_time()

    def told(what: str) -> None:
        sys.stderr.write(f"{name}: {what} after {time.process_time() - began:.0f} CPU s\n")

    plan = plan_of(base_for(country, make_request(country)))
    told("plan")
    for question in ASKED_OF.get(name, EVERYWHERE):
        plan = ask(plan, [question])
        told(question)
    return plan


if __name__ == "__main__":
    main()
