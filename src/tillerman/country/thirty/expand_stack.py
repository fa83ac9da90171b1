"""What services run on: foreign makers by whose orders reach them, an open model, and the halls of others."""

from __future__ import annotations

from tillerman.country.thirty.draft import NEIGHBOUR, Draft
from tillerman.country.thirty.expand_home import put_home_halls, put_links, put_people, put_power
from tillerman.country.thirty.figure import generic
from tillerman.country.thirty.parts import (
    OPEN_MODEL,
    SHRINK,
    Maker,
    chips,
    classes,
    foreign_capacity,
    hold,
    hold_under,
    model,
    party,
    resource,
    route,
    site,
)
from tillerman.country.thirty.shares import put_deployments

SLICE = "us_slice"
SLICE_MODEL = "us_slice_model"
NEIGHBOUR_HALL = "neighbour_hall"
ACCESS = "us_access"  # the agreement on offer


def put_stack(draft: Draft) -> None:
    """Put down parties, resources, holds, sites, models, routes and deployments."""
    sheet, world = draft.sheet, draft.world
    sheet.take(world, "parties", "nvidia", "tsmc", "banks")
    sheet.take(world, "retention")
    sheet.take(world, "clauses")
    home = draft.form.about.name
    party(draft, "government", f"Government of {home}", "state", (draft.home,))
    sheet.take(world, "resources", "payments")
    sheet.take(world, "holds", "payments_operates_banks")
    put_power(draft)
    put_links(draft)
    put_people(draft)
    for maker in classes(draft)[:-1]:
        _put_maker(draft, maker)
    _put_open_model(draft)
    if draft.uses:
        _put_slice(draft)
    put_home_halls(draft)
    _put_neighbour(draft)
    put_deployments(draft)


def _put_maker(draft: Draft, maker: Maker) -> None:
    """A class of makers: their halls, and their model by call."""
    party(draft, maker.id, maker.name, "firm", (maker.code,))
    resource(draft, maker.halls, f"Halls of {maker.in_words}", "compute", "site", where=maker.code)
    resource(draft, maker.model, f"Model by call of {maker.in_words}", "models", "model", where=None)
    for kind in ("owns", "operates"):
        hold(draft, maker.id, maker.halls, kind, "abroad")
    chips(draft, maker.halls)
    hold(draft, maker.id, maker.model, "licenses", "api")
    model(draft, maker.model, maker.models, is_open=False)
    site(draft, maker.halls, capacity=foreign_capacity(draft), rent=0.0, shrink=SHRINK)
    route(draft, maker.id, maker.halls, maker.model, is_abroad=True)


def _put_open_model(draft: Draft) -> None:
    maker = classes(draft)[-1]
    party(
        draft, "open_makers", maker.name, "firm", ("US", "CN"), "Open weights are made in both; either may end support."
    )
    resource(draft, OPEN_MODEL, "Open model with its weights in hand", "models", "model", where=None)
    hold(draft, "open_makers", OPEN_MODEL, "licenses", "weights")
    model(draft, OPEN_MODEL, maker.models, is_open=True)


def _put_slice(draft: Draft) -> None:
    """The reserved slice that an agreement with the largest supplier would open: empty until it is signed."""
    maker = classes(draft)[0]
    resource(draft, SLICE, "Reserved slice at the largest United States supplier", "compute", "site", where="US")
    resource(
        draft,
        SLICE_MODEL,
        "Model of the largest United States supplier, under the agreement",
        "models",
        "model",
        where=None,
    )
    for kind in ("owns", "operates"):
        hold_under(draft, ACCESS, maker.id, SLICE, kind, "abroad")
    chips(draft, SLICE)
    hold_under(draft, ACCESS, maker.id, SLICE_MODEL, "licenses", "api")
    model(draft, SLICE_MODEL, maker.models, is_open=False)
    site(draft, SLICE, capacity=0.0, rent=0.0, shrink=0.0)
    route(draft, SLICE, SLICE, SLICE_MODEL, is_abroad=True, price=0.0)


def _put_neighbour(draft: Draft) -> None:
    party(draft, "neighbour_cloud", "Cloud next door", "firm", (NEIGHBOUR,), "Not named in the form.")
    resource(draft, NEIGHBOUR_HALL, "Rented chips in a neighbouring economy", "compute", "site", where=NEIGHBOUR)
    for kind in ("owns", "operates"):
        hold(draft, "neighbour_cloud", NEIGHBOUR_HALL, kind, "abroad")
    chips(draft, NEIGHBOUR_HALL)
    rent = generic(
        1.7,
        2.95,
        5.0,
        "Rent of an H100 by the hour, 2025-26: median of 37 providers, with contract and list prices around it",
    )
    site(draft, NEIGHBOUR_HALL, capacity=foreign_capacity(draft).times(0.3), rent=rent, shrink=SHRINK)
    route(draft, NEIGHBOUR_HALL, NEIGHBOUR_HALL, OPEN_MODEL, is_abroad=True)
