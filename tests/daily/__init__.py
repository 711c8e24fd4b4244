from importlib.resources import files


def zone_names() -> tuple[str, ...]:
    """Every zone that is named after a place, and UTC."""
    lines = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines()
    return ("UTC", *sorted(line.split("\t")[2] for line in lines if line and not line.startswith("#")))
