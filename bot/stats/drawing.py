"""A panel as a PNG. The one module that imports matplotlib, which takes a second and 50 MB: import it late.

Only matplotlib's object interface is used, which keeps nothing between pictures and may run in a thread.
"""

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
from bot.languages import _, enumerated, numeral, percent
from bot.stats.charts import Bars, Chart, Columns, Intervals, Knockout, Seeded, Winner
from bot.ui.text import capital, clip
from bot.ui.theme import GOLD

# A card of its own: it stands on Discord's light page as well as on the dark one.
_PAPER, _INK, _FAINT, _LINE = "#211F1C", "#F4EDE0", "#B3AA9B", "#47423B"
_GOLD = f"#{GOLD.value:06x}"
_DIM_GOLD = "#8F6F2B"  # between which shares it probably lies
_ICE = "#7FA6BF"  # votes against

# 640 pixels across: on a phone, where that becomes 265 points or more, letters of 26 are still 11 high.
_DPI = 100
_COLOURS = 64
_WIDTH = 6.4
_TITLE, _TEXT, _SMALL = 20, 19, 16.5
# Where everything begins and ends across the picture.
_LEFT, _RIGHT = 0.04, 0.96
# Characters that fit before the small print of a ranking, and before that of bars.
_NAME_AT_MOST, _LABEL_AT_MOST = 29, 21
# Heights in inches: of the title, of a row (its words, and the bar under them), of columns, of what stands below.
_HEAD, _ROW, _COLUMNS, _FOOT = 0.75, 0.72, 2.2, 0.55
# Where words and bars are in a row, counted down from the middle of the one before.
_WORDS_AT, _BAR_AT, _SECOND_AT = -0.2, 0.22, 0.37
# A bracket is wider: names, of so many characters, and the tree beside them. Where seeds end and the tree begins.
_BRACKET_WIDTH, _BRACKET_ROW = 8.0, 0.5
_ENTRANT, _ENTRANT_AT_MOST = 20, 24
_SEED, _NAMES = 0.04, 0.54


def draw(chart: Chart) -> bytes:
    """The panel as a PNG."""
    width, plot = _WIDTH, _COLUMNS
    if isinstance(chart, Knockout):
        width, plot = _BRACKET_WIDTH, _BRACKET_ROW * _entrants(chart)
    elif not isinstance(chart, Columns):
        plot = _ROW * len(chart.rows)
    height = _HEAD + plot + _FOOT
    figure = Figure(figsize=(width, height), dpi=_DPI, facecolor=_PAPER)
    figure.text(_LEFT, 1 - 0.5 / height, chart.title, **_text(_TITLE, _GOLD, bold=True))
    axes = figure.add_axes((_LEFT, _FOOT / height, _RIGHT - _LEFT, plot / height), facecolor=_PAPER)
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


def _entrants(chart: Knockout) -> int:
    return sum(map(len, chart.first))


def _draw_intervals(axes: Axes, chart: Intervals) -> None:
    _set_rows(axes, len(chart.rows), 1.0)
    below = len(chart.rows) - 0.4
    for share, words, side in (
        (0.0, percent(0), "left"),
        (0.5, percent(0.5), "center"),
        (1.0, _("100% fired up"), "right"),
    ):
        axes.text(share, below, words, ha=side, va="top", **_text(_SMALL, _FAINT))
    thick: JsonObject = {"linewidth": 10, "solid_capstyle": "round", "clip_on": False}
    for position, row in enumerate(chart.rows):
        name = f"{clip(row.name, _NAME_AT_MOST - 1 - len(row.year))} {row.year}"
        _label(axes, position, name, row.note)
        at = (position + _BAR_AT,) * 2
        axes.plot((0, 1), at, color=_LINE, **thick)
        axes.plot((row.low, row.high), at, color=_DIM_GOLD, **thick)
        dot: JsonObject = {"markersize": 13, "markeredgecolor": _PAPER, "markeredgewidth": 2, "clip_on": False}
        axes.plot(row.share, at[0], "o", color=_GOLD, **dot)


