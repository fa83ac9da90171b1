"""The page holds together: well-formed, self-contained, reachable by keyboard and screen reader, safe with any name."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.made_up import HAZARD
from tests.report.reading import Element, read
from tillerman.charts.tokens import Light, tokens
from tillerman.errors import SettingError
from tillerman.plan import Plan
from tillerman.report import write_html
from tillerman.report.html import render
from tillerman.report.page import page
from tillerman.words import LANGUAGES

ORDER = ["keeps", "helps", "unknown", "decisions", "agreements", "posture", "balance", "loss", "accounts", "references",
         "breakeven", "alternatives", "frontier", "levers", "trust", "evidence", "limits", "disclosure",
         "annex"]  # fmt: skip
STANDARD = (
    "An aid to judgement: it compares choices under stated assumptions and does not predict the conduct of any state "
    "or firm."
)
METHOD = re.compile(
    r"\b(solver|gap|seed|iterations?|scenarios?|regimes?|cut-?off|war|dual|CVaR|H100e)\b", re.IGNORECASE
)


def written(plan: Plan, language: str = "en", *, with_hazards: bool = False) -> Element:
    """The page of a plan, read back strictly."""
    return read(render(page(plan, language=language, with_hazards=with_hazards)))


def test_page_is_well_formed_and_ordered(plan: Plan) -> None:
    """Everything opened is closed, and the sections stand in the order in which they are meant to be read."""
    root = written(plan)

    assert [section.attributes["id"] for section in root.all("section")] == ORDER
    assert [e.tag for e in root.all("header", "main", "nav", "footer")] == ["header", "main", "nav", "footer"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_asks_nothing_of_anybody(plan: Plan, language: str) -> None:
    """No script, no outside address in an attribute or a style, no frame, no form: it can be read offline, forever."""
    text = render(page(plan, language=language))
    root = read(text)
    [style] = root.all("style")

    assert root.all("script", "link", "iframe", "img", "object", "form") == []
    assert not re.search(r"url\(|@import|expression", "".join(map(str, style.children)))
    assert [
        e for e in root.all() for name in e.attributes if name.startswith("on") or name in {"src", "srcset", "style"}
    ] == []
    assert {e.attributes["href"][0] for e in root.all() if "href" in e.attributes} == {"#"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_can_be_found_one_s_way_in(plan: Plan, language: str) -> None:
    """Ids stand once, links lead to one, headings do not skip a level, each section is labelled by its heading."""
    root = written(plan, language)
    ids = [e.attributes["id"] for e in root.all() if "id" in e.attributes]
    levels = [int(e.tag[1]) for e in root.all("h1", "h2", "h3", "h4")]

    assert len(ids) == len(set(ids))
    assert {e.attributes["href"][1:] for e in root.all("a")} <= set(ids)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(root.by_id(s.attributes["aria-labelledby"]).tag == "h2" for s in root.all("section"))
    [html] = root.all("html")
    assert html.attributes["lang"] == language


def test_every_table_and_bar_can_be_read_aloud(plan: Plan) -> None:
    """A table has its caption and headings with their direction; a bar says in words what it draws."""
    root = written(plan)
    charts = {id(svg) for figure in root.all("figure") for svg in figure.all("svg")}
    tables = root.all("table")
    bars = [svg for svg in root.all("svg") if svg.attributes.get("role") == "img" and id(svg) not in charts]

    assert len(tables) > 8
    for table in tables:
        assert next(c.text for c in table.all("caption"))
        widths = {len(row.all("th", "td")) for row in table.all("tr")}
        assert len(widths) == 1
        assert {th.attributes["scope"] for th in table.all("th")} == {"col", "row"}
    assert len(bars) > 20
    assert all(re.search(r": \S", bar.attributes["aria-label"]) or len(bar.all("rect")) == 2 for bar in bars)


def test_every_chart_has_its_table(plan: Plan) -> None:
    """A section that draws anything holds a table as well, and says what it is computed from."""
    for section in written(plan).all("section"):
        if section.attributes["id"] not in {"accounts", "evidence"} and section.all("svg"):
            assert section.all("table"), section.attributes["id"]
            assert "Computed from" in section.text, section.attributes["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_says_what_it_shows(plan: Plan, language: str) -> None:
    """A chart has its title above it, and both its drawings, for a desk and a phone, say in words what they show."""
    root = written(plan, language)
    figures = root.all("figure")

    assert {s.attributes["id"] for s in root.all("section") if s.all("figure")} >= {"loss", "accounts", "breakeven"}
    for figure in figures:
        [title] = figure.all("figcaption")
        drawings = [svg for svg in figure.all("svg") if svg.attributes.get("role") == "img"]
        assert [svg.all("title")[0].text for svg in drawings] == [title.text, title.text]
        spoken = [" ".join(svg.attributes["aria-label"].split()) for svg in drawings]
        assert spoken == [f"{title.text}. {svg.all('desc')[0].text}" for svg in drawings]
        assert all(len(svg.all("desc")[0].text) > 10 for svg in drawings)
        assert [int(svg.attributes["width"]) for svg in drawings] == [720, 340]


def test_guardrails(plan: Plan) -> None:
    """The standard sentence opens and closes the page, interests are disclosed, and the first use says so too."""
    root = written(plan)
    [header], [footer] = root.all("header"), root.all("footer")

    assert STANDARD in header.text
    assert STANDARD in footer.text
    assert "large funding" in root.by_id("disclosure").text
    assert "World Economic Forum" in root.by_id("disclosure").text
    assert "large funding" in root.by_id("posture").text
    assert "docs/explanation/limits.md" in root.by_id("limits").text


def test_words_of_method_stay_in_the_annex(hand_plan: Plan) -> None:
    """Whoever reads the page meets no solver, gap or seed before the annex, and meets how to cite it there."""
    root = written(hand_plan)
    annex = root.by_id("annex").text
    before = root.text.replace(annex, "")

    assert METHOD.findall(before) == []
    assert "seed" in annex
    assert hand_plan.cite() in annex
    assert hand_plan.input_hash[:12] in annex


def test_hazards_are_shown_only_when_asked_for(plan: Plan) -> None:
    """The chance that a file assumes for a withdrawal is not on the page, unless the user asks for it."""
    told = f"{HAZARD:.0%}".replace("%", "\N{NO-BREAK SPACE}%").split()[0]

    assert f"{told} %" not in written(plan).by_id("breakeven").text
    assert f"{told} %" in written(plan, with_hazards=True).by_id("breakeven").text


def test_run_without_geopolitics_says_so(plan: Plan) -> None:
    """A run that leaves deliberate acts out says it at the top."""
    calm = replace(plan, request=replace(plan.request, geopolitics=False))

    assert "nobody ever cuts anyone off" in written(calm).all("header")[0].text
    assert "nobody ever cuts anyone off" not in written(plan).text


def test_unknown_language_is_refused(plan: Plan, tmp_path: Path) -> None:
    """A language without a catalogue is refused by name, and nothing is written."""
    with pytest.raises(SettingError, match=r"language: found 'fr'; expected one of en, zh-Hant"):
        write_html(plan, tmp_path / "plan.html", language="fr")
    assert list(tmp_path.iterdir()) == []


def test_same_plan_same_bytes(plan: Plan, tmp_path: Path) -> None:
    """The page of a record never changes, and is in place whole."""
    first = write_html(plan, tmp_path / "a.html").read_bytes()

    assert first == write_html(plan, tmp_path / "b.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]
    assert first.rstrip().endswith(b"</html>")


NAMES = st.text(min_size=1, max_size=30).filter(str.strip) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "\"'><img src=x onerror=alert(1)>",
        "מים & حاسوب",
        "🚰 \u202egnp.exe",
        "{{ 7 * 7 }}",
        "</style><b>",
        "&amp;",
    ]
)


@pytest.fixture(scope="module")
def plain(hand_plan: Plan) -> Element:
    """The page on which everything has the same harmless name."""
    return written(renamed(hand_plan, "plain"))


@pytest.mark.time_limit(seconds=60, reason="draws every chart anew for each name")
@given(name=NAMES)
def test_any_name_is_only_a_name(hand_plan: Plan, plain: Element, name: str) -> None:
    """Whatever a service, supplier, fallback, decision or country is called, it is text and never markup."""
    root = read(render(page(renamed(hand_plan, name))))

    assert [e.tag for e in root.all()] == [e.tag for e in plain.all()]
    assert " ".join(name.split()) in root.by_id("keeps").all("h3")[0].text or not name.isprintable()


def renamed(plan: Plan, name: str) -> Plan:
    """The same plan with one name for everything that a file can name."""
    today = plan.today
    services = tuple(
        replace(s, name=name, fallback=replace(s.fallback, name=name) if s.fallback else None) for s in plan.services
    )
    singles = tuple(replace(c, withdrawal=replace(c.withdrawal, name=name)) for c in today.singles)
    return replace(
        plan,
        country=replace(plan.country, frame=replace(plan.country.frame, name=name)),
        today=replace(today, services=services, singles=singles),
        services=services,
        decisions=tuple(replace(d, name=name) for d in plan.decisions),
        break_evens=tuple(replace(b, name=name, disruption_name=name) for b in plan.break_evens),
        references=tuple(replace(r, label=name) for r in plan.references),
    )


def luminance(colour: str) -> float:
    """Relative luminance of a colour written as #rrggbb or #rgb (WCAG 2)."""
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("light", Light)
def test_text_stands_out(light: Light) -> None:
    """Every text has a contrast of at least 4.5 on its ground, in light, in the dark and on paper."""
    colours = tokens(light)
    pairs = [
        ("ink", "paper"),
        ("soft", "paper"),
        ("link", "paper"),
        ("ink", "card"),
        ("soft", "card"),
        ("mark", "mark-paper"),
        ("band-ink", "band"),
        ("band-soft", "band"),
        ("press-ink", "press"),
    ]

    assert {pair: contrast(colours[pair[0]], colours[pair[1]]) >= 4.5 for pair in pairs} == dict.fromkeys(pairs, True)


@pytest.mark.parametrize("light", Light)
def test_parts_of_bars_differ_in_grey(light: Light) -> None:
    """Neighbouring parts of a bar differ in lightness alone, so that they can be told apart in grey and by everyone."""
    colours = tokens(light)
    steps = [colours[name] for name in ("deep", "middle", "pale")]

    assert all(contrast(a, b) >= 1.8 for a, b in pairwise(steps))
    assert contrast(colours["pale"], colours["faint"]) >= 1.15
