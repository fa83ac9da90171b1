"""Changed numbers gathered in a study of their own: the first change copies, the next ones are added to the copy."""

from __future__ import annotations

from tillerman.country import Country, write
from tillerman.web.errors import NoSuchStudyError
from tillerman.web.shelf import COUNTRY, Entry, Kind, Opened
from tillerman.web.shelving import LONGEST_NAME, new_study
from tillerman.web.visit import Visit


def is_draft(opened: Opened) -> bool:
    """Tell whether changes may still be added to a study: one's own, changed from another, and not planned yet."""
    entry = opened.entry
    return entry.kind is Kind.OWN and bool(entry.parent) and opened.plan is None


def put_change(visit: Visit, opened: Opened, changed: Country, *, name: str) -> Entry:
    """Keep a changed country: in the draft where there is one, else in a new draft of this name.

    Raises:
        CountryFileError: when the changed country has errors.
        NoSuchStudyError: when the draft was deleted in the meantime.
        SettingError: when the shelf is full.
    """
    if is_draft(opened):
        place = visit.shelf.place(opened.entry)
        if not place.is_dir():  # deleted meanwhile: it does not come back
            raise NoSuchStudyError(opened.entry.id)
        write(changed, place / COUNTRY)
        return opened.entry
    return new_study(visit.shelf, visit.owner, name[:LONGEST_NAME], country=changed, parent=opened.entry.id)
