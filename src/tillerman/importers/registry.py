"""Every source that can be imported as numbers, by name; posture declarations are texts and have their own file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tillerman.importers import (
    ccg_starter_kit,
    commoncrawl_languages,
    ember,
    epoch_chips,
    epoch_clusters,
    epoch_data_centres,
    litellm_prices,
    owid_electricity,
    wri_plants,
)
from tillerman.importers.source import Importer

_IMPORTERS = (
    ccg_starter_kit.IMPORTER,
    commoncrawl_languages.IMPORTER,
    ember.IMPORTER,
    epoch_chips.IMPORTER,
    epoch_clusters.IMPORTER,
    epoch_data_centres.IMPORTER,
    litellm_prices.IMPORTER,
    owid_electricity.IMPORTER,
    wri_plants.IMPORTER,
)
SOURCES: Mapping[str, Importer] = MappingProxyType({importer.name: importer for importer in _IMPORTERS})
