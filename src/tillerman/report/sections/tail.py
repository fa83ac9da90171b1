"""How bad the worst futures are: one figure, told with the futures it was found on, alike wherever it stands."""

from __future__ import annotations

from tillerman.report.context import Context


def tail(context: Context) -> str:
    """What the country gains in the worst 5 in 100 futures: in fresh ones where those were tried; blank if unknown."""
    plan, say, write = context.plan, context.say, context.figures
    fresh = plan.asked.fresh
    if fresh is not None and fresh.worst is not None:
        return say(
            "tail.fresh",
            n=f"{fresh.n_futures:,}",
            worst=write.own(-fresh.worst.value),
            low=write.own(-fresh.worst.high),
            high=write.own(-fresh.worst.low),
            mean=write.own(-fresh.mean.value),
        )
    if plan.cvar_musd is None:
        return ""
    return say("tail.made", n=f"{plan.request.n_futures:,}", worst=write.own(-plan.cvar_musd))
