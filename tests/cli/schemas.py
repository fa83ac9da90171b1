"""The JSON Schemas of everything `--json` prints: `python -m tests.cli.schemas` writes them from the views."""

import json
from dataclasses import dataclass

from tests.house.fences import ROOT
from tillerman.cli.views.alternatives import AlternativesAnswer
from tillerman.cli.views.ambiguity import AmbiguityAnswer
from tillerman.cli.views.ask import AskView
from tillerman.cli.views.calendar import CalendarView
from tillerman.cli.views.check import CheckView
from tillerman.cli.views.compare import CompareView, EveryoneView
from tillerman.cli.views.countries import CountriesView
from tillerman.cli.views.difference import DifferenceView
from tillerman.cli.views.doctor import DoctorView
from tillerman.cli.views.event import EventView
from tillerman.cli.views.evidence import EvidenceView
from tillerman.cli.views.exposure import ExposureView
from tillerman.cli.views.flips import FlipsAnswer
from tillerman.cli.views.foresight import ForesightAnswer
from tillerman.cli.views.frontier import FrontierAnswer
from tillerman.cli.views.import_ import ImportView
from tillerman.cli.views.influence import InfluenceView
from tillerman.cli.views.levers import LeversAnswer
from tillerman.cli.views.new import NewView
from tillerman.cli.views.options import OptionsAnswer
from tillerman.cli.views.plan import PlanView
from tillerman.cli.views.schema import schema_of
from tillerman.cli.views.why_not import WhyNotAnswer

FOLDER = ROOT / "src" / "tillerman" / "schemas"


@dataclass(frozen=True)
class Printed:
    """A command whose answer is printed as JSON, and the record behind it."""

    command: tuple[str, ...]
    view: type


CHIPS = str(ROOT / "tests" / "importers" / "chips.csv")
TO_KONZA = ("--map", "Twice=konza")

PRINTED = {
    "ambiguity": Printed(("ambiguity", "hand", "--futures", "3", "--json"), AmbiguityAnswer),
    "alternatives": Printed(("alternatives", "hand", "--json", "--futures", "3"), AlternativesAnswer),
    "ask": Printed(("ask", "hand", "--draws", "12", "--futures", "1", "--json"), AskView),
    "calendar": Printed(("calendar", "kenya", "--json"), CalendarView),
    "check": Printed(("check", "hand", "--json"), CheckView),
    "compare": Printed(("compare", "hand", "kenya", "--today", "--json"), CompareView),
    "countries": Printed(("countries", "--json"), CountriesView),
    "diff": Printed(("diff", "hand", "kenya", "--json"), DifferenceView),
    "doctor": Printed(("doctor", "--json"), DoctorView),
    "event": Printed(("event", "hand", "farco leaves", "--futures", "3", "--json"), EventView),
    "everyone": Printed(("compare", "--everyone", "--json"), EveryoneView),
    "evidence": Printed(("show", "kenya", "--evidence", "--json"), EvidenceView),
    "exposure": Printed(("exposure", "hand", "--json", "--without", "farco"), ExposureView),
    "import": Printed(
        ("import", "epoch-chips", CHIPS, "--into", "kenya", *TO_KONZA, "--dry-run", "--json"), ImportView
    ),
    "influence": Printed(("show", "hand", "--by-influence", "--json"), InfluenceView),
    "flips": Printed(("flips", "hand", "--futures", "3", "--json"), FlipsAnswer),
    "foresight": Printed(("foresight", "hand", "--futures", "3", "--json"), ForesightAnswer),
    "frontier": Printed(("frontier", "hand", "--json", "--futures", "3"), FrontierAnswer),
    "levers": Printed(("levers", "hand", "--json", "--futures", "3"), LeversAnswer),
    "new": Printed(("new", "ghana", "--json"), NewView),
    "options": Printed(("options", "hand", "--futures", "3", "--json"), OptionsAnswer),
    "plan": Printed(("plan", "hand", "--json", "--futures", "3"), PlanView),
    "why-not": Printed(("why-not", "hand", "home_hall", "--futures", "3", "--json"), WhyNotAnswer),
}


def text_of(view: type) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema_of(view), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, printed in PRINTED.items():
        (FOLDER / f"{name}.json").write_text(text_of(printed.view), "utf-8")
