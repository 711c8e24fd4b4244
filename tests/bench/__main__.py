"""`python -m tests.bench`: every figure, as a table and as JSON. `--quick` takes a tenth of the rounds, `--locale
de` asks in another language; the part `languages` measures what several of them take.
"""

import argparse
import asyncio
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from bot.languages import ENGLISH, language_for, speaking
from tests.bench.answers import Bench, bench
from tests.bench.figures import Figure, keep, table
from tests.bench.postgresql import measure as postgresql
from tests.bench.processes import FOUR, Processes
from tests.bench.steps import measure as steps
from tests.standin import payloads

_AT_A_TIME = {
    "random": 1.3,
    "top": 1.3,
    "autocomplete": 1.2,
    "find": 2.0,
    "vote": 1.3,
    "bracket vote beside a vote": 1.2,
}
_AT_ONCE = {"random, 32 at once": 0.8, "vote, 32 at once": 0.6}
# (votes, montages), the first being the one that the goals speak of.
_SIZES = ((1_000_000, 300), (10_000, 300), (100_000, 300), (1_000_000, 100), (1_000_000, 1_000))


_PARTS = ("answers", "postgresql", "processes", "steps", "languages")


async def answers(rounds: int) -> list[Figure]:
    """How long answers take, at every size."""
    figures = []
    for votes, montages in _SIZES:
        async with bench(Bench, votes, montages) as made:
            figures += await made.one_at_a_time(rounds, _AT_A_TIME)
            if (votes, montages) == _SIZES[0]:
                figures += await made.at_once(32 * max(10, rounds // 10), 5, _AT_ONCE)
    return figures


async def processes(*, quick: bool) -> list[Figure]:
    """How soon a process answers, and how much memory it takes."""
    figures = []
    with TemporaryDirectory() as folder:
        for votes in (1_000_000, 10_000):
            made = Processes(Path(folder), votes)
            await made.seed()
            figures += await made.starts(3 if quick else 9)
        figures += await made.evening(5_000 if quick else 100_000)
        figures += await made.servers(1_000 if quick else 10_000)
    return figures


async def spoken_together(*, quick: bool) -> list[Figure]:
    """How much memory several languages take."""
    with TemporaryDirectory() as folder:
        made = Processes(Path(folder), 10_000)
        await made.seed()
        return await made.languages(4_000 if quick else 40_000)


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=(*_PARTS, "both"), default="both")
    parser.add_argument("--quick", action="store_true", help="a tenth of the rounds")
    parser.add_argument("--json", type=Path, default=Path(".benchmarks/figures.json"), help="default %(default)s")
    parser.add_argument("--locale", default=payloads.spoken, help="what everybody speaks (default %(default)s)")
    chosen = parser.parse_args()
    language = language_for(chosen.locale)
    asked = FOUR if chosen.part == "languages" else (chosen.locale,)
    if unknown := [code for code in asked if language_for(code) == ENGLISH and not code.startswith(ENGLISH)]:
        parser.error(f"the bot does not speak {', '.join(unknown)}")
    payloads.spoken = chosen.locale
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    rounds = 60 if chosen.quick else 600
    with speaking(language):  # what is fed to the bot in this process speaks it, too
        figures = _figures(chosen.part, rounds, quick=chosen.quick)
    print(table(figures))
    keep(figures, chosen.json)


def _figures(part: str, rounds: int, *, quick: bool) -> list[Figure]:
    figures = []
    if part in ("answers", "both"):
        figures += asyncio.run(answers(rounds))
    if part in ("postgresql", "both"):
        figures += asyncio.run(postgresql(rounds))
    if part in ("steps", "both"):
        figures += asyncio.run(steps())
    if part in ("processes", "both"):
        figures += asyncio.run(processes(quick=quick))
    if part == "languages":
        figures += asyncio.run(spoken_together(quick=quick))
    return figures


if __name__ == "__main__":
    main()
