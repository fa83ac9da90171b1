"""What every brief carries whatever its length: title, level, standard sentence, and what it was made from."""

from __future__ import annotations

from tillerman.brief.document import Document, Section
from tillerman.labels import Level, Reader
from tillerman.report.context import Context
from tillerman.report.sections.keeps import finding, last_year

_HASH_DIGITS = 12


def cover(context: Context, level: Level, reader: Reader, sections: tuple[Section, ...]) -> Document:
    """Put a cover on the sections of a brief."""
    plan, say = context.plan, context.say
    frame = plan.country.frame
    version = dict(plan.versions)["tillerman"]
    return Document(
        reader=reader,
        level=level,
        language=say.language,
        kicker=say(
            f"brief.kicker.{reader.value}", country=context.country, first=frame.first_year, last=last_year(plan)
        ),
        title=finding(context),
        summary=say("brief.summary", country=context.country),
        level_told=say(f"brief.level.{level.value}"),
        standard=say("standard"),
        origin=say("brief.origin", hash=plan.input_hash[:_HASH_DIGITS], version=version),
        version=version,
        page_of=say.messages["brief.page"],
        warnings=() if plan.request.geopolitics else (say("no_geopolitics"),),
        sections=sections,
    )
