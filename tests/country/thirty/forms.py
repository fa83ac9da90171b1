"""Forms for tests: invented answers, whole, half, empty and at random."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from hypothesis import strategies as st

from tillerman.country.thirty import QUESTIONS, About, Answer, Form, Question

ABOUT = About("Ghana", "GH", ("GH",), "GHS", ("en",), 1)
DECIDING = ("population",)
PEOPLE = ("health_people", "public_people", "payment_people")
SHARES = ("us_share", "china_share", "home_share")


def form_of(*, without: Iterable[str] = (), about: About = ABOUT, name: str = "invented") -> Form:
    """Return a form with the invented example of every question, less some."""
    left = set(without)
    answers = {q.key: Answer(*q.example) for q in QUESTIONS if q.key not in left}
    return Form(name, about, MappingProxyType(answers))


def only(*keys: str) -> Form:
    """Return a form in which some questions alone are answered."""
    return form_of(without=[question.key for question in QUESTIONS if question.key not in keys])


def _sound(answers: dict[str, Answer]) -> bool:
    """Tell whether answers can all be true at once."""
    people = answers.get("population")
    if people is not None and any(answers[key].low > people.high for key in PEOPLE if key in answers):
        return False
    if "peak" in answers:
        top = answers["peak"].high
        if "electricity" in answers and answers["electricity"].low * 1e6 / 8760 > top:
            return False
        if "firm_spare" in answers and answers["firm_spare"].low > top:
            return False
    return sum(answers[key].low for key in SHARES if key in answers) <= 1


def _answer(question: Question) -> st.SearchStrategy[Answer | None]:
    """An answer between nothing and a hundred times the example, within the question's limits."""
    most = min(question.maximum, 100 * question.example[1])
    ends = st.lists(st.floats(question.minimum, most, allow_subnormal=False), min_size=2, max_size=2).map(sorted)
    source = st.none() | st.just("Annual report 2025, p. 7")
    return st.none() | st.builds(lambda pair, told: Answer(pair[0], pair[1], told), ends, source)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Forms at random whose answers can all be true."""
    drawn = {question.key: draw(_answer(question)) for question in QUESTIONS}
    answers = {key: answer for key, answer in drawn.items() if answer is not None}
    for key in (*PEOPLE, *SHARES, "peak"):
        if not _sound(answers):
            answers.pop(key, None)
    return Form("random", ABOUT, MappingProxyType(answers))
