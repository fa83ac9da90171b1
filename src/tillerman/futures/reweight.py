"""What other chances of a disruption would make of the same futures: likelihood ratios, exact."""

from __future__ import annotations

import numpy as np

from tillerman.country.world import Disruption
from tillerman.errors import SettingError
from tillerman.futures.events import chances, is_brief
from tillerman.futures.paths import Floats, Ints


def log_ratio(disruption: Disruption, factor: float, onsets: Ints, misses: Ints) -> Floats:
    """How much likelier each future is when a disruption's chances are multiplied by a factor, in logarithms.

    `onsets` (n_futures,) and `misses` (n_futures, 3) count the years in which it began, and could have but did not.
    Raises SettingError for a factor that cannot be answered from futures drawn with the file's chances.
    """
    chance = chances(disruption)
    if factor == 1:
        return np.zeros(onsets.size)
    where = f"chance of {disruption.id}"
    if not np.isfinite(factor) or factor < 0:
        raise SettingError(where, factor, "a factor of 0 or more")
    if (chance * factor >= 1).any():
        raise SettingError(where, factor, f"a factor below {1 / chance.max():.4g}, so that every chance stays below 1")
    if (chance >= 1).any():
        raise SettingError(
            where, factor, "1, since no future was drawn in which it fails to begin", "Change the file and draw again."
        )
    if is_brief(disruption):
        raise SettingError(
            where,
            factor,
            "1, since a brief disruption takes the same time in every future",
            "Change the file and draw again.",
        )
    began = np.where(onsets > 0, np.log(factor) * np.maximum(onsets, 1) if factor > 0 else -np.inf, 0.0)
    return np.asarray(began + misses @ (np.log1p(-chance * factor) - np.log1p(-chance)))


def reweight(probability: Floats, stratum: Ints, ratio: Floats, where: str) -> Floats:
    """Probabilities times likelihood ratios; each stratum keeps its own, for no disruption moves the climate.

    Raises SettingError when no future of a stratum is possible under the other chances.
    """
    found = np.zeros(probability.size)
    for s in np.unique(stratum[probability > 0]).tolist():
        mine = np.flatnonzero((stratum == s) & (probability > 0))
        largest = ratio[mine].max()
        if largest == -np.inf:
            raise SettingError(
                where, 0.0, "a factor above 0, since it begins in every future that was drawn", "Draw more futures."
            )
        weight = probability[mine] * np.exp(ratio[mine] - largest)
        found[mine] = weight * (probability[mine].sum() / weight.sum())
    return found
