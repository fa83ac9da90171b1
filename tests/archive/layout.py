"""The tables of a study, as text: `python -m tests.archive.layout` writes it when the version number is raised."""

from pathlib import Path

from tillerman.archive.tables import LOOSE, SCHEMA_VERSION, asked_tables, input_tables, loose_fields, plan_tables

LAYOUT = Path(__file__).parent / f"layout-{SCHEMA_VERSION}.txt"


def layout() -> str:
    """Every table with its columns, in order; the country's own tables are described on their page."""
    loose = ", ".join(f"{item.name} {item.field.sql}" for item in loose_fields())
    lines = [f"{LOOSE}: {loose}"]
    ours = (*plan_tables(), *asked_tables())
    lines += [f"{table.name}: {', '.join(f'{name} {kind}' for name, kind in table.columns)}" for table in ours]
    lines += [f"{table.name}: {', '.join(name for name, _ in table.columns)}" for table in input_tables()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    LAYOUT.write_text(layout(), "utf-8")
