"""How a ranked montage looks in a list."""

from bot.voting.ranking import Ranked


def ranked_row(ranked: Ranked[str], title: str, scene: str) -> str:
    """Rank, title and scene (both escaped), and the votes under them."""
    votes = "no votes yet"
    if ranked.up or ranked.down:
        votes = f"🔥 {ranked.up:,} · 🧊 {ranked.down:,}" + (" · new" if ranked.is_new else "")
    return f"**{ranked.rank}.** **{title}** {scene}\n-# {votes}"
