"""Files that are damaged, unclear or contradict themselves: each is refused with its line, or read as it is meant."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tillerman.twostage import Problem, ProblemError, Risk, read_smps, solve

CORE = """NAME tiny
ROWS
 N COST
 L LAND
 G NEED
 L ROOM
COLUMNS
 X COST 1.0 LAND 1.0
 X NEED 1.0
 BUY COST 3.0 NEED 1.0
 PUT COST 0.5 ROOM 1.0
RHS
 RHS LAND 10.0 NEED 4.0
 RHS ROOM 2.0
BOUNDS
 UP BND X 8.0
ENDATA
"""
TIME = """TIME tiny
PERIODS
 X LAND FIRST
 BUY NEED SECOND
ENDATA
"""
STOCH = """STOCH tiny
INDEP DISCRETE
 RHS NEED 4.0 SECOND 0.25
 RHS NEED 6.0 SECOND 0.75
ENDATA
"""


def read(folder: Path, core: str = CORE, time: str = TIME, stoch: str = STOCH) -> Problem:
    """Read one set from texts."""
    paths = [folder / f"tiny{end}" for end in (".cor", ".tim", ".sto")]
    for path, text in zip(paths, (core, time, stoch), strict=True):
        path.write_bytes(text.encode("latin-1"))
    return read_smps(*paths)


def test_the_set_that_the_others_spoil_is_sound(tmp_path: Path) -> None:
    """Need is 4 or 6, bought first at 1 or later at 3: six are bought first."""
    found = solve(read(tmp_path), risk=Risk(aversion=0.0), tolerance=1e-9)
    assert found.objective == pytest.approx(6.0)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ENDATA\n", "", r"^tiny.cor: found an end without ENDATA"),
        ("NAME tiny\n", " X COST 1.0\nNAME tiny\n", r"tiny.cor, line 1: found 'X COST 1.0'; expected a section first"),
        (" N COST\n", "", r"tiny.cor, line 7: found 'X COST 1.0 LAND 1.0'; expected a row of the ROWS section"),
        (" N COST", " L COST", r"^tiny.cor: found no objective row \(N\)"),
        (" L LAND", " X LAND", r"tiny.cor, line 4: found 'X LAND'; expected one of N, E, L, G"),
        (" L LAND", " L MY LAND", r"tiny.cor, line 4: found 'L MY LAND'; .* Names must not contain blanks"),
        (" G NEED", " G LAND", r"tiny.cor, line 5: found 'G LAND'; expected each row once"),
        ("COST 1.0 LAND 1.0", "COST 1.0 LAND", r"line 8: .*; expected a name and a number, once or twice"),
        ("COST 1.0 LAND 1.0", "COST one LAND 1.0", r"line 8: found 'X COST one LAND 1.0'; expected a number"),
        ("COST 1.0 LAND 1.0", "COST 1e999 LAND 1.0", r"line 8: .*; expected finite numbers"),
        ("COST 1.0 LAND 1.0", "COST 1.0 COST 1.0", r"line 8: .*; expected one entry of 'X' in 'COST'"),
        (" PUT COST", " X COST", r"line 11: .*; expected all entries of a column together"),
        (" RHS ROOM 2.0", " RHS ROOF 2.0", r"line 14: .*; expected a row of the ROWS section in the place of 'ROOF'"),
        (" RHS ROOM 2.0", " OTHER ROOM 2.0", r"line 14: .*; expected one set in RHS, as 'RHS' before"),
        (" RHS ROOM 2.0", " RHS NEED 2.0", r"line 14: .*; expected 'NEED' as it is above, 4"),
        ("BOUNDS", "RANGES\n RNG NONE 2.0\nBOUNDS", r"line 16: .*; expected a row of the ROWS section"),
        ("UP BND X 8.0", "SC BND X 8.0", r"line 16: .*; expected LO, UP, FX"),
        ("UP BND X 8.0", "UP BND Y 8.0", r"line 16: .*; expected a column of the COLUMNS section in the place of 'Y'"),
        (
            "UP BND X 8.0",
            "UP BND X",
            r"line 16: .*; expected a column of the COLUMNS section in the place of 'BND'",
        ),
        ("UP BND X 8.0", "UP BND X -8.0", r"line 16: .*; expected a lower bound before an upper one below zero"),
        ("UP BND X 8.0", "MI BND BUY", r"second-stage column 'BUY' with lower bound -inf"),
        ("BOUNDS", "QUADOBJ", r"line 15: found 'QUADOBJ'; expected one of NAME, ROWS"),
        ("ROWS\n", "OBJSENSE\n MAX\nROWS\n", r"line 2: found 'OBJSENSE'; expected a minimum"),
        ("BUY COST 3.0 NEED 1.0", "BUY COST 3.0 LAND 1.0", r"line 10: .*'BUY' in first-stage row 'LAND'"),
        ("NAME tiny", "NAME t\xefny", r"^tiny.cor: found byte 6 is no text"),
    ],
)
def test_a_spoilt_core_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    """Each mistake in a core file is told with its line."""
    assert old in CORE
    with pytest.raises(ProblemError, match=message):
        read(tmp_path, core=CORE.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("PERIODS\n", "ROWS\n", r"^tiny.tim: found no PERIODS section"),
        ("PERIODS", "PERIODS EXPLICIT", r"tiny.tim, line 2: found 'PERIODS EXPLICIT'"),
        (" BUY NEED SECOND\n", "", r"tiny.tim, line 2: found 1 periods; expected two"),
        ("BUY NEED SECOND", "BUY", r"tiny.tim, line 4: found 'BUY'; expected a column, a row"),
        ("BUY NEED SECOND", "SELL NEED SECOND", r"tiny.tim, line 4: .*; expected a column of tiny.cor"),
        ("BUY NEED SECOND", "BUY NEEDS SECOND", r"tiny.tim, line 4: .*; expected a row of tiny.cor"),
    ],
)
def test_a_spoilt_time_file_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    """Each mistake in a time file is told with its line."""
    with pytest.raises(ProblemError, match=message):
        read(tmp_path, time=TIME.replace(old, new))


SCENARIOS = """STOCH tiny
SCENARIOS DISCRETE
 SC ONE 'ROOT' 0.25 SECOND
 RHS NEED 5.0
 SC TWO ONE 0.75 SECOND
 RHS ROOM 1.0
