"""Exit codes, each once, and how an error becomes lines on standard error."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from tillerman.errors import ClashError, CountryFileError, EngineError, TillermanError
from tillerman.words import Words
from tillerman.words.sentences import error_in, problem_line, translated


class ExitCode(IntEnum):
    """What the program says to whatever called it."""

    OK = 0
    FAILED = 1
    BAD_INPUT = 2
    NO_PLAN = 3
    INTERRUPTED = 130


def code_of(error: BaseException) -> ExitCode | None:
    """The exit code of an error, or None where it is none of ours and should be seen whole."""
    if isinstance(error, BrokenPipeError):
        return None  # whoever read along has had enough: the program ends without a word
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)


_CODES = (  # the first that fits
    (KeyboardInterrupt, ExitCode.INTERRUPTED),
    (ClashError, ExitCode.NO_PLAN),
    (EngineError, ExitCode.FAILED),
    (TillermanError, ExitCode.BAD_INPUT),
    (OSError, ExitCode.FAILED),
)


def tell(error: BaseException, say: Words, line: Callable[[str], None]) -> None:
    """Say what went wrong: one line for each problem, never a traceback."""
    match error:
        case KeyboardInterrupt():
            line(say("trouble.interrupted"))
        case CountryFileError():
            line(say("refusal.file", n=len(error.problems), source=error.source))
            for problem in error.problems:
                line(f"- {problem_line(problem, say.language)}")
        case EngineError():
            line(say("trouble.engine", reason=error))
        case OSError():
            reason = translated(error.strerror or str(error), say.language)
            line(reason if error.filename is None else say("trouble.file", path=error.filename, reason=reason))
        case _:
            line(error_in(error, say.language) if isinstance(error, TillermanError) else str(error))
