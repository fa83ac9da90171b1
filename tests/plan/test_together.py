"""Independent pieces of work, two at a time: their answers in order, one failure for all, stages told once."""

from __future__ import annotations

from threading import Event
from time import sleep

import pytest

from tillerman.plan.base import Listener
from tillerman.plan.together import Together, together


def test_answers_come_in_the_order_asked() -> None:
    """Whoever is done first, each answer stands where its piece stood."""
    slow = Event()

    def first(_tell: Listener) -> int:
        slow.wait(5)
        return 1

    def second(_tell: Listener) -> int:
        slow.set()
        return 2

    assert together([first, second, lambda _tell: 3]) == [1, 2, 3]


def test_a_stage_is_told_once_and_bounds_each_time() -> None:
    """A stage that five pieces come to is one line for the reader."""
    told: list[str] = []

    def piece(tell: Listener) -> None:
        tell("Planning for single futures", None)

    together([piece] * 5, progress=lambda stage, _bounds: told.append(stage))

    assert told == ["Planning for single futures"]


def test_one_failure_ends_the_others_and_is_the_one_passed_on() -> None:
    """A piece that would never end is ended when another fails; the failure is told, not the ending."""

    def endless(tell: Listener) -> None:
        while True:
            tell("Working", None)
            sleep(0.001)

    def failing(_tell: Listener) -> None:
        raise ValueError("no plan")

    with pytest.raises(ValueError, match="no plan"):
        together([endless, failing, endless])


def test_ctrl_c_ends_what_is_under_way() -> None:
    """An interrupt inside the block ends the pieces at their next word and goes on."""
    begun, ended = Event(), Event()

    def endless(tell: Listener) -> None:
        begun.set()
        try:
            while True:
                tell("Working", None)
                sleep(0.001)
        except KeyboardInterrupt:
            ended.set()
            raise

    def interrupted() -> None:
        with Together() as work:
            work.add(endless)
            begun.wait(5)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert ended.is_set()


def test_an_interrupted_piece_interrupts() -> None:
    """What a piece was told to stop by goes on to whoever asked for all."""

    def stopped(_tell: Listener) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        together([stopped, lambda _tell: None])