def _draw_columns(axes: Axes, chart: Columns) -> None:
    most, last = max(chart.numbers, default=0) or 1, len(chart.numbers) - 1
    axes.set_xlim(-0.5, last + 0.5)
    axes.set_ylim(0, most * 1.2)
    axes.axhline(0, color=_LINE, linewidth=3)
    axes.bar(range(last + 1), chart.numbers, width=0.72, color=[_FAINT] * last + [_GOLD])
    for position, number in enumerate(chart.numbers):
        if number:
            axes.text(
                position, number + most * 0.03, _short(number), ha="center", va="bottom", **_text(_SMALL, _INK)
            )
    ends = (-0.4, chart.first, "left"), (last + 0.4, chart.last, "right")
    for end, words, side in ends:
        axes.text(end, -most * 0.06, words, ha=side, va="top", **_text(_SMALL, _FAINT))


def _draw_bars(axes: Axes, chart: Bars) -> None:
    most = max((max(bar.up, bar.down) for bar in chart.rows), default=0) or 1
    _set_rows(axes, len(chart.rows), float(most))
    for position, bar in enumerate(chart.rows):
        label = clip(capital(bar.label), _LABEL_AT_MOST)
        _label(axes, position, label, _("{up} for, {down} against", up=numeral(bar.up), down=numeral(bar.down)))
        axes.barh(position + _BAR_AT, bar.up, height=0.2, color=f"#{bar.colour:06x}")
        axes.barh(position + _SECOND_AT, bar.down, height=0.1, color=_ICE)
    notes = [_("coloured as on the cards")] if chart.by_family else []
    if any(bar.down for bar in chart.rows):
        notes.append(_("thin: against"))
    axes.text(0, len(chart.rows) - 0.4, enumerated(notes), ha="left", va="top", **_text(_SMALL, _FAINT))


def _draw_knockout(axes: Axes, chart: Knockout) -> None:
    """The names once, from top to bottom; then a tree in which whoever goes on is a seed in a circle."""
    rows, rounds = _entrants(chart), len(chart.winners)
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
        legend = _("in a square: level on votes, so the better seed goes on")
        axes.text(1, rows - 0.35, legend, ha="right", va="top", **_text(_SMALL, _FAINT))


def _draw_seeded(axes: Axes, row: int, seeded: Seeded, *, won: bool) -> None:
    colour = _GOLD if won else _FAINT if seeded.out or not seeded.name else _INK
    name = _drawable(clip(seeded.name or _("no longer shown here"), _ENTRANT_AT_MOST))
    axes.text(_SEED, row, str(seeded.seed), ha="right", va="center_baseline", **_text(_SMALL, _FAINT))
    # On paper of its own: the line begins where the name ends.
    paper = {"facecolor": _PAPER, "edgecolor": "none", "pad": 6}
    axes.text(
        _SEED + 0.02, row, name, ha="left", va="center_baseline", zorder=2, bbox=paper, **_text(_ENTRANT, colour)
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


def _set_rows(axes: Axes, rows: int, most: float) -> None:
    """Room for so many rows, one under the other, of values from 0 to `most`."""
    axes.set_xlim(0, most)
    axes.set_ylim(rows - 0.5, -0.5)


def _short(number: int) -> str:
    """A number over a column, which is as wide as three digits."""
    return str(number) if number < 1_000 else f"{number / 1_000:.0f}k" if number < 1_000_000 else f"{number:.0e}"


def _label(axes: Axes, position: float, words: str, note: str) -> None:
    """A row's words, and its small print at the right end."""
    y = position + _WORDS_AT
    across: JsonObject = {"transform": axes.get_yaxis_transform(), "va": "center_baseline"}
    axes.text(0, y, _drawable(words), ha="left", **across, **_text(_TEXT, _INK))
    axes.text(1, y, note, ha="right", **across, **_text(_SMALL, _FAINT))


def _text(size: float, colour: str, *, bold: bool = False) -> JsonObject:
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
