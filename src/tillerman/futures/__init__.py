"""Possible futures: what may be withdrawn, when and for how long, with demand, prices and delivery beside it."""

from tillerman.futures.merge import discounted_years as discounted_years
from tillerman.futures.sample import Futures as Futures
from tillerman.futures.sample import sample as sample
from tillerman.futures.state import Active as Active
from tillerman.futures.state import Outcome as Outcome
from tillerman.futures.state import Promises as Promises
from tillerman.futures.state import State as State
from tillerman.futures.state import block_factor as block_factor
from tillerman.futures.state import block_share as block_share
from tillerman.futures.state import chance_honoured as chance_honoured
from tillerman.futures.state import phase_of as phase_of
