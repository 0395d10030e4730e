#!/usr/bin/env python3
"""Draw the map of the provinces: `data/wilayah/provinsi_38_peta.csv` from the borders beside it.

    python scripts/draw_provinces.py

Each province becomes one SVG path on a sheet 1,000 wide, a degree as long as another in both
directions (Indonesia lies at the equator). Lines are simplified to what the sheet can show, and of the
islands only those are kept that can be seen, the largest of each province always.
"""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "data" / "wilayah"
BORDERS, MAP = FOLDER / "provinsi_38.geojson", FOLDER / "provinsi_38_peta.csv"
WEST, NORTH, EAST = 94.9, 6.2, 141.1
SCALE = 1000 / (EAST - WEST)
TOLERANCE = 0.7
SMALLEST = 2.0

type Point = tuple[float, float]
type Ring = list[Point]


def on_sheet(place: list[float]) -> Point:
    """Return where a place of longitude and latitude lies on the sheet."""
    return (place[0] - WEST) * SCALE, (NORTH - place[1]) * SCALE


def distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from the line between two others."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, down)
    if not length:
        return math.dist(point, start)
    return abs(down * (point[0] - start[0]) - across * (point[1] - start[1])) / length


def simplified(line: Ring) -> Ring:
    """Return a line without what the sheet cannot show (Ramer, Douglas and Peucker)."""
    inner = range(1, len(line) - 1)
    away, far = max(
        ((distance(line[place], line[0], line[-1]), place) for place in inner), default=(0.0, 0)
    )
    if away <= TOLERANCE:
        return [line[0], line[-1]]
    return simplified(line[: far + 1])[:-1] + simplified(line[far:])


def area(ring: Ring) -> float:
    """Return how much of the sheet a ring covers."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def drawn(ring: Ring) -> str:
    """Return a ring as a piece of a path."""
    half = len(ring) // 2
    outline = simplified(ring[: half + 1])[:-1] + simplified(ring[half:])
    places = [f"{x:.0f} {y:.0f}" for x, y in outline[:-1]]
    apart = [one for one, before in zip(places, [None, *places], strict=False) if one != before]
    return "M" + "L".join(apart) + "Z"


def path(geometry: dict[str, list]) -> str:  # type: ignore[type-arg] # as JSON has it
    """Return the path of a province."""
    many = geometry["type"] == "MultiPolygon"
    polygons = geometry["coordinates"] if many else [geometry["coordinates"]]
    islands = sorted(
        ([on_sheet(place) for place in polygon[0]] for polygon in polygons), key=area, reverse=True
    )
    return "".join(drawn(one) for one in islands if one is islands[0] or area(one) >= SMALLEST)


def main() -> None:
    """Write the file."""
    provinces = json.loads(BORDERS.read_text(encoding="utf-8"))["features"]
    with MAP.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["kode", "jalur"])
        for province in sorted(provinces, key=lambda one: one["properties"]["kode"]):
            writer.writerow([province["properties"]["kode"], path(province["geometry"])])


if __name__ == "__main__":
    main()
