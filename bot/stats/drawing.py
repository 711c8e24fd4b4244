"""A panel as a PNG. The one module that imports matplotlib, which takes a second and 50 MB: import it late.

Only matplotlib's object interface is used, which keeps nothing between pictures and may run in a thread.
"""

from io import BytesIO
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from bot.aliases import JsonObject
from bot.languages import _, enumerated, numeral, percent
from bot.stats.charts import Bars, Chart, Columns, Intervals, Knockout, Seeded, Winner
from bot.stats.fonts import drawable, font, width
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
_ACROSS = _WIDTH * (_RIGHT - _LEFT)  # inches between them
# Between a row's words and its small print, which takes half of a row at most; in inches.
_GAP, _NOTE_AT_MOST = 0.15, 0.5
# Heights in inches: of the title, of a row (its words, and the bar under them), of columns, of what stands below.
_HEAD, _ROW, _COLUMNS, _FOOT = 0.75, 0.72, 2.2, 0.55
# Where words and bars are in a row, counted down from the middle of the one before.
_WORDS_AT, _BAR_AT, _SECOND_AT = -0.2, 0.22, 0.37
# A bracket is wider: names, and the tree beside them. Where seeds end and the tree begins.
_BRACKET_WIDTH, _BRACKET_ROW = 8.0, 0.5
_ENTRANT = 20
_MARK = "\N{LEFT-TO-RIGHT MARK}"
_SEED, _NAMES = 0.04, 0.54


def draw(chart: Chart) -> bytes:
    """The panel as a PNG."""
    across, plot = _WIDTH, _COLUMNS
    if isinstance(chart, Knockout):
        across, plot = _BRACKET_WIDTH, _BRACKET_ROW * _entrants(chart)
    elif not isinstance(chart, Columns):
        plot = _ROW * len(chart.rows)
    height = _HEAD + plot + _FOOT
    figure = Figure(figsize=(across, height), dpi=_DPI, facecolor=_PAPER)
    title = drawable(chart.title)
    size = _sized(title, _TITLE, across * (_RIGHT - _LEFT), bold=True)
    figure.text(_LEFT, 1 - 0.5 / height, title, **_text(size, _GOLD, bold=True))
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
        axes.text(share, below, words, ha=side, va="top", **_text(_sized(words, _SMALL, _ACROSS / 2.6), _FAINT))
    for position, row in enumerate(chart.rows):
        _label(axes, position, row.name, row.note, row.year)
        at = (position + _BAR_AT,) * 2
        for ends, colour in (((0, 1), _LINE), ((row.low, row.high), _DIM_GOLD)):
            axes.plot(ends, at, color=colour, linewidth=10, solid_capstyle="round", clip_on=False)
        axes.plot(
            row.share,
            at[0],
            "o",
            color=_GOLD,
            markersize=13,
            markeredgecolor=_PAPER,
            markeredgewidth=2,
            clip_on=False,
        )


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
        axes.text(end, -most * 0.06, words, ha=side, va="top", **_text(_sized(words, _SMALL, _ACROSS / 2), _FAINT))


def _draw_bars(axes: Axes, chart: Bars) -> None:
    most = max((max(bar.up, bar.down) for bar in chart.rows), default=0) or 1
    _set_rows(axes, len(chart.rows), float(most))
    for position, bar in enumerate(chart.rows):
        _label(
            axes,
            position,
            capital(bar.label),
            _("{up} for, {down} against", up=numeral(bar.up), down=numeral(bar.down)),
        )
        axes.barh(position + _BAR_AT, bar.up, height=0.2, color=f"#{bar.colour:06x}")
        axes.barh(position + _SECOND_AT, bar.down, height=0.1, color=_ICE)
    notes = [_("coloured as on the cards")] if chart.by_family else []
    if any(bar.down for bar in chart.rows):
        notes.append(_("thin: against"))
    below = enumerated(notes)
    size = _sized(below, _SMALL, _ACROSS)
    axes.text(0, len(chart.rows) - 0.4, below, ha="left", va="top", **_text(size, _FAINT))


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
        size = _sized(legend, _SMALL, _BRACKET_WIDTH * (_RIGHT - _LEFT))
        axes.text(1, rows - 0.35, legend, ha="right", va="top", **_text(size, _FAINT))


def _draw_seeded(axes: Axes, row: int, seeded: Seeded, *, won: bool) -> None:
    colour = _GOLD if won else _FAINT if seeded.out or not seeded.name else _INK
    room = _BRACKET_WIDTH * (_RIGHT - _LEFT) * (_NAMES - _SEED - 0.02)
    name = _fitted(seeded.name or _("no longer shown here"), _ENTRANT, room)
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


def _label(axes: Axes, position: float, words: str, note: str, tail: str = "") -> None:
    """A row's words, of which all stays but the end before the `tail`, and its small print at the right end."""
    y = position + _WORDS_AT
    across: JsonObject = {"transform": axes.get_yaxis_transform(), "va": "center_baseline"}
    size = _sized(note, _SMALL, _ACROSS * _NOTE_AT_MOST)
    axes.text(1, y, note, ha="right", **across, **_text(size, _FAINT))
    room = _ACROSS - _GAP - width(note, size, _DPI) / _DPI
    if tail:
        tail = f" {tail}"
        room -= width(tail, _TEXT, _DPI) / _DPI
    # The marks keep what is written from right to left between what stands before and behind it.
    shown = f"{_MARK}{_fitted(words, _TEXT, room)}{_MARK}{tail}"
    axes.text(0, y, shown, ha="left", **across, **_text(_TEXT, _INK))


def _text(size: float, colour: str, *, bold: bool = False) -> JsonObject:
    # What stands between two dollar signs is not a formula here.
    return {"fontproperties": font(bold=bold), "fontsize": size, "color": colour, "parse_math": False}


def _sized(words: str, size: float, room: float, *, bold: bool = False) -> float:
    """That size, or a smaller one in which the words fit into `room` (inches)."""
    wide = width(words, size, _DPI, bold=bold) / _DPI
    return size if wide <= room else size * room / wide


def _fitted(words: str, size: float, room: float) -> str:
    """As much of the words as fits into `room` (inches) at that size."""
    words = drawable(words)
    for most in range(len(words), 0, -1):
        shown = clip(words, most)
        if width(shown, size, _DPI) <= room * _DPI:
            return shown
    return ""
