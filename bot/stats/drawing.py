"""A panel as a PNG. The one module that imports matplotlib, which takes a second and 50 MB: import it late.

Only matplotlib's object interface is used, which keeps nothing between pictures and may run in a thread.
"""

import math
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from PIL import Image

from bot.aliases import JsonObject
from bot.stats.charts import Bars, Chart, Columns, Intervals, Knockout, Seeded, Winner
from bot.ui.text import clip
from bot.ui.theme import GOLD

# A card of its own: it stands on Discord's light page as well as on the dark one.
_PAPER, _INK, _FAINT, _LINE = "#211F1C", "#F4EDE0", "#B3AA9B", "#47423B"
_GOLD = f"#{GOLD.value:06x}"
_ICE = "#7FA6BF"  # votes against

# 800 pixels across: on a phone, where that becomes 330, letters of 28 are still 11 high.
_DPI = 100
_COLOURS = 64
_WIDTH = 8.0
_TITLE, _TEXT, _SMALL = 23, 20, 17
# Where the plots begin and end across the picture; labels stand before them, numbers after.
_LEFT, _RIGHT = 0.5, 0.96
_LABEL_AT_MOST = 24
# In a bracket: where seeds end and names begin, and where the tree begins.
_SEED, _NAMES = 0.04, 0.54
_NAME_AT_MOST = 24
# Heights in inches: of the title, of a row, of columns, of what stands under them.
_HEAD, _ROW, _COLUMNS, _FOOT = 0.8, 0.5, 2.4, 0.6


def draw(chart: Chart) -> bytes:
    """The panel as a PNG."""
    plot = _COLUMNS if isinstance(chart, Columns) else _ROW * _rows(chart)
    height = _HEAD + plot + _FOOT
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, facecolor=_PAPER)
    figure.text(0.04, 1 - 0.52 / height, chart.title, **_text(_TITLE, _GOLD, bold=True))
    left = 0.04 if isinstance(chart, Columns | Knockout) else _LEFT
    axes = figure.add_axes((left, _FOOT / height, _RIGHT - left, plot / height), facecolor=_PAPER)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    match chart:
        case Intervals():
            _draw_intervals(axes, chart)
        case Columns():
            _draw_columns(axes, chart)
        case Bars():
            _draw_bars(axes, chart)
        case Knockout():
            _draw_knockout(axes, chart)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    picture, drawn = BytesIO(), Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    # A few colours are enough for letters and lines, and a quarter of the bytes.
    drawn.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(picture, "png")
    return picture.getvalue()


def _rows(chart: Intervals | Bars | Knockout) -> int:
    return sum(map(len, chart.first)) if isinstance(chart, Knockout) else len(chart.rows)


def _draw_intervals(axes: Axes, chart: Intervals) -> None:
    least = min(math.floor(min((row.low for row in chart.rows), default=0) * 10) / 10, 0.9)
    axes.set_xlim(least, 1)
    axes.set_ylim(len(chart.rows) - 0.5, -0.5)
    below = len(chart.rows) - 0.3
    for share, words, side in ((least, f"{least:.0%}", "left"), (1, "100% fired up", "right")):
        axes.axvline(share, color=_LINE, linewidth=2, zorder=0)
        axes.text(share, below, words, ha=side, va="top", **_text(_SMALL, _FAINT))
    thick: JsonObject = {"linewidth": 11, "solid_capstyle": "round", "clip_on": False}
    for position, row in enumerate(chart.rows):
        _label(axes, position, row.label)
        axes.plot((row.low, row.high), (position, position), color=_GOLD, alpha=0.45, **thick)
        axes.plot(row.share, position, "o", color=_GOLD, markersize=13, markeredgecolor=_PAPER, markeredgewidth=2)


def _draw_columns(axes: Axes, chart: Columns) -> None:
    most, last = max(chart.numbers, default=0) or 1, len(chart.numbers) - 1
    axes.set_xlim(-0.6, last + 0.6)
    axes.set_ylim(0, most * 1.2)
    axes.axhline(0, color=_LINE, linewidth=3)
    axes.bar(range(last + 1), chart.numbers, width=0.72, color=[_FAINT] * last + [_GOLD])
    for position, number in enumerate(chart.numbers):
        if number:
            axes.text(
                position, number + most * 0.03, f"{number:,}", ha="center", va="bottom", **_text(_SMALL, _INK)
            )
    ends = (-0.4, chart.first, "left"), (last + 0.4, chart.last, "right")
    for end, words, side in ends:
        axes.text(end, -most * 0.06, words, ha=side, va="top", **_text(_SMALL, _FAINT))


