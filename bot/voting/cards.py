"""How a ranked montage looks in a list."""

from bot.voting.ranking import Ranked


def ranked_row(ranked: Ranked[str], title: str, scene: str, climbed: int = 0) -> str:
    """Rank, title and scene (both escaped), and under them the votes and the places it climbed or fell."""
    votes = "no votes yet"
    if ranked.up or ranked.down:
        votes = f"🔥 {ranked.up:,} · 🧊 {ranked.down:,}" + (" · new" if ranked.is_new else "")
    if climbed:
        votes += f" · ▲ {climbed}" if climbed > 0 else f" · ▼ {-climbed}"
    return f"**{ranked.rank}.** **{title}** {scene}\n-# {votes}"
