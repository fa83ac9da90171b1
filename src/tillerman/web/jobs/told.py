"""A job as people and programs are told of it: how far it is, in figures and in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tillerman.report.figures import Figures
from tillerman.units import DOLLAR
from tillerman.web.jobs.kinds import WORK
from tillerman.web.jobs.kinds.change import ChangeNumbers
from tillerman.web.jobs.kinds.question import AskMore
from tillerman.web.jobs.kinds.why_not import AskWhyNot
from tillerman.web.jobs.records import Event, Job, Made, State
from tillerman.words import Words

_MINUTE = 60


@dataclass(frozen=True)
class Bounds:
    """Between which figures the best plan lies, in million US$: what it costs, less what it is worth."""

    lower_musd: float  # no plan costs less
    upper_musd: float  # the best plan found so far
    gap: float  # the share of gross cost by which it could still be better
    start: float  # where on a line of length 100, which is what was possible at first, the rest begins
    width: float
    lower: tuple[str, str]  # in the country's currency, and in US$ where that is another
    upper: tuple[str, str]
    room: tuple[str, str]  # between them


@dataclass(frozen=True)
class Said:
    """What is said of a job."""

    what: str
    study: str  # what it was asked about, by name; blank where that was deleted
    made: str  # day and time
    state: str
    stage: str  # blank unless it runs
    bounds: str  # blank while there are none
    elapsed: str  # blank before it is begun
    live: str  # for those who listen: said anew only when it tells something new


@dataclass(frozen=True)
class Calculation:
    """A long calculation: what was asked, how far it is, what came of it."""

    id: str
    study: str
    kind: str
    state: State
    is_stopping: bool
    made: str  # date and time, ISO 8601 in UTC
    started: str  # blank before it is begun
    ended: str  # blank while it goes on
    seconds: float  # since it was begun
    n_before: int  # calculations that wait or run before it
    stage: str
    bounds: Bounds | None
    message: str  # why it failed
    result: Made | None
    said: Said

    @property
    def is_final(self) -> bool:
        """True once nothing more will happen."""
        return self.state.is_final


@dataclass(frozen=True)
class Standing:
    """A job as the list of jobs has it at one moment."""

    job: Job
    latest: Event | None
    ends: tuple[Event, Event] | None  # first and last bounds
    n_before: int
    now: float


def told(standing: Standing, name: str, say: Words, write: Figures) -> Calculation:
    """Tell how a job stands; `name` is what the study is called, blank where it is gone."""
    job = standing.job
    bounds = _bounds(standing.ends, write)
    stage = standing.latest.stage if standing.latest is not None and job.state is State.RUNNING else ""
    seconds = 0.0 if job.started is None else (job.ended or standing.now) - job.started
    return Calculation(
        id=job.id,
        study=job.study,
        kind=job.kind,
        state=job.state,
        is_stopping=job.is_stopping and not job.state.is_final,
        made=_moment(job.made),
        started=_moment(job.started),
        ended=_moment(job.ended),
        seconds=round(max(0.0, seconds), 1),
        n_before=standing.n_before,
        stage=stage,
        bounds=bounds,
        message=job.why.get(say.language, ""),
        result=job.result,
        said=_said(standing, stage, _bounds_said(bounds, say), (name, seconds), write),
    )


def _said(standing: Standing, stage: str, bounds: str, named: tuple[str, float], write: Figures) -> Said:
    job, (name, seconds), say = standing.job, named, write.words
    key = f"stage.{stage}"
    step = say(key) if stage and say.knows(key) else stage
    lasted = "jobs_page.lasted" if job.state.is_final else "jobs_page.elapsed"
    elapsed = "" if job.started is None else say(lasted, time=_lasted(seconds, say))
    state = _state(job, standing.n_before, say)
    is_searching = standing.latest is not None and standing.latest.gap is not None
    live = say("jobs_page.live", step=step, bounds=bounds if is_searching else "").strip() if step else state
    what = _what(job, name or say("jobs_page.gone"), say)
    return Said(what, name, _when(job.made, write), state, step, bounds, elapsed, live)


def _state(job: Job, n_before: int, say: Words) -> str:
    if job.is_stopping and not job.state.is_final:
        return say("jobs_page.stopping")
    if job.state is State.QUEUED and n_before == 0:
        return say("jobs_page.next")
    return say(f"jobs_page.state.{job.state}", n=n_before)


def _what(job: Job, name: str, say: Words) -> str:
    """What is calculated, in a few words."""
    work = WORK.validate_json(job.work, extra="ignore")  # another version may have written it
    match work:
        case AskMore():
            asked = say.listed(tuple(say(f"jobs_page.question.{question}") for question in work.questions))
            return say("jobs_page.kind.question", name=name, asked=asked)
        case AskWhyNot():
            return say("jobs_page.kind.why_not", name=name, subject=work.subject)
        case ChangeNumbers():
            return say("jobs_page.kind.change", name=name, n=len(work.changes))
        case _:
            return say("jobs_page.kind.plan", name=name)


def _bounds(ends: tuple[Event, Event] | None, write: Figures) -> Bounds | None:
    if ends is None:
        return None
    first, last = ends
    if first.lower is None or first.upper is None or last.lower is None or last.upper is None or last.gap is None:
        return None
    whole = max(first.upper - first.lower, 1e-9)
    start = min(max((last.lower - first.lower) / whole, 0.0), 1.0)
    end = min(max((last.upper - first.lower) / whole, start), 1.0)
    return Bounds(
        lower_musd=last.lower,
        upper_musd=last.upper,
        gap=last.gap,
        start=round(100 * start, 2),
        width=round(100 * (end - start), 2),
        lower=_money(last.lower, write),
        upper=_money(last.upper, write),
        room=_money(max(0.0, last.upper - last.lower), write),
    )


def _money(musd: float, write: Figures) -> tuple[str, str]:
    return write.own(musd), "" if write.currency.is_dollar else replace(write, currency=DOLLAR).own(musd)


def _bounds_said(bounds: Bounds | None, say: Words) -> str:
    if bounds is None:
        return ""
    said = say("jobs_page.bounds", lower=bounds.lower[0], upper=bounds.upper[0], room=bounds.room[0])
    return said + (say("jobs_page.minus") if bounds.upper_musd < 0 else "")


def _lasted(seconds: float, say: Words) -> str:
    whole = int(seconds)
    if whole < _MINUTE:
        return say("jobs_page.seconds", n=whole)
    return say("jobs_page.minutes", minutes=whole // _MINUTE, seconds=whole % _MINUTE)


def _when(at: float, write: Figures) -> str:
    """A day and a time, as the other pages tell days."""
    moment = datetime.fromtimestamp(at, UTC)
    return write.words("jobs_page.moment", day=write.date(moment.date()), time=f"{moment:%H:%M}")


def _moment(at: float | None) -> str:
    return "" if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
