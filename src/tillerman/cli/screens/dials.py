"""What turned dials change, told beside the result: how many chances, which rose no further, who can do nothing."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.country.names import territory
from tillerman.plan.dials import Turned


def tell_dials(found: Turned, screen: Screen) -> None:
    """Remarks on the dials: a plan made so is a plan of another file."""
    say = screen.say
    if found.changes:
        screen.remark(say("cli.dials.changed", n=len(found.changes), hash=found.country.content_hash[:12]))
    if found.capped:
        screen.remark(say("cli.dials.capped", names=say.listed(found.capped)))
    if found.idle:
        named = {party.id: party.name for party in found.country.parties}
        idle = tuple(named.get(holder, territory(holder, say.language)) for holder in found.idle)
        screen.remark(say("cli.dials.idle", names=say.listed(idle)))
