"""What it is worth to know one number before choosing: partial value of perfect information, by regression.

With choices k and draws m of all unknown numbers, knowing number i before choosing is worth

    E[ max_k E[gain_k | number i] ] - max_k E[gain_k]

The inner mean is the fit of a parabola of gain_k in the rank of number i over the draws (after Strong, Oakley and
Brennan, "Estimating multiparameter partial expected value of perfect information from a probabilistic sensitivity
analysis sample", Medical Decision Making 34, 2014). A fit follows chance too: what is found for numbers put in random
order is the threshold below which nothing is told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tillerman.streams import stream

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
DEGREE = 2
SURE = 0.95  # how sure a worth must be, for all numbers together
PLACES = 9  # of a range, at which the best choice is looked up
SHUFFLES = 200  # orders drawn for the threshold, each of as many numbers as are asked about


@dataclass(frozen=True)
class Worths:
    """What knowing each number is worth, and which choices are best along its range."""

    each: Floats  # (n_numbers,)
    threshold: float  # chance alone finds as much somewhere among as many numbers, in 1 of 20 cases
    of_all: float  # of knowing every number; no single one is worth more
    best_along: Ints  # (n_numbers, PLACES) the choice that is best at places from the low end of the range to the high
    best: int  # the choice that is best as things are


def worths(ranks: Floats, gains: Floats, seed: int) -> Worths:
    """Find what knowing each number is worth.

    `ranks` is (n_draws, n_numbers), each draw's place in the number's range from 0 to 1; `gains` is
    (n_draws, n_choices), what each choice brings at each draw.
    """
    n_draws, n_numbers = ranks.shape
    best = int(gains.mean(axis=0).argmax())
    over = gains - gains[:, [best]]  # what all choices share decides nothing
    each, along = np.zeros(n_numbers), np.zeros((n_numbers, PLACES), dtype=np.int64)
    for i in range(n_numbers):
        fit = _fit(ranks[:, i], over)
        each[i] = _worth(fit @ over)
        along[i] = _along(ranks[:, i], over).argmax(axis=1)
    return Worths(
        each=each,
        threshold=_threshold(n_draws, n_numbers, over, seed),
        of_all=float(over.max(axis=1).mean()),
        best_along=along,
        best=best,
    )


def _basis(rank: Floats) -> Floats:
    return np.stack([(2.0 * rank - 1.0) ** power for power in range(DEGREE + 1)], axis=1)


def _fit(rank: Floats, over: Floats) -> Floats:
    """Give the matrix that turns gains into their fitted values; of lower degree where draws are few."""
    basis = _basis(rank)[:, : max(1, min(DEGREE + 1, over.shape[0] // 4))]
    return np.asarray(basis @ np.linalg.pinv(basis))


def _along(rank: Floats, over: Floats) -> Floats:
    """Give the fitted gains at places from the low end of the range to the high."""
    basis = _basis(rank)[:, : max(1, min(DEGREE + 1, over.shape[0] // 4))]
    return np.asarray(_basis(np.linspace(0.0, 1.0, PLACES))[:, : basis.shape[1]] @ np.linalg.pinv(basis) @ over)


def _worth(fitted: Floats) -> float:
    """Give the worth of choosing by the fitted gains; the plain best has gain 0 throughout."""
    return max(0.0, float(fitted.max(axis=1).mean() - fitted.mean(axis=0).max()))


def _threshold(n_draws: int, n_numbers: int, over: Floats, seed: int) -> float:
    """Give what the most promising of as many numbers seems worth when none has anything to do with the gains."""
    if n_numbers == 0 or n_draws == 0:
        return 0.0
    fit = _fit((np.arange(n_draws) + 0.5) / n_draws, over)
    dice = stream(seed, "ask/shuffle")
    most = np.zeros(SHUFFLES)
    for k in range(SHUFFLES):
        order = dice.permuted(np.tile(np.arange(n_draws), (n_numbers, 1)), axis=1)
        fitted = np.einsum("mn,ink->imk", fit, over[order])
        each = fitted.max(axis=2).mean(axis=1) - fitted.mean(axis=1).max(axis=1)
        most[k] = each.max()
    return float(np.quantile(most, SURE))
