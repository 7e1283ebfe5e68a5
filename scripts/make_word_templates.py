"""Writes the Word templates of data/templates. Same program, same files, byte for byte."""

import argparse
from pathlib import Path

from word_templates.match import invitation, liaison_plan
from word_templates.plans import station_plan, visit_plan

from matcher.documents.templates import Form
from matcher.resources import bundled

MAKERS = {
    Form.LIAISON: liaison_plan,
    Form.INVITATION: invitation,
    Form.STATIONS: station_plan,
    Form.VISITS: visit_plan,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=bundled("reference").parent / "templates")
    output: Path = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    for form, make in MAKERS.items():
        (output / form.file_name).write_bytes(make())
    print(f"{len(MAKERS)} templates -> {output}")


if __name__ == "__main__":
    main()
