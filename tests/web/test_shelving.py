"""The shelf and what writes to it: whole or not at all, each owner's own, and never broken by what is damaged."""

from __future__ import annotations

import dataclasses
import json
import threading
from pathlib import Path

import pytest

from tillerman.country import Country, load
from tillerman.errors import SettingError, StudyError
from tillerman.plan import Plan
from tillerman.study import stored
from tillerman.web import shelving
from tillerman.web.errors import NoSuchStudyError
from tillerman.web.shelf import ENTRY, PLAN, Entry, Kind, Shelf
from tillerman.web.shelving import LONGEST_NAME, cleaned, delete, duplicate, new_study, put_plan, rename

ME, YOU = "me", "you/../me"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty shelf."""
    return Shelf(tmp_path / "studies")


@pytest.fixture(scope="module")
def hand() -> Country:
    """The smallest shipped country."""
    return load("hand")


@pytest.fixture(scope="module")
def kenya() -> Plan:
    """A stored plan."""
    found = stored("kenya")
    assert found is not None
    return found


def test_a_country_becomes_a_study(shelf: Shelf, hand: Country) -> None:
    """A country put on the shelf opens equal, without a plan, under the name it was given."""
    entry = new_study(shelf, ME, "  My   hand\n", country=hand, parent="hand")

    assert shelf.own(ME) == (entry,)
    assert (entry.name, entry.kind, entry.code, entry.parent) == ("My hand", Kind.OWN, hand.frame.code, "hand")
    opened = shelf.open(entry.id, ME)
    assert opened.country == hand
    assert opened.plan is None
    assert not shelf.has_plan(entry)


def test_a_plan_is_kept_with_the_dates_beside_its_country(shelf: Shelf, kenya: Plan) -> None:
    """A study of a plan and its file opens with an equal plan, and with the dates that a plan alone does not keep."""
    entry = new_study(shelf, ME, "Kenya", country=load("kenya"), plan=kenya)

    opened = shelf.open(entry.id, ME)
    assert opened.plan == kenya
    assert opened.country.dates == load("kenya").dates != ()
    assert shelf.has_plan(entry)


def test_a_plan_is_put_in_place_and_seen_at_once(shelf: Shelf, kenya: Plan) -> None:
    """A study that was open without a plan shows the plan as soon as it is put there."""
    entry = new_study(shelf, ME, "Kenya", country=load("kenya"))
    assert shelf.open(entry.id, ME).plan is None

    put_plan(shelf, entry, kenya)

    assert shelf.open(entry.id, ME).plan == kenya


def test_a_plan_of_another_file_is_refused(shelf: Shelf, hand: Country, kenya: Plan) -> None:
    """A plan made from another file is another study: nothing is replaced."""
    entry = new_study(shelf, ME, "Hand", country=hand)

    with pytest.raises(SettingError, match="a plan made from file"):
        put_plan(shelf, entry, kenya)
    assert shelf.open(entry.id, ME).plan is None


def test_a_deleted_study_does_not_come_back(shelf: Shelf, kenya: Plan) -> None:
    """A worker that ends after its study was deleted leaves nothing behind."""
    entry = new_study(shelf, ME, "Kenya", country=load("kenya"))
    delete(shelf, entry)

    for late in (
        lambda: put_plan(shelf, entry, kenya),
        lambda: rename(shelf, entry, "x"),
        lambda: delete(shelf, entry),
    ):
        with pytest.raises(NoSuchStudyError):
            late()
    assert list(shelf.room(ME).iterdir()) == []


def test_each_owner_sees_their_own(shelf: Shelf, hand: Country) -> None:
    """A study is there for its owner alone, whatever text names the owner."""
    mine = new_study(shelf, ME, "Mine", country=hand)
    yours = new_study(shelf, YOU, "Yours", country=hand)

    assert shelf.own(ME) == (mine,)
    assert shelf.own(YOU) == (yours,)
    for study, owner in ((mine.id, YOU), (yours.id, ME), (mine.id, "")):
        with pytest.raises(NoSuchStudyError):
            shelf.open(study, owner)
    assert shelf.room(YOU).parent == shelf.folder


@pytest.mark.parametrize("study", ["..", "../me", "", "a" * 41, ".new-x", "A", "a\x00", "%2e%2e", "a/b"])
def test_no_address_leads_out_of_the_shelf(shelf: Shelf, study: str) -> None:
    """What is no id is no study, before any file is looked at."""
    with pytest.raises(NoSuchStudyError):
        shelf.entry(study, ME)


def test_renamed(shelf: Shelf, hand: Country) -> None:
    """A new name is kept; the study is the same one."""
    entry = new_study(shelf, ME, "Old", country=hand)
    renamed = rename(shelf, entry, "新名稱")
    assert shelf.own(ME) == (renamed,)
    assert renamed == dataclasses.replace(entry, name="新名稱")


def test_a_copy_is_a_study_of_its_own(shelf: Shelf, kenya: Plan) -> None:
    """A copy of a shipped study brings its plan along, says where it came from, and outlives nothing of it."""
    copy = duplicate(shelf, shelf.entry("kenya", ME), ME, "Ours")
    again = duplicate(shelf, copy, ME, "Ours again")
    delete(shelf, copy)

    assert (copy.parent, again.parent) == ("kenya", copy.id)
    opened = shelf.open(again.id, ME)
    assert opened.plan == kenya
    assert opened.country.dates


def test_what_is_shipped_stays(shelf: Shelf, kenya: Plan) -> None:
    """A shipped study is neither renamed nor deleted nor given another plan."""
    entry = shelf.entry("kenya", ME)
    for change in (
        lambda: rename(shelf, entry, "x"),
        lambda: delete(shelf, entry),
        lambda: put_plan(shelf, entry, kenya),
    ):
        with pytest.raises(SettingError, match="copy it first"):
            change()


def test_a_damaged_entry_does_not_break_the_shelf(shelf: Shelf, hand: Country) -> None:
    """A damaged entry is listed as damaged, cannot be opened, and can be deleted; the others stay as they are."""
    good = new_study(shelf, ME, "Good", country=hand)
    for text in ("", "{", "[]", '{"name": 1}', "null"):
        bad = new_study(shelf, ME, "Bad", country=hand)
        (shelf.place(bad) / ENTRY).write_text(text, "utf-8")
        found = next(entry for entry in shelf.own(ME) if entry.id == bad.id)
        assert found.is_damaged
        with pytest.raises(StudyError, match="Delete the study"):
            shelf.open(bad.id, ME)
        delete(shelf, found)
    assert shelf.own(ME) == (good,)


def test_a_damaged_plan_is_told(shelf: Shelf, kenya: Plan) -> None:
    """A plan that cannot be trusted is refused with what to do; giving the study a new one heals it."""
    entry = new_study(shelf, ME, "Kenya", plan=kenya)
    (shelf.place(entry) / PLAN).write_bytes(b"no study")
    with pytest.raises(StudyError, match="Plan again"):
        shelf.open(entry.id, ME)
    put_plan(shelf, entry, kenya)
    assert shelf.open(entry.id, ME).plan == kenya


def test_an_entry_cannot_name_another_owner(shelf: Shelf, hand: Country) -> None:
    """Whose a study is follows from where it stands, not from what a file says."""
    entry = new_study(shelf, ME, "Mine", country=hand)
    path = shelf.place(entry) / ENTRY
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "owner": YOU, "id": "kenya", "kind": "shipped"}))
    assert shelf.own(ME) == (entry,)
    assert shelf.own(YOU) == ()


def test_nothing_is_left_of_a_study_that_could_not_be_made(shelf: Shelf, hand: Country, kenya: Plan) -> None:
    """A study that cannot be completed is not there, and no half of it."""
    with pytest.raises(SettingError, match="a plan made from file"):
        new_study(shelf, ME, "Both", country=hand, plan=kenya)
    assert shelf.own(ME) == ()
    assert list(shelf.room(ME).iterdir()) == []


def test_a_shelf_has_an_end(shelf: Shelf, hand: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shelf that is full takes no more, and says what to do."""
    monkeypatch.setattr(shelving, "MOST_STUDIES", 2)
    for name in "ab":
        new_study(shelf, ME, name, country=hand)
    with pytest.raises(SettingError, match="Delete one"):
        new_study(shelf, ME, "c", country=hand)
    new_study(shelf, YOU, "c", country=hand)


