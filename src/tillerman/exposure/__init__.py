"""Who can withdraw what, what keeps running then, and how free a country is."""

from tillerman.exposure.assess import Exposure as Exposure
from tillerman.exposure.assess import HoldRow as HoldRow
from tillerman.exposure.assess import Need as Need
from tillerman.exposure.assess import ServiceKept as ServiceKept
from tillerman.exposure.assess import assess as assess
from tillerman.exposure.assess import services_kept as services_kept
from tillerman.exposure.kept import Keeper as Keeper
from tillerman.exposure.kept import Kept as Kept
from tillerman.exposure.posture import ALL_LAYERS as ALL_LAYERS
from tillerman.exposure.posture import Posture as Posture
from tillerman.exposure.posture import foreign_jurisdictions as foreign_jurisdictions
from tillerman.exposure.posture import postures as postures
from tillerman.exposure.singles import Consequence as Consequence
from tillerman.exposure.singles import Withdrawal as Withdrawal
from tillerman.exposure.singles import WithdrawalKind as WithdrawalKind
from tillerman.exposure.singles import at_a_glance as at_a_glance
from tillerman.exposure.singles import withdrawals as withdrawals
from tillerman.exposure.today import fleet_as_today as fleet_as_today
from tillerman.exposure.today import todays_shares as todays_shares
