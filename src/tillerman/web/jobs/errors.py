"""What can go wrong with a long calculation before it is begun.

TillermanError
└── TooManyJobsError     an owner waits for as many calculations as one may
LookupError
└── NoSuchJobError       there is no calculation of this id that this owner may see
"""

from __future__ import annotations

from tillerman.errors import TillermanError


class NoSuchJobError(LookupError):
    """There is no job of this id that this owner may see."""


class TooManyJobsError(TillermanError):
    """An owner already waits for as many calculations as one may."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"calculations: found {most} that are not done yet; expected fewer than {most}. Wait for one, or cancel it."
        )
