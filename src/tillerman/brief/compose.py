"""From a plan's record to a brief: redacted once for its level, then told for its reader."""

from __future__ import annotations

from tillerman.brief import adviser, annex, minister
from tillerman.brief.document import Document
from tillerman.labels import Level, Reader
from tillerman.levels import redacted
from tillerman.plan import Plan
from tillerman.report.context import context_for
from tillerman.report.figures import figures
from tillerman.words import words

_BUILDERS = {Reader.MINISTER: minister.build, Reader.ADVISER: adviser.build, Reader.ANALYST: annex.build}


def compose(
    plan: Plan,
    *,
    reader: Reader = Reader.MINISTER,
    level: Level = Level.PUBLIC,
    language: str = "en",
    minguo: bool = False,
) -> Document:
    """Tell a plan as a brief for one reader, without what the level must not see.

    With `minguo` the years of dates are counted from 1912. Raises SettingError for a language without a catalogue.
    """
    say = words(language)
    seen = redacted(plan, level)
    write = figures(say, seen.country.frame, is_minguo=minguo)
    context = context_for(seen, say, write, with_hazards=level is Level.TEAM)
    return _BUILDERS[reader](context, level)
