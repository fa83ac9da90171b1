"""The search for a plan, kept in a file: a run that was stopped goes on from it, and a later question starts there.

What is kept describes the possible futures and what each state of the world makes of a decision. It holds whatever the
budget and the risk aversion, so that a search made with others is taken up too.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

from tillerman.errors import SettingError
from tillerman.plan.base import Prepared
from tillerman.twostage import Memory, MemoryMismatchError, load_memory
from tillerman.twostage.memory import check_memory

WHERE = "--resume"


def resumed(prepared: Prepared, path: Path) -> Memory | None:
    """What an earlier search of the same problem has learnt; None where none is kept.

    Raises:
        SettingError: for a file that is no search, or the search of another country file or other futures.
    """
    if not path.exists():
        return None
    begin = "Run again without --resume to begin anew."
    try:
        memory = load_memory(path)
        check_memory(memory, prepared.assembled.problem)
    except MemoryMismatchError as error:
        asked = prepared.request
        politics = "" if asked.geopolitics else ", without geopolitics"
        expected = (
            f"the search for a plan of file {prepared.country.content_hash[:12]} with {asked.n_futures:,} futures, "
            f"seed {asked.seed}{politics}"
        )
        found = f"{path.name}, a search of another file, other futures or another version of Tillerman"
        raise SettingError(WHERE, found, expected, begin) from error
    except (BadZipFile, EOFError, KeyError, OSError, ValueError) as error:
        raise SettingError(WHERE, path.name, "a search kept by an earlier run", begin) from error
    return memory
