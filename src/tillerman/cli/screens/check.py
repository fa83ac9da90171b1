"""Problems of a country file on a screen: errors to standard error, how far it gets you to standard output."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.basis import show_basis
from tillerman.cli.views.check import CheckView, ProblemView
from tillerman.errors import Problem
from tillerman.words import Words
from tillerman.words.sentences import problem_line


def show_check(view: CheckView, screen: Screen) -> None:
    """List errors, then warnings, then what the file can be used for."""
    say = screen.say
    for severity, message in (("error", "check.errors"), ("warning", "check.warnings")):
        found = [problem for problem in view.problems if problem.severity == severity]
        if found:
            screen.trouble(say.pair(view.source, say(message, n=len(found))), [_line(p, say) for p in found])
    if not view.problems:
        screen.line(say("check.sound", source=view.source))
    screen.line(say("check.how_far"), style="bold")
    for use in view.purposes:
        state = "check.possible" if use.is_possible else "check.not_yet" if view.is_sound else "check.blocked"
        screen.items([say(state, purpose=say(f"purpose.{use.purpose}"))])
        if view.is_sound:
            screen.items([_line(problem, say) for problem in use.missing], indent=3)
    if view.basis is not None:
        show_basis(view.basis, screen)


def _line(problem: ProblemView, say: Words) -> str:
    told = Problem(problem.where, problem.found, problem.expected, problem.remedy, problem.severity)
    return problem_line(told, say.language)