ENDATA
"""
BLOCKS = """STOCH tiny
BLOCKS DISCRETE
 BL B SECOND 0.5
 RHS NEED 5.0
 RHS ROOM 1.0
 BL B SECOND 0.5
 RHS NEED 6.0
 RHS ROOM 3.0
ENDATA
"""


@pytest.mark.parametrize(
    ("text", "old", "new", "message"),
    [
        (STOCH, "ENDATA\n", "", r"^tiny.sto: found an end without ENDATA"),
        (STOCH, "DISCRETE", "NORMAL", r"line 2: found 'INDEP NORMAL'.* Discretise"),
        (STOCH, "INDEP DISCRETE", "INDEP", r"line 2: found 'INDEP'; expected INDEP, BLOCKS or SCENARIOS, DISCRETE"),
        (STOCH, "4.0 SECOND 0.25", "4.0", r"line 3: .*; expected a column, a row, a value, a period"),
        (STOCH, "SECOND 0.25", "SECOND -0.25", r"line 3: .*; expected a probability from 0 to 1"),
        (STOCH, "SECOND 0.25", "SECOND 0.35", r"probabilities of 'RHS' in 'NEED' that sum to 1.1; expected a sum of 1"),
        (STOCH, "RHS NEED 4.0", "RHS LAND 4.0", r"line 3: found random the right-hand side of 'LAND'"),
        (STOCH, "RHS NEED 4.0", "BUY NEED 4.0", r"line 3: found a random entry of column 'BUY' in row 'NEED'"),
        (STOCH, "RHS NEED 4.0", "BND X 4.0", r"line 3: found random column 'BND' in row 'X'"),
        (STOCH, " RHS NEED 4.0 SECOND 0.25\n RHS NEED 6.0 SECOND 0.75\n", "", r"^tiny.sto: found nothing random"),
        (
            SCENARIOS,
            "TWO ONE",
            "TWO NONE",
            r"line 5: .*; expected an earlier scenario, or ROOT, in the place of 'NONE'",
        ),
        (SCENARIOS, "TWO ONE", "ONE ONE", r"line 5: .*; expected each scenario once"),
        (SCENARIOS, "ONE 'ROOT' 0.25", "ONE 0.25", r"line 3: .*; expected an earlier scenario, or ROOT"),
        (SCENARIOS, " SC ONE 'ROOT' 0.25 SECOND\n", "", r"line 3: .*; expected a line SC first"),
        (BLOCKS, " RHS ROOM 3.0\n", "", r"line 6: .*; expected the entries of the first realisation of the block"),
        (BLOCKS, "BL B SECOND 0.5\n RHS NEED 6.0", "BL B SECOND half\n RHS NEED 6.0", r"line 6: .*; expected a number"),
    ],
)
def test_a_spoilt_stochastic_file_is_refused(text: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    """Each mistake in a stochastic file is told with its line."""
    assert old in text
    with pytest.raises(ProblemError, match=message):
        read(tmp_path, stoch=text.replace(old, new))


def test_a_scenario_has_what_its_parent_has(tmp_path: Path) -> None:
    """Scenario TWO differs from ONE in the room only: it keeps ONE's need of 5."""
    problem = read(tmp_path, stoch=SCENARIOS)
    assert problem.states.rhs.tolist() == [[-5.0, 2.0], [-5.0, 1.0]]
    assert problem.probability.tolist() == [0.25, 0.75]


