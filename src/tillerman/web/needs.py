"""What a page needs of a study, or a plain word that it is not there yet."""

from __future__ import annotations

from tillerman.plan import Plan
from tillerman.web.errors import NoPlanError
from tillerman.web.ground import Ground
from tillerman.web.shelf import Opened


def plan_of(opened: Opened) -> Plan:
    """The plan of a study. Raises NoPlanError where there is none yet."""
    if opened.plan is None:
        raise NoPlanError(opened)
    return opened.plan


def ground_of(opened: Opened, *, is_plan: bool) -> Ground:
    """What a drill of a study stands on. Raises NoPlanError where the plan is asked for and there is none yet."""
    if not is_plan:
        return opened.ground_today
    if opened.ground_with_plan is None:
        raise NoPlanError(opened)
    return opened.ground_with_plan
