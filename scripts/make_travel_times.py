#!/usr/bin/env python3
"""Writes data/reference/travel_times.csv: estimated hours between the prefectures of 吉林省.

Straight line between the seats (degrees to a tenth or better, from any map) x 1.3 for roads / 90 km/h, a quarter of an
hour at least. An estimate to begin with: replace the figures by what the office knows (railway, season).
"""

from __future__ import annotations

import csv
from itertools import product
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

SEATS = {
    "2201": ("长春", 43.88, 125.32),
    "2202": ("吉林", 43.84, 126.55),
    "2203": ("四平", 43.17, 124.35),
    "2204": ("辽源", 42.90, 125.14),
    "2205": ("通化", 41.73, 125.94),
    "2206": ("白山", 41.94, 126.43),
    "2207": ("松原", 45.14, 124.82),
    "2208": ("白城", 45.62, 122.84),
    "2224": ("延吉", 42.91, 129.51),
}
DETOUR, SPEED, WITHIN, RADIUS = 1.3, 90.0, 1.0, 6371.0


def main() -> None:
    target = Path(__file__).resolve().parents[1] / "data" / "reference" / "travel_times.csv"
    with target.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("from", "to", "hours", "note"))
        for start, end in product(SEATS, SEATS):
            if start <= end:
                table.writerow((start, end, f"{hours(start, end):.1f}", "估算：直线距离 x 1.3 / 90 km/h"))
    print(f"wrote {target}")


def hours(start: str, end: str) -> float:
    if start == end:
        return WITHIN
    (_, lat, lon), (_, lat2, lon2) = SEATS[start], SEATS[end]
    a = sin(radians(lat2 - lat) / 2) ** 2
    b = cos(radians(lat)) * cos(radians(lat2)) * sin(radians(lon2 - lon) / 2) ** 2
    return max(0.25, 2 * RADIUS * asin(sqrt(a + b)) * DETOUR / SPEED)


if __name__ == "__main__":
    main()
