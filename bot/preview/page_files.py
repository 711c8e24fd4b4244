"""The page in simcord's package is a developer's workbench. What is served of it here is changed in a few places.

Each change names what it replaces; `tests/preview` holds that this is there once, in the version that is pinned.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from html import escape

from bot.languages import _

Changes = tuple[tuple[str, str], ...]

# The developer's tools: a list of message ids, pictures for bug reports, what was sent, another refresh.
_HIDDEN = """
#messages-toggle, #messages-sidebar, #refresh, #capture-open, #inspector-toggle, #back-activity,
#view-action-output { display: none !important; }
.brand-mark { background: #e8b23a; color: #211f1c; }
@media (max-width: 760px) { .preview-shell { --toolbar-height: 76px; } }
"""

_BEHAVIOUR: Mapping[str, Changes] = {
    # Enter on a command whose options may all be left out opened the first of them; in Discord it sends.
    "commands.js": (
        (
            "if (listItems.length) suggestionListbox.setActive(0, { scroll: false });",
            "if (listItems.length && !optional) suggestionListbox.setActive(0, { scroll: false });",
        ),
    ),
    "actions.js": (
        # A command sent while the page tells its new size, which it does when a command is picked, was dropped.
        (
            'if (pending || (uncertain && kind !== "close")) { if (pageAction',
            """if (kind === "run_command" && !uncertain && (pending ? pending.kind === "configure_presentation"
      : awaitingRevision !== null && awaitingRevision > context.publishedRevision)) {
      clearTimeout(held);
      held = setTimeout(() => dispatch(kind, extra, metadata), 50);
      return;
    }
    if (pending || (uncertain && kind !== "close")) { if (pageAction""",
        ),
        ("let querySequence = 0;", "let querySequence = 0;\n  let held = 0;"),
    ),
}


def changes() -> Mapping[str, Changes]:
    """What is changed in each file, and what with; its words are in the language that is being spoken."""
    made: defaultdict[str, Changes] = defaultdict(tuple, _BEHAVIOUR)
    made["index.html"] += (
        (
            "<title>SimCord Preview</title>",
            f"<title>{escape(_('Montage, in a make-believe Discord'))}</title>",
        ),
        (
            "<span><strong>SimCord</strong><small>Preview</small></span>",
            f"<span><strong>Montage</strong><small>{escape(_('shown by SimCord'))}</small></span>",
        ),
        ('aria-hidden="true">S</span>', 'aria-hidden="true">M</span>'),
        ("Viewing as\n", f"{escape(_('You are'))}\n"),
        (
            '<button id="close" type="button">End preview session</button>',
            f'<button id="close" type="button">{escape(_("End the preview"))}</button>',
        ),
    )
    failed = _said(_("That did not go through. Once more, or load the page again."))
    lost = _said(_("The answer was lost. Load the page again."))
    ready, done = _said(_("Ready")), _said(_("Done"))
    made["actions.js"] += (
        ('return "Action was not completed.";', f"return {failed};"),
        ('configure_presentation: "Viewport updated", ', f"configure_presentation: {ready}, "),
        (
            'click: "Callback completed", select: "Callback completed", modal_submit: "Callback completed",',
            f"click: {done}, select: {done}, modal_submit: {done},",
        ),
        ('return labels[kind || ""] || "Action completed";', f'return labels[kind || ""] || {done};'),
        (
            'transport.state === "uncertain") return "Action outcome uncertain. It will not be retried.";',
            f'transport.state === "uncertain") return {lost};',
        ),
    )
    return made


def _said(words: str) -> str:
    """As a text of JavaScript."""
    return json.dumps(words, ensure_ascii=False)


def changed(name: str, text: str) -> str:
    """The text of one of the page's files as it is served."""
    for before, after in changes().get(name, ()):
        text = text.replace(before, after, 1)
    return text + _HIDDEN if name == "preview.css" else text
