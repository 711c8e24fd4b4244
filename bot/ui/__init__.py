"""How every feature talks with a person on Discord: answers, buttons, forms, lists, text."""
