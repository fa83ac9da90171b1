"""Something happened: one sentence in, the same country file with what it changes out; what is not known is refused.

`read` understands a sentence of the small grammar in `kinds`; `after` gives the country as it is then; `calendar` lists
what a country file says about days to come, and who watches.
"""

from tillerman.happenings.calendar import Calendar as Calendar
from tillerman.happenings.calendar import Entry as Entry
from tillerman.happenings.calendar import calendar as calendar
from tillerman.happenings.change import after as after
from tillerman.happenings.change import withdrawn as withdrawn
from tillerman.happenings.ics import as_ics as as_ics
from tillerman.happenings.kinds import KINDS as KINDS
from tillerman.happenings.kinds import Happening as Happening
from tillerman.happenings.kinds import HappeningKind as HappeningKind
from tillerman.happenings.kinds import read as read
