"""The brief as PDF: two pages, whole sentences, our own fonts, tagged for screen readers, the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from datetime import date
from importlib.resources import as_file, files

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from tests.brief.reading import fonts_of, pdf_text, says_it_is_accessible, squeezed, tags
from tillerman.brief import Document, compose, dated
from tillerman.brief.glyphs import coverage
from tillerman.brief.minister import DROPS
from tillerman.brief.pdf import fitted, opened, render_pdf
from tillerman.brief.visible import visible
from tillerman.country import shipped
from tillerman.errors import SettingError
from tillerman.labels import Level, Reader
from tillerman.plan import Plan
from tillerman.study import kept_plan, stored
from tillerman.words import LANGUAGES

WITH_PLAN = [name for name in shipped() if stored(name) is not None]
HARD = 'a#b $x$ @y <z> \\w *v* _u_ `t` [s] {r} // q /* p */ ~ = - + " \' #read("/etc/passwd")'
FONTS = files("tillerman.brief").joinpath("fonts")


def shown(document: Document) -> Document:
    """The brief as it is drawn: without the lines that found no room."""
    if document.reader is not Reader.MINISTER:
        return document
    with opened(document.reader) as compiler:
        return document.without(fitted(document, compiler).dropped)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", WITH_PLAN)
def test_minister_reads_two_pages(country: str, language: str) -> None:
    """A minister's brief has exactly two pages, for every shipped country in both languages."""
    document = compose(kept_plan(country), level=Level.TEAM, language=language)

    assert len(PdfReader(io.BytesIO(render_pdf(document, dated=date(2026, 1, 1)))).pages) == 2


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.GOVERNMENT])
def test_every_level_has_two_pages(kenya: Plan, level: Level) -> None:
    """A minister's brief has exactly two pages at every level."""
    document = compose(kenya, level=level)

    assert len(PdfReader(io.BytesIO(render_pdf(document, dated=date(2026, 1, 1)))).pages) == 2


@pytest.mark.parametrize(
    ("reader", "language"),
    [
        *((reader, language) for reader in (Reader.MINISTER, Reader.ADVISER) for language in LANGUAGES),
        (Reader.ANALYST, "zh-Hant"),
    ],
)
def test_every_sentence_is_whole(kenya: Plan, reader: Reader, language: str) -> None:
    """Every text of the brief stands whole in what is read from the PDF, the running footer aside."""
    document = compose(kenya, reader=reader, level=Level.TEAM, language=language)
    drawn = shown(document)
    footer = re.escape(squeezed(document.origin)) + squeezed(document.page_of).format(n=r"\d+", of=r"\d+")
    found = re.sub(footer, "", pdf_text(render_pdf(document, dated=date(2026, 1, 1))))
    missing = [text for _, text in visible(drawn) if squeezed(text) not in found and text != document.origin]

    assert missing == []


@pytest.mark.parametrize("reader", [Reader.MINISTER, Reader.ADVISER])
def test_what_is_drawn_never_ends_in_mid_sentence(kenya: Plan, reader: Reader) -> None:
    """What has no room goes whole: each line that is left was a line of the brief before."""
    document = compose(kenya, reader=reader)

    assert {text for _, text in visible(shown(document))} <= {text for _, text in visible(document)}


def test_lines_go_in_the_stated_order(kenya: Plan) -> None:
    """Where room is short on a page, what goes is what stands first in the stated order."""
    document = compose(kenya, level=Level.TEAM)
    with opened(Reader.MINISTER) as compiler:
        gone = fitted(_with_long_answer(document), compiler).dropped

    assert gone
    assert list(gone) == [name for name in DROPS if name in gone]
    assert gone[0] == "keeps.how"


def _with_long_answer(document: Document) -> Document:
    """The same brief with a title of four lines."""
    return replace(document, title=f"{document.title} {document.title} {document.title}")


def test_picture_is_as_large_as_there_is_room(kenya: Plan) -> None:
    """Where room is left the bars are higher; where there is none, they are not."""
    with opened(Reader.MINISTER) as compiler:
        short, long = (
            fitted(document, compiler).bar
            for document in (compose(kenya, language="zh-Hant"), _with_long_answer(compose(kenya)))
        )

    assert short > long


def test_long_names_make_type_smaller_and_then_are_refused(hand: Plan) -> None:
    """Names of some length still fit, in smaller type; beyond all reason the brief is refused, not cut."""
    names = {row.service: f"{row.name} " + "and everything that hangs on it " * 3 for row in hand.today.services}
    long = _renamed(hand, names)
    assert len(PdfReader(io.BytesIO(render_pdf(compose(long), dated=date(2026, 1, 1)))).pages) == 2

    absurd = _renamed(hand, {key: name * 60 for key, name in names.items()})
    with pytest.raises(SettingError, match="more than 2 pages"):
        render_pdf(compose(absurd), dated=date(2026, 1, 1))


def _renamed(plan: Plan, names: dict[str, str]) -> Plan:
    """The same plan with other names of services."""
    services = tuple(replace(row, name=names[row.service]) for row in plan.services)
    today = replace(plan.today, services=tuple(replace(r, name=names[r.service]) for r in plan.today.services))
    rows = tuple(replace(row, name=names[row.id]) for row in plan.country.services)
    return replace(plan, services=services, today=today, country=replace(plan.country, services=rows))


