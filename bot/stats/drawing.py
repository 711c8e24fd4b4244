"""A panel as a PNG. The one module that imports matplotlib, which takes a second and 50 MB: import it late.

Only matplotlib's object interface is used, which keeps nothing between pictures and may run in a thread.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from bot.aliases import JsonObject
from bot.stats.charts import Bars, Chart, Columns, Intervals
from bot.ui.text import clip
from bot.ui.theme import GOLD

# A card of its own: it stands on Discord's light page as well as on the dark one.
_PAPER, _INK, _FAINT, _LINE = "#211F1C", "#F4EDE0", "#B3AA9B", "#47423B"
_GOLD = f"#{GOLD.value:06x}"
_DIM_GOLD = "#8F6F2B"  # between which shares it probably lies
_ICE = "#7FA6BF"  # votes against

# 640 pixels across: on a phone, where that becomes 265 points or more, letters of 26 are still 11 high.
_DPI = 100
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


def draw(chart: Chart) -> bytes:
    """The panel as a PNG."""
    plot = _COLUMNS if isinstance(chart, Columns) else _ROW * len(chart.rows)
    height = _HEAD + plot + _FOOT
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, facecolor=_PAPER)
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
    picture = BytesIO()
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(picture)
    return picture.getvalue()


def _draw_intervals(axes: Axes, chart: Intervals) -> None:
    _set_rows(axes, len(chart.rows), 1.0)
    below = len(chart.rows) - 0.4
    for share, words, side in ((0.0, "0%", "left"), (0.5, "50%", "center"), (1.0, "100% fired up", "right")):
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
        label = clip(bar.label[:1].upper() + bar.label[1:], _LABEL_AT_MOST)
        _label(axes, position, label, f"{bar.up:,} for, {bar.down:,} against")
        axes.barh(position + _BAR_AT, bar.up, height=0.2, color=f"#{bar.colour:06x}")
        axes.barh(position + _SECOND_AT, bar.down, height=0.1, color=_ICE)
    notes = ["coloured as on the cards"] if chart.by_family else []
    if any(bar.down for bar in chart.rows):
        notes.append("thin: against")
    axes.text(0, len(chart.rows) - 0.4, ", ".join(notes), ha="left", va="top", **_text(_SMALL, _FAINT))


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
