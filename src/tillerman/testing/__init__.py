"""Help for people who build on Tillerman: made-up countries, states and fleets, and hypothesis strategies."""

from tillerman.testing.generate import SMALL, Size, random_country

__all__ = ["SMALL", "Size", "random_country"]
