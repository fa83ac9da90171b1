"""One visit: who asks, in which language, and what they may reach. Every page and every answer is given one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from markupsafe import Markup

from tillerman.web.guard.passes import FORM_FIELD, pass_of
from tillerman.web.jobs import Desk
from tillerman.web.serving import Serving
from tillerman.web.shelf import Opened, Shelf
from tillerman.words import LANGUAGES, Words, words

LANGUAGE_COOKIE = "language"


@dataclass(frozen=True)
class Visit:
    """Who asks, and what they may reach."""

    request: Request
    owner: str
    language: str
    serving: Serving
    shelf: Shelf
    jobs: Desk

    @property
    def say(self) -> Words:
        """The messages in the visitor's language."""
        return words(self.language)

    @property
    def form_mark(self) -> str:
        """What a form, or a header `X-CSRF-Token`, must bring back, so that it is known as ours."""
        return pass_of(self.request.scope).form_mark

    def csrf(self) -> Markup:
        """The hidden field that every form with method POST carries."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(FORM_FIELD, self.form_mark)

    def open(self, study: str) -> Opened:
        """Open a study that this visitor may read. Raises NoSuchStudyError or StudyError."""
        return self.shelf.open(study, self.owner)

    def told(self, study: str) -> Opened:
        """Open a study with the names of its file in the visitor's language. Raises as `open` does."""
        return self.open(study).told(self.language)


def visit_of(request: Request) -> Visit:
    """Tell who asks."""
    state = request.app.state
    return Visit(request, pass_of(request.scope).owner, language_of(request), state.serving, state.shelf, state.jobs)


def language_of(request: Request) -> str:
    """The language asked for in the address, else the one chosen before, else the first that the browser accepts."""
    accepted = [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    wanted = (request.query_params.get("lang", ""), request.cookies.get(LANGUAGE_COOKIE, ""), *map(_known, accepted))
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])


def _known(tag: str) -> str:
    """The catalogue that serves a language tag of a browser; blank where none does."""
    folded = tag.casefold()
    if folded in {"zh-tw", "zh-hk", "zh-mo"} or folded.startswith("zh-hant"):
        return "zh-Hant"
    return "en" if folded.split("-")[0] == "en" else ""


async def _visit(request: Request) -> Visit:
    """As `visit_of`, in the event loop: handing so little to a thread takes longer than doing it."""
    return visit_of(request)


Visitor = Annotated[Visit, Depends(_visit)]
