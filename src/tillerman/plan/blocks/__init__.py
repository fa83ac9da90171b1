"""The rules of the first stage, one block a file, in the order in which they are laid down."""

from tillerman.plan.blocks import arrive, build, deploy, money, options, power, programmes, sign, targets

BLOCKS = (build, sign, programmes, options, arrive, deploy, power, targets, money)

__all__ = ["BLOCKS"]
