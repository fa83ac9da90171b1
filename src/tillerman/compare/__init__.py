"""Compare: several countries side by side, sorted by name. No rank, no total: each is measured against itself.

In come exposures, with a plan where there is one; out goes one frozen `SideBySide`. `everyone` is the coarse table of
what every economy depends on, and what depends on it, as far as public data go. `plan_change` says what differs between
two plans of one country, `exposure_change` what differs between two exposures.
"""

from tillerman.compare.everyone import Dependence as Dependence
from tillerman.compare.everyone import everyone as everyone
from tillerman.compare.exposures import ExposureChange as ExposureChange
from tillerman.compare.exposures import ServiceMoved as ServiceMoved
from tillerman.compare.exposures import exposure_change as exposure_change
from tillerman.compare.plans import Carry as Carry
from tillerman.compare.plans import DecisionChange as DecisionChange
from tillerman.compare.plans import Outline as Outline
from tillerman.compare.plans import PlanChange as PlanChange
from tillerman.compare.plans import ServiceChange as ServiceChange
from tillerman.compare.plans import outline as outline
from tillerman.compare.plans import outline_of as outline_of
from tillerman.compare.plans import plan_change as plan_change
from tillerman.compare.sides import Driver as Driver
from tillerman.compare.sides import LayerHolder as LayerHolder
from tillerman.compare.sides import Side as Side
from tillerman.compare.sides import SideBySide as SideBySide
from tillerman.compare.sides import compare as compare
from tillerman.compare.sides import side_of as side_of
