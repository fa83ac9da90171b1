"""The files as they were published: what they give, and the traps they hold."""

from pathlib import Path

import pytest

from tests.importers.conftest import ask
from tillerman.country import load
from tillerman.errors import CountryFileError

CLUSTERS = "epoch-ai/2026-04/gpu_clusters.csv"


def test_prices_agree_with_the_shipped_file(data: Path) -> None:
    """Three list prices are those that Kenya's file already has from another publisher."""
    file = data / "llm-prices/litellm_model_prices_and_context_window.json"
    links = ("gpt-5.4-mini=gpt", "gemini-2.5-flash=gemini", "claude-sonnet-4-6=claude")

    for change in ask("litellm-prices", file, *links).changes:
        assert change.new == pytest.approx(change.old)


def test_chip_power_agrees_with_the_shipped_file(data: Path) -> None:
    """The standard chip takes the 1.26 kW that Kenya's file has read from the same table."""
    (change,) = ask("epoch-chips", data / "epoch-ai/2025-12/ml_hardware.csv", "NVIDIA H100 SXM5 80GB=konza").changes

    assert change.new == pytest.approx(1.26)


def test_calculated_cost_is_refused(data: Path) -> None:
    """In the list of August 2026 cost is a fixed multiple of power: chips and power are taken, cost is not."""
    proposal = ask(
        "epoch-data-centres", data / "epoch-ai/2026-08/data_centers_core.csv", "Oracle Batam=gulf_slice@0.01"
    )

    assert {change.column for change in proposal.changes} == {"capacity_h100e", "kw_per_h100e"}
    assert any("the same multiple of power" in str(problem) for problem in proposal.warnings)


def test_observed_cost_is_taken_and_steps_to_come_are_not(data: Path) -> None:
    """The dated file has costs that differ; steps after today are announced and count for nothing."""
    file = data / "epoch-ai/2025-12/data_center_timelines.csv"
    abilene = ask("epoch-data-centres", file, "OpenAI-Oracle Stargate Abilene Texas=frontier_a@0.001")
    assert "capital_musd_per_kh100e" in {change.column for change in abilene.changes}

    abu_dhabi = ask("epoch-data-centres", file, "OpenAI-Oracle Stargate Abu Dhabi=gulf_slice")
    assert [(change.column, change.new) for change in abu_dhabi.changes] == [("capacity_h100e", 0.0)]
    assert any("2026-12-01 is announced" in text for text in abu_dhabi.left_out)


@pytest.mark.parametrize(
    ("cluster", "says"), [("Stargate UAE Phase 1", "planned, so no capacity"), ("AIST ABCI 3.0", "in Japan")]
)
def test_clusters_that_must_not_count(data: Path, cluster: str, says: str) -> None:
    """A planned cluster is no capacity; one in another country stands in no hall of this one."""
    site = "gulf_slice" if "UAE" in cluster else "konza"
    with pytest.raises(CountryFileError, match=says):
        ask("epoch-clusters", data / CLUSTERS, f"{cluster}={site}")


def test_no_cluster_listed_is_not_nothing_there(data: Path) -> None:
    """Kenya has no row in the list: that is said, and no number is touched."""
    proposal = ask("epoch-clusters", data / CLUSTERS)

    assert proposal.changes == ()
    assert any("no cluster in Kenya" in str(problem) for problem in proposal.warnings)


def test_clusters_of_two_rows_add_up(data: Path) -> None:
    """A tenth of 1,272 and 395 standard chips."""
    links = ("Core42 SuperPOD=gulf_slice@0.1", "Core42 AI-03=gulf_slice@0.1")
    (change,) = ask("epoch-clusters", data / CLUSTERS, *links).changes

    assert change.new == pytest.approx(166.7, rel=1e-3)


def test_overlapping_lists_of_plants_are_never_added_up(data: Path) -> None:
    """Kenya's plants stand in two lists of the same file: one must be chosen."""
    file = data / "wri-gppd/gppd_source_databases.csv.gz"
    with pytest.raises(CountryFileError, match="never added up"):
        ask("wri-plants", file)

    (told,) = ask("wri-plants", file, only="database_GEODB.csv").told
    assert told.startswith("15 plants")


def test_plants_that_do_not_run_yet_are_left_out(data: Path) -> None:
    """Six plants of the hand-collected list are under development; the list ends in 2016, which is told."""
    proposal = ask("wri-plants", data / "wri-gppd/wri_raw_country_files.csv.gz")

    assert len(proposal.left_out) == 6
    assert any("nothing newer than 2016" in str(problem) for problem in proposal.warnings)


def test_stale_electricity_is_told(data: Path) -> None:
    """The older mix ends in 2021, a year that is wrong for some grids: a warning, with what to do."""
    proposal = ask("owid-electricity", data / "owid-energy/electricity_mix_bp_ember_2022.csv", "Kenya=z_rift@0.02")
    assert any("nothing newer than 2021" in str(problem) for problem in proposal.warnings)

    newer = ask("owid-electricity", data / "owid-energy/grapher_electricity-generation.csv", "Kenya=z_rift@0.02")
    assert newer.warnings == ()
    assert newer.changes[0].new == pytest.approx(0.4247, rel=1e-3)


def test_level_alone_feeds_nothing(data: Path) -> None:
    """Latest demand says how large a grid is, not how fast it grows."""
    proposal = ask("owid-electricity", data / "owid-electricity-demand/electricity_demand_twh_latest.csv")

    assert proposal.changes == ()
    assert proposal.told[0] == "Demand in 2025: 15.6 TWh, 1,781 MW on average."


def test_european_prices_know_no_other_continent(data: Path) -> None:
    """Kenya is not among the countries of the European list."""
    with pytest.raises(CountryFileError, match="The source covers Europe"):
        ask("ember", data / "ember/european_wholesale_price_monthly.csv")


def test_kit_prices_an_energy_programme(data: Path) -> None:
    """4,000 US$ a kW for 20 MW are 80 million US$."""
    (change,) = ask(
        "ccg-starter-kit", data / "ccg-starter-kits/Kenya-edited/Table2_KEN.csv", "Geothermal Power Plant=l_olkaria_mw"
    ).changes

    assert (change.old, change.new) == (64.4, 80.0)


def test_languages_are_told_for_what_services_speak(data: Path) -> None:
    """Swahili has 0.0126 % of the pages; no model's score is touched."""
    proposal = ask("commoncrawl-languages", data / "commoncrawl-languages/cc_main_2026_04_languages.csv")

    assert proposal.changes == ()
    assert any(text.startswith("sw: 0.0126 %") for text in proposal.told)
    assert load("kenya").capabilities
