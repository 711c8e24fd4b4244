"""How a ranked montage looks in a list."""

from bot.languages import _, numeral
from bot.voting.ranking import Ranked


def rank_row(rank: int, title: str, scene: str) -> str:
    """Rank, title and scene (both escaped): all there is to say where no votes decide."""
    return f"**{rank}.** **{title}** {scene}"


def unranked_row(title: str, scene: str) -> str:
    """Title and scene (both escaped) of one that has no rank."""
    return f"**{title}** {scene}"


def ranked_row(ranked: Ranked[str], title: str, scene: str, climbed: int = 0) -> str:
    """The same with its rank, and under it the votes and the servers it climbed or fell."""
    votes = _("no votes yet")
    if ranked.up or ranked.down:
        votes = f"🔥 {numeral(ranked.up)} · 🧊 {numeral(ranked.down)}"
        if ranked.is_new:
            votes = _("{votes} · new", votes=votes)
    if climbed:
        votes += f" · ▲ {climbed}" if climbed > 0 else f" · ▼ {-climbed}"
    return f"{rank_row(ranked.rank, title, scene)}\n-# {votes}"
