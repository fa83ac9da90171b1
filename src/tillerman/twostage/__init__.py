"""Two-stage planning under uncertainty, certified: decide once, adapt in every state of the world."""

from tillerman.twostage.clashes import clash as clash
from tillerman.twostage.errors import MemoryMismatchError as MemoryMismatchError
from tillerman.twostage.errors import NumericalError as NumericalError
from tillerman.twostage.errors import ProblemError as ProblemError
from tillerman.twostage.evaluation import evaluate as evaluate
from tillerman.twostage.integer import fix_integers as fix_integers
from tillerman.twostage.memory import Memory as Memory
from tillerman.twostage.memory import load_memory as load_memory
from tillerman.twostage.memory import save_memory as save_memory
from tillerman.twostage.nearest import nearest as nearest
from tillerman.twostage.pricing import Prices as Prices
from tillerman.twostage.pricing import prices as prices
from tillerman.twostage.problem import FirstStage as FirstStage
from tillerman.twostage.problem import Problem as Problem
from tillerman.twostage.problem import Recourse as Recourse
from tillerman.twostage.problem import Risk as Risk
from tillerman.twostage.problem import States as States
from tillerman.twostage.smps import read_smps as read_smps
from tillerman.twostage.solution import Audit as Audit
from tillerman.twostage.solution import Evaluation as Evaluation
from tillerman.twostage.solution import Outcome as Outcome
from tillerman.twostage.solution import Progress as Progress
from tillerman.twostage.solution import Solution as Solution
from tillerman.twostage.solver import Tuning as Tuning
from tillerman.twostage.solver import solve as solve
from tillerman.twostage.validation import validate as validate
