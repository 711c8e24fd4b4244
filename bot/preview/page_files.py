"""The page in simcord's package is a developer's workbench. What is served of it here is changed in a few places.

Each change names what it replaces; `tests/preview` holds that this is there once, in the version that is pinned.
"""

from collections.abc import Mapping

Changes = tuple[tuple[str, str], ...]

# The developer's tools: a list of message ids, pictures for bug reports, what was sent, another refresh.
_HIDDEN = """
#messages-toggle, #messages-sidebar, #refresh, #capture-open, #inspector-toggle, #back-activity,
#view-action-output { display: none !important; }
.brand-mark { background: #e8b23a; color: #211f1c; }
@media (max-width: 760px) { .preview-shell { --toolbar-height: 76px; } }
"""

CHANGES: Mapping[str, Changes] = {
    "index.html": (
        ("<title>SimCord Preview</title>", "<title>Montage, in a make-believe Discord</title>"),
        (
            "<span><strong>SimCord</strong><small>Preview</small></span>",
            "<span><strong>Montage</strong><small>shown by SimCord</small></span>",
        ),
        ('aria-hidden="true">S</span>', 'aria-hidden="true">M</span>'),
        ("Viewing as\n", "You are\n"),
        (
            '<button id="close" type="button">End preview session</button>',
            '<button id="close" type="button">End the preview</button>',
        ),
    ),
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
        (
            'return "Action was not completed.";',
            'return "That did not go through. Once more, or load the page again.";',
        ),
        ('configure_presentation: "Viewport updated", ', 'configure_presentation: "Ready", '),
        (
            'click: "Callback completed", select: "Callback completed", modal_submit: "Callback completed",',
            'click: "Done", select: "Done", modal_submit: "Done",',
        ),
        ('return labels[kind || ""] || "Action completed";', 'return labels[kind || ""] || "Done";'),
        (
            'transport.state === "uncertain") return "Action outcome uncertain. It will not be retried.";',
            'transport.state === "uncertain") return "The answer was lost. Load the page again.";',
        ),
    ),
}


def changed(name: str, text: str) -> str:
    """The text of one of the page's files as it is served."""
    for before, after in CHANGES.get(name, ()):
        text = text.replace(before, after, 1)
    return text + _HIDDEN if name == "preview.css" else text
