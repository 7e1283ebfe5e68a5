"""How often the item shown first is a good one: reads `matcher match --format json` and judgments of items.

Over the suitable experts (grade 2 or better) among the first five of each demand: the share whose first shown item is
itself graded 2 or better. Items are told apart by their source; an item without one (研究方向) counts as a miss.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

_SUITABLE = 2
_FIRST = 5
Grades = dict[str, dict[str, int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", type=Path, help="output of matcher match --all --format json")
    parser.add_argument("qrels", type=Path, help="demand, expert, grade")
    parser.add_argument("item_qrels", type=Path, help="demand, source of the item, grade")
    options = parser.parse_args()
    people, items = read_grades(options.qrels), read_grades(options.item_qrels)
    shown = good = profiles = 0
    for answer in json.loads(options.answers.read_text(encoding="utf-8")):
        demand = answer["demand_id"]
        for expert in answer["experts"][:_FIRST]:
            if people[demand].get(expert["expert_id"], 0) < _SUITABLE:
                continue
            first = expert["reasons"][0]
            shown += 1
            good += items[demand].get(first["source"], 0) >= _SUITABLE
            profiles += not first["source"]
    print(f"suitable experts {shown}  first item good {good / max(1, shown):.3f}  profile shown first {profiles}")


def read_grades(path: Path) -> Grades:
    grades: Grades = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        demand, name, grade = line.split("\t")
        grades[demand][name] = int(grade)
    return grades


if __name__ == "__main__":
    main()
