"""The parts screens are built from, in one place to import from."""

from ifax_desktop.views.action_row import ActionRow
from ifax_desktop.views.arrange import ScrollPane, column, pane, row, rule, set_ground
from ifax_desktop.views.buttons import (
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
from ifax_desktop.views.editors import drop_down, line_edit, spin_box
from ifax_desktop.views.elided_label import ElidedLabel
from ifax_desktop.views.eliding_button import ElidingButton
from ifax_desktop.views.empty_state import EmptyState
from ifax_desktop.views.field import Field
from ifax_desktop.views.flow_layout import FlowLayout
from ifax_desktop.views.labels import (
    label,
    literal,
    restyle,
    set_tip,
    set_tone,
    whole_number,
)
from ifax_desktop.views.paragraph import Paragraph, spans
from ifax_desktop.views.pills import Chip, Picture, Pill, StatePill
from ifax_desktop.views.reveal import reveal

__all__ = [
    "ActionRow",
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
