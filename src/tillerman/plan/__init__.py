"""What to build, sign, start and run: the plan, what it is compared with, and what it rests on."""

from tillerman.plan.asked import QUESTIONS as QUESTIONS
from tillerman.plan.asked import Asked as Asked
from tillerman.plan.base import Base as Base
from tillerman.plan.base import base_for as base_for
from tillerman.plan.interval import Interval as Interval
from tillerman.plan.levers_result import Levers as Levers
from tillerman.plan.levers_result import LeverSubset as LeverSubset
from tillerman.plan.levers_result import LeverWorth as LeverWorth
from tillerman.plan.optimise import optimise as optimise
from tillerman.plan.questions import ask as ask
from tillerman.plan.request import Request as Request
from tillerman.plan.request import make_request as make_request
from tillerman.plan.result import Accounts as Accounts
from tillerman.plan.result import BreakEven as BreakEven
from tillerman.plan.result import Certificate as Certificate
from tillerman.plan.result import Decision as Decision
from tillerman.plan.result import MissingReference as MissingReference
from tillerman.plan.result import Plan as Plan
from tillerman.plan.result import Reference as Reference
from tillerman.plan.result import Trilemma as Trilemma
from tillerman.plan.result import YearPosture as YearPosture