def test_many_writers_at_once(shelf: Shelf, hand: Country) -> None:
    """Studies made, renamed and deleted at the same time end as if one had been done after the other."""
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for _ in range(3):
                entry = new_study(shelf, ME, f"n{number}", country=hand)
                shelf.entries(ME)
                rename(shelf, entry, f"m{number}")
                shelf.open(entry.id, ME)
                delete(shelf, entry)
            new_study(shelf, ME, f"kept {number}", country=hand)
        except BaseException as error:  # noqa: BLE001 - told by the test itself
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(entry.name for entry in shelf.own(ME)) == [f"kept {number}" for number in range(4)]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Kenya", "Kenya"),
        ("  a \t b ", "a b"),
        ("<script>", "<script>"),
        ("e\u0301", "é"),
        ("a\u202egnp", "a gnp"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("肯亞（草案）", "肯亞（草案）"),
    ],
)
def test_names_are_cleaned(told: str, kept: str) -> None:
    """A name keeps its letters and marks; what does not print or turns direction becomes a space."""
    assert cleaned(told) == kept


@pytest.mark.parametrize("name", ["", " \n ", "\u202e", "x" * (LONGEST_NAME + 1)])
def test_names_without_an_end_or_a_letter_are_refused(name: str) -> None:
    """A blank name and an overlong one are refused."""
    with pytest.raises(SettingError, match="1 to 80 characters"):
        cleaned(name)


def test_the_newest_stands_first(shelf: Shelf, hand: Country) -> None:
    """A reader's own studies stand newest first, before what is shipped."""
    made = [new_study(shelf, ME, name, country=hand) for name in "abc"]
    listed: tuple[Entry, ...] = shelf.entries(ME)
    assert list(listed[:3]) == made[::-1]
    assert all(entry.kind is Kind.SHIPPED for entry in listed[3:])