@pytest.mark.parametrize("country", WITH_PLAN)
def test_adviser_reads_ten_pages_at_most(country: str) -> None:
    """An adviser's brief has at most ten pages, for every shipped country; Chinese needs less room than English."""
    document = compose(kept_plan(country), reader=Reader.ADVISER, level=Level.TEAM)

    assert len(PdfReader(io.BytesIO(render_pdf(document, dated=date(2026, 1, 1)))).pages) <= 10


def test_adviser_reads_ten_pages_of_all_answers(asked: Plan) -> None:
    """Every question asked and answered does not make it longer than ten pages."""
    document = compose(asked, reader=Reader.ADVISER, level=Level.TEAM)

    assert len(PdfReader(io.BytesIO(render_pdf(document, dated=date(2026, 1, 1)))).pages) <= 10


def test_same_study_same_bytes(kenya: Plan) -> None:
    """The same study gives the same bytes: no clock, no chance."""
    first, second = (render_pdf(compose(kenya), dated=dated(kenya.country)) for _ in range(2))

    assert first == second


def test_date_comes_from_the_file(kenya: Plan) -> None:
    """The PDF carries the day of the newest source, not the day on which it was written."""
    frame = kenya.country.frame
    days = [item.published for item in kenya.country.evidence if item.published is not None]
    newest = max(days, default=date(frame.base_year, 1, 1))
    about = PdfReader(io.BytesIO(render_pdf(compose(kenya), dated=dated(kenya.country)))).metadata

    assert about is not None
    assert about.creation_date is not None
    assert about.creation_date.date() == newest


@pytest.mark.parametrize(("language", "told"), [("en", "en"), ("zh-Hant", "zh-TW")])
def test_it_is_tagged_for_screen_readers(kenya: Plan, language: str, told: str) -> None:
    """The PDF says that it is PDF/UA, is tagged, names its language and title, and says every bar in words."""
    document = compose(kenya, language=language)
    data = render_pdf(document, dated=date(2026, 1, 1))
    reader = PdfReader(io.BytesIO(data))
    said = {str(node["/Alt"]) for node in tags(data) if "/Alt" in node}

    assert says_it_is_accessible(data)
    assert str(reader.root_object["/Lang"]) == told
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    assert [pair for row in document.services for pair in row.bars if pair.said not in said] == []


def test_headings_and_tables_are_tagged(kenya: Plan) -> None:
    """One title, a heading for each of the twelve sections, and a table with header cells."""
    kinds = [str(node.get("/S")) for node in tags(render_pdf(compose(kenya), dated=date(2026, 1, 1)))]

    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 12
    assert kinds.count("/TH") == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_shipped_fonts_are_in_it(kenya: Plan, language: str) -> None:
    """Every font of the PDF is one of the two that are shipped, embedded."""
    names = fonts_of(render_pdf(compose(kenya, language=language), dated=date(2026, 1, 1)))

    assert names
    assert {name for name in names if not name.startswith("NotoSansTC-")} == set()


def test_missing_character_is_refused_by_name(hand: Plan) -> None:
    """A character that the fonts lack is refused before drawing, with its name and where it stands."""
    row = hand.today.services[0]
    strange = _renamed(hand, {r.service: r.name for r in hand.today.services} | {row.service: "Ward ཀ"})

    with pytest.raises(SettingError, match=r"U\+0F40, TIBETAN LETTER KA\) in “Ward ཀ” under “What keeps running”"):
        render_pdf(compose(strange), dated=date(2026, 1, 1))


@pytest.mark.parametrize("reader", Reader)
def test_names_are_never_run(hand: Plan, reader: Reader) -> None:
    """A name full of marks of the typesetter is set as it is written, in every brief."""
    row = hand.today.services[0]
    plan = _renamed(hand, {r.service: r.name for r in hand.today.services} | {row.service: HARD})
    document = compose(plan, reader=reader, level=Level.TEAM)

    assert squeezed(HARD) in pdf_text(render_pdf(document, dated=date(2026, 1, 1)))


def test_fonts_are_those_that_were_made() -> None:
    """The fonts are the recorded ones, small enough to ship, with their licence."""
    sums = dict(line.split()[::-1] for line in FONTS.joinpath("SHA256SUMS").read_text("ascii").splitlines())
    found = {name: hashlib.sha256(FONTS.joinpath(name).read_bytes()).hexdigest() for name in sums}

    assert found == sums
    assert len(sums) == 2
    assert max(len(FONTS.joinpath(name).read_bytes()) for name in sums) < 2_500_000
    assert "SIL OPEN FONT LICENSE" in FONTS.joinpath("OFL.txt").read_text("utf-8").upper()


@pytest.mark.parametrize("face", ["Regular", "Bold"])
def test_coverage_is_that_of_the_fonts(face: str) -> None:
    """What is said to be covered is what each face can show: common Chinese characters among it."""
    with as_file(FONTS.joinpath(f"NotoSansTC-{face}.ttf")) as path:
        there = set(TTFont(path).getBestCmap())
    common = {ord(bytes((high, low)).decode("big5")) for high in range(0xA4, 0xC6) for low in range(0x40, 0x7F)}

    assert coverage() <= there
    assert common <= coverage()
