"""The page in simcord's package is a developer's workbench. What is served of it here is changed in a few places.

Each change names what it replaces; `tests/preview` holds that this is there once, in the version that is pinned.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import escape

from bot.languages import N_, _, language, pgettext

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
        # Discord finds a command by what it is called in the person's language, and by its English name.
        (
            """    if (!needle || lowered.startsWith(needle)) rank = 0;
    else if (invocation.split(" ").some((part) => part.toLocaleLowerCase().startsWith(needle))) rank = 1;
    else if (lowered.includes(needle)) rank = 2;
""",
            """    const english = entry.path.join(" ");
    if (lowered === needle || english === needle) rank = -1;
    else if (!needle || lowered.startsWith(needle) || english.startsWith(needle)) rank = 0;
    else if (`${lowered} ${english}`.split(" ").some((part) => part.startsWith(needle))) rank = 1;
    else if (lowered.includes(needle) || english.includes(needle)) rank = 2;
""",
        ),
        # What an option is called in that language; its English name is what is sent.
        ("? [focused.name, focused.description", "? [focused.called, focused.description"),
        ("map((option) => ({ name: option.name, value", "map((option) => ({ name: option.called, value"),
        ('"command-pill-label", option.name)', '"command-pill-label", option.called)'),
        ("`${option.name}${option.required ?", "`${option.called}${option.required ?"),
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


# What the page puts together itself: a name, a command, a channel, a number stand in their places there.
_USED = N_("{person} used {command}")
_WRITE = N_("Message {channel}")
_OPTIONAL = N_("+{number} optional")
_MATCHING = N_("OPTIONS MATCHING {typed}")
_WARNING = N_("This form goes to {app}. Don't give away passwords or other secrets.")


def changes() -> Mapping[str, Changes]:
    """What is changed in each file, and what with; its words are in the language that is being spoken."""
    made: defaultdict[str, Changes] = defaultdict(tuple, _BEHAVIOUR)
    made["index.html"] += tuple(_frame())
    made["actions.js"] += tuple(_status())
    made["composer.js"] += tuple(_composer())
    made["messages.js"] += (*_above_answers(), *_about_answers())
    made["components.js"] += tuple(_forms())
    made["selects.js"] += tuple(_selects())
    made["commands.js"] += tuple(_picker())
    return made


def _frame() -> Iterator[tuple[str, str]]:
    title, shown_by, you_are = _("Montage, in a make-believe Discord"), _("shown by SimCord"), _("You are")
    spoken = language().replace("_", "-")
    yield '<html lang="en">', f'<html lang="{spoken}">'
    yield "<title>SimCord Preview</title>", f"<title>{escape(title)}</title>"
    yield (
        "<span><strong>SimCord</strong><small>Preview</small></span>",
        f"<span><strong>Montage</strong><small>{escape(shown_by)}</small></span>",
    )
    yield 'aria-hidden="true">S</span>', 'aria-hidden="true">M</span>'
    yield "Viewing as\n", f"{escape(you_are)}\n"
    yield 'aria-label="Viewing as"', f'aria-label="{escape(you_are)}"'
    for before, said in (
        ("<summary>More<", _("More")),
        (">End preview session<", _("End the preview")),
        (">Load earlier messages<", _("Earlier messages")),
        (">Newer messages<", _("Later messages")),
        (">New messages · jump to latest<", _("New messages · go to the latest")),
    ):
        tag = before[: before.index(">") + 1]
        yield before, f"{tag}{escape(said)}<"


def _status() -> Iterator[tuple[str, str]]:
    """The line that says what the page is doing."""
    failed = _said(_("That did not go through. Once more, or load the page again."))
    lost = _said(_("The answer was lost. Load the page again."))
    ready, done, busy, ended = _said(_("Ready")), _said(_("Done")), _said(_("One moment…")), _said(_("Ended"))
    yield 'return "Action was not completed.";', f"return {failed};"
    # Which of its many actions is done, people see for themselves.
    yield (
        'return labels[kind || ""] || "Action completed";',
        f'return kind === "configure_presentation" ? {ready} : {done};',
    )
    yield 'return "Action is awaiting a confirmed result.";', f"return {busy};"
    yield 'return "Connection interrupted; trying again…";', f"return {busy};"
    yield (
        'if (receipt.uncertain) return "Action outcome uncertain. It will not be retried.";',
        f"if (receipt.uncertain) return {lost};",
    )
    yield (
        'transport.state === "uncertain") return "Action outcome uncertain. It will not be retried.";',
        f'transport.state === "uncertain") return {lost};',
    )
    yield 'return pendingLabels[pending.kind] || "Completing action…";', f"return {busy};"
    yield '.length) return "Updating preview…";', f".length) return {busy};"
    yield 'ready ? "Preview ready" : "Loading preview…";', f"ready ? {ready} : {busy};"
    yield 'return "Preview session ended.";', f"return {ended};"


def _composer() -> Iterator[tuple[str, str]]:
    # For translators: what is written stays so; the bot's own "Save" puts a montage on somebody's list.
    write, send, save = _said(_(_WRITE)), _said(_("Send")), _said(pgettext("page", "Save"))
    yield (
        ": `Message ${channel.glyph}${channel.name}`;",
        f': {write}.replace("{{channel}}", () => `${{channel.glyph}}${{channel.name}}`);',
    )
    yield (
        'const sendLabel = state.editTargetId ? "Save" : "Send";',
        (f"const sendLabel = state.editTargetId ? {save} : {send};"),
    )
    yield "`${sendLabel} message (Enter)`", "`${sendLabel} (Enter)`"


def _above_answers() -> Iterator[tuple[str, str]]:
    """`Ana used /montage random`."""
    used = _said(_(_USED))
    yield 'header.append(document.createTextNode(invoker ? `${invoker} used ` : "Used "));', ""
    yield (
        'header.append(node("strong", "", command));',
        f"""for (const part of {used}.split(/(\\{{[a-z]+\\}})/)) {{
    if (part === "{{command}}") header.append(node("strong", "", command));
    else header.append(document.createTextNode(part === "{{person}}" ? invoker || "" : part));
  }}""",
    )


def _about_answers() -> Iterator[tuple[str, str]]:
    """What stands beside an answer: whether others see it, whether it has changed, whether it is still to come."""
    edited, thinking = _("(edited)"), _("Thinking…")
    yield '"message-edited", " (edited)"', f'"message-edited", {_said(f" {edited}")}'
    yield '"message-edited-compact", "(edited)"', f'"message-edited-compact", {_said(edited)}'
    yield '"Only you can see this"', _said(_("Only you can see this"))
    yield '"message-loading", "Thinking…"', f'"message-loading", {_said(thinking)}'


def _forms() -> Iterator[tuple[str, str]]:
    warning = _(_WARNING)
    cancel, submit = _("Cancel"), _("Submit")
    yield (
        """`This form will be submitted to ${modal.application_name || "this application"}. """
        """Do not share passwords or other sensitive information.`""",
        f'{_said(warning)}.replace("{{app}}", () => modal.application_name || "Montage")',
    )
    yield '"button-secondary", "Cancel"', f'"button-secondary", {_said(cancel)}'
    yield '"button-primary", "Submit"', f'"button-primary", {_said(submit)}'


def _selects() -> Iterator[tuple[str, str]]:
    choose, save, cancel = _said(_("Choose…")), _said(pgettext("page", "Save")), _said(_("Cancel"))
    search, back, more = _said(_("Search")), _said(_("Back")), _said(_("Next"))
    nothing, busy = _said(_("Nothing fits")), _said(_("One moment…"))
    yield '(placeholder || "Select an option")', f"(placeholder || {choose})"
    yield '(multi ? "Select one or more options" : "Select an option")', choose
    yield '"SimCord selection draft"))', f"{choose}))"
    yield '"select-apply", "Apply"', f'"select-apply", {save}'
    yield '"select-cancel", "Cancel"', f'"select-cancel", {cancel}'
    yield "`${selected.length} selected. Choose ${minimum}–${maximum} options.`", "`${selected.length}/${maximum}`"
    yield '"select-candidate-search-label", "Search options"', f'"select-candidate-search-label", {search}'
    yield 'const previous = node("button", "", "Previous")', f'const previous = node("button", "", {back})'
    yield 'const next = node("button", "", "Next")', f'const next = node("button", "", {more})'
    yield '"Options unavailable"', nothing
    yield '"Loading options"', busy
    yield '"No matching options"', nothing
    yield "`${entries.length} options on this page`", '""'


def _picker() -> Iterator[tuple[str, str]]:
    """The list of commands, and the options of one."""
    yes, no, options, members = _said(_("True")), _said(_("False")), _said(_("OPTIONS")), _said(_("MEMBERS"))
    optional, matching = _said(_(_OPTIONAL)), _said(_(_MATCHING))
    nothing, busy, file = _said(_("Nothing fits")), _said(_("One moment…")), _said(_("Choose a file"))
    failed = _said(_("That did not go through. Once more, or load the page again."))
    yield "`+${optional} optional`", f'{optional}.replace("{{number}}", optional)'
    yield '"command-ghost", "+ options"', f'"command-ghost", "+ " + {options}.toLowerCase()'
    yield '`+${remaining} ${displayed.length ? "more" : "options"}`', "`+${remaining}`"
    yield (
        '{ name: "True", value: true }, { name: "False", value: false }',
        (f"{{ name: {yes}, value: true }}, {{ name: {no}, value: false }}"),
    )
    yield '{ user: "MEMBERS", mentionable: "MEMBERS", ', f"{{ user: {members}, mentionable: {members}, "
    yield 'role: "ROLES", channel: "CHANNELS" }', f"role: {options}, channel: {options} }}"
    yield '"command-empty", "Loading commands"', f'"command-empty", {busy}'
    yield '"command-empty", "Commands are unavailable"', f'"command-empty", {failed}'
    yield '? "Loading options failed" : "No options match"', f"? {failed} : {nothing}"
    yield 'value.file.name : "Choose file"', f"value.file.name : {file}"
    yield '[String(type)] || "OPTIONS";', f"[String(type)] || {options};"
    yield 'renderPopup(owner, "OPTIONS", items', f"renderPopup(owner, {options}, items"
    yield 'renderPopup(field, "OPTIONS", choices', f"renderPopup(field, {options}, choices"
    yield 'renderPopup(field, "OPTIONS", optionChoices', f"renderPopup(field, {options}, optionChoices"
    for element, typed in (("field", "current"), ("field", "field.value"), ("input", "input.value")):
        yield (
            f"renderPopup({element}, `OPTIONS MATCHING ${{{typed}.toUpperCase()}}`",
            f'renderPopup({element}, {matching}.replace("{{typed}}", () => {typed}.toUpperCase())',
        )


def _said(words: str) -> str:
    """As a text of JavaScript."""
    return json.dumps(words, ensure_ascii=False)


def changed(name: str, text: str) -> str:
    """The text of one of the page's files as it is served."""
    for before, after in changes().get(name, ()):
        text = text.replace(before, after, 1)
    return text + _HIDDEN if name == "preview.css" else text