def _draw_bars(axes: Axes, chart: Bars) -> None:
    most = max((max(bar.up, bar.down) for bar in chart.rows), default=0) or 1
    axes.set_xlim(0, most * 1.2)
    axes.set_ylim(len(chart.rows) - 0.5, -0.5)
    for position, bar in enumerate(chart.rows):
        _label(axes, position - 0.1, bar.label[:1].upper() + bar.label[1:])
        axes.barh(position - 0.12, bar.up, height=0.44, color=f"#{bar.colour:06x}")
        axes.barh(position + 0.24, bar.down, height=0.16, color=_ICE)
        axes.text(
            bar.up + most * 0.025, position - 0.12, f"{bar.up:,}", va="center_baseline", **_text(_SMALL, _INK)
        )
    if any(bar.down for bar in chart.rows):
        legend = "fired up above, not for me below"
        axes.text(most * 1.2, len(chart.rows) - 0.35, legend, ha="right", va="top", **_text(_SMALL, _FAINT))


def _draw_knockout(axes: Axes, chart: Knockout) -> None:
    """The names once, from top to bottom; then a tree in which whoever goes on is a seed in a circle."""
    rows, rounds = _rows(chart), len(chart.winners)
    axes.set_xlim(0, 1)
    axes.set_ylim(rows - 0.5, -0.5)
    start, step = _NAMES, (0.95 - _NAMES) / (rounds - 0.5)
    heights: list[float] = []
    row = 0
    (champion,) = chart.winners[-1]
    for pair in chart.first:
        for seeded in pair:
            _draw_seeded(axes, row, seeded, won=champion is not None and champion.seed == seeded.seed)
            row += 1
        ends = [float(at) for at in range(row - len(pair), row)]
        heights.append(_draw_pair(axes, (_SEED + 0.1, start + step * 0.5), ends))
    for number, winners in enumerate(chart.winners):
        here = start + step * (number + 0.5)
        if number:
            pairs = zip(heights[::2], heights[1::2], strict=True)
            heights = [_draw_pair(axes, (here - step, here), list(pair)) for pair in pairs]
        for height, winner in zip(heights, winners, strict=True):
            _draw_winner(axes, here, height, winner, last=number == rounds - 1)
    if any(winner and winner.level for winners in chart.winners for winner in winners):
        legend = "in a square: level on votes, so the better seed goes on"
        axes.text(1, rows - 0.35, legend, ha="right", va="top", **_text(_SMALL, _FAINT))


def _draw_seeded(axes: Axes, row: int, seeded: Seeded, *, won: bool) -> None:
    colour = _GOLD if won else _FAINT if seeded.out or not seeded.name else _INK
    name = _drawable(clip(seeded.name or "no longer shown here", _NAME_AT_MOST))
    axes.text(_SEED, row, str(seeded.seed), ha="right", va="center_baseline", **_text(_SMALL, _FAINT))
    # On paper of its own: the line begins where the name ends.
    paper = {"facecolor": _PAPER, "edgecolor": "none", "pad": 6}
    axes.text(
        _SEED + 0.02, row, name, ha="left", va="center_baseline", zorder=2, bbox=paper, **_text(_TEXT, colour)
    )


def _draw_pair(axes: Axes, across: tuple[float, float], ends: list[float]) -> float:
    """The lines from one or two sides to where they meet; how far down that is."""
    left, right = across
    middle = sum(ends) / len(ends)
    for end in ends:
        axes.plot((left, right, right), (end, end, middle), color=_LINE, linewidth=3, zorder=1)
    return middle


def _draw_winner(axes: Axes, across: float, down: float, winner: Winner | None, *, last: bool) -> None:
    crowned = winner is not None and last
    axes.plot(
        across,
        down,
        "s" if winner and winner.level else "o",
        color=_GOLD if crowned else _PAPER,
        markersize=36 if last else 31,
        markeredgecolor=_GOLD if crowned else _FAINT if winner else _LINE,
        markeredgewidth=2.5,
        zorder=3,
    )
    if winner:
        words = _text(_SMALL, _PAPER if last else _INK, bold=True)
        axes.text(across, down, str(winner.seed), ha="center", va="center_baseline", zorder=4, **words)


def _label(axes: Axes, position: float, words: str) -> None:
    axes.annotate(
        _drawable(clip(words, _LABEL_AT_MOST)),
        (0, position),
        xycoords=("axes fraction", "data"),
        xytext=(-16, 0),
        textcoords="offset points",
        ha="right",
        va="center_baseline",
        **_text(_TEXT, _INK),
    )


def _text(size: int, colour: str, *, bold: bool = False) -> JsonObject:
    # What stands between two dollar signs is not a formula here.
    return {"fontproperties": _font(bold), "fontsize": size, "color": colour, "parse_math": False}


@cache
def _font(bold: bool) -> FontProperties:
    """The font that comes with matplotlib, so that the picture is the same on every machine."""
    return FontProperties(fname=_font_file(bold))


def _font_file(bold: bool) -> str:
    return str(Path(mpl.get_data_path(), "fonts", "ttf", f"DejaVuSans{'-Bold' if bold else ''}.ttf"))


@cache
def _letters() -> frozenset[int]:
    return frozenset(FT2Font(_font_file(False)).get_charmap())


def _drawable(words: str) -> str:
    """`words` with a dot for each character that the font has not, such as an emoji."""
    return "".join(letter if ord(letter) in _letters() else "·" for letter in words)
