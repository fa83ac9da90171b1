"""Who serves what, in one state of the world: the one linear programme that every question asks again."""

from tillerman.dispatch.compiled import Dispatch as Dispatch
from tillerman.dispatch.compiled import compile_dispatch as compile_dispatch
from tillerman.dispatch.costs import running_cost as running_cost
from tillerman.dispatch.demand import highest_demand as highest_demand
from tillerman.dispatch.demand import most_demand as most_demand
from tillerman.dispatch.demand import pooling_limit as pooling_limit
from tillerman.dispatch.fleet import FleetSpace as FleetSpace
from tillerman.dispatch.fleet import Start as Start
from tillerman.dispatch.fleet import deploy_name as deploy_name
from tillerman.dispatch.fleet import period_of as period_of
from tillerman.dispatch.fleet import quantity as quantity
from tillerman.dispatch.layout import Class as Class
from tillerman.dispatch.layout import Layout as Layout
from tillerman.dispatch.layout import Pair as Pair
from tillerman.dispatch.trouble import withheld as withheld
from tillerman.dispatch.withdrawal import Left as Left
from tillerman.futures.state import Active as Active
from tillerman.futures.state import Outcome as Outcome
from tillerman.futures.state import Promises as Promises
from tillerman.futures.state import State as State
