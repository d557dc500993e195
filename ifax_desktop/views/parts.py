"""The parts screens are built from, in one place to import from."""

from ifax_desktop.views.action_row import ActionRow
from ifax_desktop.views.arrange import FlowLayout, ScrollPane, column, pane, row, rule, set_ground
from ifax_desktop.views.buttons import (
    ElidingButton,
    danger_button,
    icon_button,
    link_button,
    nav_button,
    normal_button,
    primary_button,
    quiet_button,
    set_button_icon,
)
from ifax_desktop.views.card import Card, CardContent, Details
from ifax_desktop.views.choices import FilterPills, Segments
from ifax_desktop.views.empty_state import EmptyState
from ifax_desktop.views.field import Field, drop_down, line_edit, spin_box
from ifax_desktop.views.labels import (
    ElidedLabel,
    Paragraph,
    label,
    literal,
    restyle,
    set_tip,
    set_tone,
    spans,
    whole_number,
)
from ifax_desktop.views.pills import Badge, Chip, Picture, Pill, StatePill, TabBadges
from ifax_desktop.views.reveal import reveal

__all__ = [
    "ActionRow",
    "Badge",
    "Card",
    "CardContent",
    "Chip",
    "Details",
    "ElidedLabel",
    "ElidingButton",
    "EmptyState",
    "Field",
    "FilterPills",
    "FlowLayout",
    "Paragraph",
    "Picture",
    "Pill",
    "ScrollPane",
    "Segments",
    "StatePill",
    "TabBadges",
    "column",
    "danger_button",
    "drop_down",
    "icon_button",
    "label",
    "line_edit",
    "link_button",
    "literal",
    "nav_button",
    "normal_button",
    "pane",
    "primary_button",
    "quiet_button",
    "restyle",
    "reveal",
    "row",
    "rule",
    "set_button_icon",
    "set_ground",
    "set_tip",
    "set_tone",
    "spans",
    "spin_box",
    "whole_number",
]