def test_blocks_set_several_entries_at_once(tmp_path: Path) -> None:
    """A block's realisations set need and room together."""
    assert read(tmp_path, stoch=BLOCKS).states.rhs.tolist() == [[-5.0, 1.0], [-6.0, 3.0]]


@pytest.mark.parametrize(
    ("kind", "width", "limits"),
    [("L", 3.0, (7.0, 10.0)), ("G", -3.0, (10.0, 13.0)), ("E", 3.0, (10.0, 13.0)), ("E", -3.0, (7.0, 10.0))],
)
def test_ranges_open_a_row_on_the_side_of_its_kind(
    kind: str, width: float, limits: tuple[float, float], tmp_path: Path
) -> None:
    """A range of 3 makes 10 of an inequality a band on its open side, of an equality one the way of the sign."""
    core = CORE.replace("L LAND", f"{kind} LAND").replace("BOUNDS", f"RANGES\n RNG LAND {width}\nBOUNDS")
    first = read(tmp_path, core=core).first
    assert (first.row_lower.tolist(), first.row_upper.tolist()) == ([limits[0]], [limits[1]])


def test_a_range_of_the_second_stage_moves_with_its_random_side(tmp_path: Path) -> None:
    """NEED from 4 to 4 + 1.5, or from 6 to 7.5: one rule a side, both moved by what is random."""
    problem = read(tmp_path, core=CORE.replace("BOUNDS", "RANGES\n RNG NEED 1.5\nBOUNDS"))
    assert problem.recourse.row_names == ("NEED", "NEED", "ROOM")
    assert problem.recourse.matrix.toarray().tolist() == [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0]]
    assert problem.states.rhs.tolist() == [[5.5, -4.0, 2.0], [7.5, -6.0, 2.0]]
    assert problem.states.rhs_of_first.toarray()[:3].tolist() == [[-1.0], [1.0], [0.0]]


def test_kinds_of_bounds(tmp_path: Path) -> None:
    """LI and UI bound whole numbers, BV is 0 or 1, FX fixes, a bound of 1e30 is none, exponents may be Fortran's."""
    bounds = {
        "LI BND X 2\n UI BND X 5": (2.0, 5.0, True),
        "BV BND X": (0.0, 1.0, True),
        "FX BND X 3.0": (3.0, 3.0, False),
        "UP BND X 1e30": (0.0, np.inf, False),
        "LO X -1.5D+01\n UP X 2": (-15.0, 2.0, False),
        "FR BND X 0": (-np.inf, np.inf, False),
    }
    for text, (low, high, is_whole) in bounds.items():
        first = read(tmp_path, core=CORE.replace("UP BND X 8.0", text)).first
        assert (first.lower[0], first.upper[0], bool(first.is_integer[0])) == (low, high, is_whole), text


def test_the_right_hand_side_goes_by_the_name_of_its_set(tmp_path: Path) -> None:
    """A column may be called RHS_OF_LAND; a set of right-hand sides may be called anything."""
    core = CORE.replace(" RHS ", " SIDES ").replace("BUY", "RHSBUY")
    problem = read(
        tmp_path, core, TIME.replace("BUY", "RHSBUY"),
        STOCH.replace(" RHS NEED 4.0", " SIDES NEED 4.0").replace(" RHS NEED 6.0", " SIDES NEED 6.0"),
    )  # fmt: skip
    assert problem.states.rhs[:, 0].tolist() == [-4.0, -6.0]
    with pytest.raises(ProblemError, match="a random entry of column 'RHSBUY'"):
        read(tmp_path, core, TIME.replace("BUY", "RHSBUY"), STOCH.replace(" RHS NEED 4.0", " RHSBUY NEED 4.0"))
