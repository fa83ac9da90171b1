"""Long calculations in processes of their own: queued, told of while they run, cancellable, surviving a restart."""

from tillerman.web.jobs.desk import Desk as Desk
from tillerman.web.jobs.desk import desk as desk
from tillerman.web.jobs.errors import NoSuchJobError as NoSuchJobError
from tillerman.web.jobs.errors import TooManyJobsError as TooManyJobsError
from tillerman.web.jobs.records import Event as Event
from tillerman.web.jobs.records import Job as Job
from tillerman.web.jobs.records import Made as Made
from tillerman.web.jobs.records import State as State
