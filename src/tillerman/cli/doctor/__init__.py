"""Is everything there that the program needs, and does nothing leave the machine?"""

from tillerman.cli.doctor.checks import Check as Check
from tillerman.cli.doctor.checks import checks as checks
from tillerman.cli.doctor.offline import Watched as Watched
from tillerman.cli.doctor.offline import watch as watch
