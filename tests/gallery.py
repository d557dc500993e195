"""The gallery: pictures of the parts and screens, for eyes.

`python -m tests.gallery OUT [--only NAME] [--form FORM]` writes one PNG for each picture and form into the folder OUT. A new
screen is added to `PICTURES`: a name and a scene.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from PySide6.QtCore import QCoreApplication, QLocale, QPoint, QSize, Qt, QTranslator
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontDatabase,
    QImage,
    QPainter,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.viewmodels.timeline import RetryMark, TimelineRow
from ifax_desktop.views.fax_list import FaxListView
from ifax_desktop.views.focus_ring import FocusRing
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.notice_bar import NoticeBar
from ifax_desktop.views.page_canvas import PageCanvas
from ifax_desktop.views.parts import (
    ActionRow,
    Card,
    CardContent,
    Chip,
    ElidedLabel,
    EmptyState,
    Field,
    FilterPills,
    FlowLayout,
    Paragraph,
    Picture,
    ScrollPane,
    Segments,
    StatePill,
    column,
    danger_button,
    drop_down,
    icon_button,
    label,
    line_edit,
    link_button,
    nav_button,
    normal_button,
    pane,
    primary_button,
    quiet_button,
    row,
    rule,
    spans,
    spin_box,
    whole_number,
)
from ifax_desktop.views.retry_bars import RetryBars
from ifax_desktop.views.states import STATES
from ifax_desktop.views.status_bar import StatusBar
from ifax_desktop.views.theme import Theme
from ifax_desktop.views.thumbnails import Thumbnails
from ifax_desktop.views.timeline import Timeline
from tests import gallery_accounts, gallery_archive, gallery_compose, gallery_outbox, gallery_window
from tests.gallery_scene import Scene, still

RESOURCES = Path(__file__).parents[1] / "resources"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to draw a picture; `size` None is the picture's own."""

    scheme: str = "light"
    size: QSize | None = None
    scale: float = 1.0
    points: float = 9.75
    pseudo: bool = False
    mirrored: bool = False
    contrast: bool = False


FORMS: dict[str, Form] = {
    "light": Form(),
    "dark": Form("dark"),
    "1024x700-light": Form(size=QSize(1024, 700)),
    "high-contrast": Form(contrast=True),
    "200-percent-dark": Form("dark", size=QSize(1024, 700), scale=2.0),
    "12-point-light": Form(points=12),
    "long-words-light": Form(pseudo=True),
    "right-to-left-dark": Form("dark", mirrored=True),
}


class LongWords(QTranslator):
    """A language with 40 % more letters, to see what does not fit."""

    def translate(
        self, context: str | bytes, source: str | bytes, disambiguation: object = None, n: int = -1
    ) -> str:
        text = source.decode() if isinstance(source, bytes) else source
        more = round(len(text) * 0.4)
        return f"[{text}{'~' * max(0, more - 2)}]" if text.strip() else text

    def isEmpty(self) -> bool:  # noqa: N802
        return False


def tr(text: str) -> str:
    """Words of the gallery, so that the long language reaches them."""
    return QCoreApplication.translate("gallery", text)


# The parts


def components(icons: Icons) -> QWidget:
    """Every part and every icon on one sheet."""
    top = row((column(*_left_column(icons), None), 10), (column(*_right_column(icons), None), 12), spacing=32)
    margins = pane(row(top, margins=(24, 24, 24, 24)))
    sheet = pane(column(margins, rule(), _all_icons(icons), None, spacing=0), "surface")
    sheet.resize(1200, 1060)
    return sheet


def _left_column(icons: Icons) -> list[QWidget | int]:
    wrong = line_edit()
    wrong.setText("+1 202 555 01")
    number = Field(icons, tr("Fax number"), wrong)
    number.set_problem(tr("Three digits are missing."))
    off = normal_button(icons, tr("Not possible now"))
    off.setEnabled(False)
    blocked = primary_button(icons, tr("Check the second number first"), "send")
    blocked.setEnabled(False)
    tick = QCheckBox(tr("Read back new numbers"))
    tick.setChecked(True)
    focused = normal_button(icons, tr("Keyboard focus"))
    focused.setObjectName("focused")
    first = [primary_button(icons, tr("New fax"), "fax-new"), normal_button(icons, tr("Save"))]
    first += [quiet_button(icons, tr("Forward"), "forward"), link_button(icons, tr("Stop trying"))]
    second = [danger_button(icons, tr("Release…")), off, focused]
    quality = Segments([("s", tr("Standard")), ("f", tr("Fine")), ("x", tr("Superfine"))], "f")
    names = [(whole_number("+1 202 555 0119"), 0), (whole_number("+1 202 555 0160"), 1)]
    return [
        _title(tr("Buttons")),
        _flow(*first),
        _flow(*second, icon_button(icons, "more", tr("More actions"), "Alt+M"), blocked),
        8,
        _title(tr("Fields")),
        pane(row((line_edit(tr("Search names"), icons=icons, lead="search"), 2), (drop_down(names), 1))),
        number,
        pane(row(quality, None, tick)),
        8,
        _title(tr("States: icon and words, colour only adds")),
        _flow(*(StatePill(icons, state) for state in STATES)),
        8,
        _title(tr("Chips")),
        _flow(
            Chip(icons, "Dr. Ames", "+1 202 555 0143"),
            Chip(icons, "", "+1 202 555 0188", ground="warn"),
            Chip(icons, tr("Referral"), icon="label", fixed=True),
        ),
        8,
        _title(tr("Notice bar: one line, one button")),
        _notice(
            icons, tr("No network. 3 faxes wait here and go out later."), tr("Try again"), "warn", "offline"
        ),
        _notice(icons, tr("Sending to Dr. Ames in 8 seconds."), tr("Undo"), "info", "info"),
    ]


def _right_column(icons: Icons) -> list[QWidget]:
    return [
        _title(tr("Cards: what happened, what it means, one button")),
        Card(
            icons,
            CardContent(
                "bad",
                "state-failed",
                tr("A person answered, not a fax machine"),
                tr("This may be a telephone number. We stopped, so that nobody is rung again."),
                button=tr("Edit number and send"),
                button_icon="edit",
                details="VOICE_DETECTED 3928",
            ),
        ),
        Card(
            icons,
            CardContent(
                "warn",
                "state-uncertain",
                tr("We are not certain that this fax went out"),
                tr(
                    "The connection broke after we handed it over at 11:57. It will not be sent again by guess. "
                    "We look again every 5 minutes."
                ),
                button=tr("Look again now"),
                button_icon="refresh",
                details="timeout after 20 s",
            ),
        ),
        Card(
            icons,
            CardContent(
                "plain",
                "state-sending",
                tr("Page 4 of 12 is on the line"),
                tr("Usually done in 6 minutes to this number. You can close the window."),
                button=tr("Cancel fax"),
                button_icon="stop",
                icon_token="link",
            ),
        ),
        Card(
            icons,
            CardContent(
                "ok",
                "state-delivered",
                tr("Their fax machine took all 8 pages"),
                tr(
                    "Today 10:52 EST, first try, 3 min 10 s. That the machine took it does not mean that a person "
                    "has read it."
                ),
                button=tr("Save evidence"),
                button_icon="evidence",
            ),
        ),
    ]


def _all_icons(icons: Icons) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(24, 16, 24, 16)
    grid.setVerticalSpacing(4)
    grid.addWidget(_title(tr("Icons: 24 grid, 1.75 stroke, round ends")), 0, 0, 1, 12)
    for place, name in enumerate(sorted(icons.names - {"app"})):
        line, across = 1 + place // 12 * 2, place % 12
        grid.addWidget(Picture(icons, name, "text", 24), line, across, Qt.AlignmentFlag.AlignCenter)
        caption = label(name, "small", "text2")
        grid.addWidget(caption, line + 1, across, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    return pane(grid)


def _notice(icons: Icons, text: str, button: str, tone: str, icon: str) -> NoticeBar:
    bar = NoticeBar(icons)
    bar.show_notice(text, button, tone, icon)
    return bar


def _title(text: str) -> QWidget:
    return label(text, "small_strong", "text2")


def _flow(*widgets: QWidget) -> QWidget:
    flow = FlowLayout()
    for widget in widgets:
        flow.addWidget(widget)
    return pane(flow)


# A fax as the Outbox shows it, put together from parts

ROWS: Sequence[FaxRow] = (
    FaxRow(
        1,
        "Dr. Ames, Orthopaedics",
        "+1 202 555 0143",
        "14:02",
        ("5 pages", "referral.pdf"),
        "Busy, next 14:32",
        "waiting",
        "waiting",
    ),
    FaxRow(
        2,
        "Hill Street Pharmacy",
        "+1 202 555 0178",
        "13:40",
        ("1 page",),
        "Not delivered",
        "failed",
        "failed",
    ),
    FaxRow(
        3,
        "County Court, Registry",
        "+1 202 555 0166",
        "14:24",
        ("12 pages",),
        "Sending, page 4",
        "sending",
        "sending",
    ),
    FaxRow(
        4,
        "Morgan & Hale, Lawyers",
        "+1 202 555 0151",
        "11:57",
        ("3 pages",),
        "Not certain",
        "uncertain",
        "uncertain",
    ),
    FaxRow(
        5,
        "North Bay Insurance",
        "+1 202 555 0137",
        "10:48",
        ("8 pages",),
        "Delivered",
        "delivered",
        "delivered",
    ),
    FaxRow(
        6,
        "Dr. Ames, Orthopaedics",
        "+1 202 555 0143",
        "Yesterday",
        ("5 pages",),
        "Canceled",
        "canceled",
        "canceled",
    ),
    FaxRow(
        7,
        "North Bay Insurance",
        "+1 202 555 0137",
        "14:18",
        ("6 pages",),
        unread=True,
        labels=("Insurance", "To sign"),
    ),
    FaxRow(8, "+1 628 555 0170", "", "13:07", ("Unknown sender", "1 page"), unread=True),
    FaxRow(
        9,
        "The Very Long Name of a Firm of Lawyers, Notaries and Partners",
        "+49 30 9018 20 0000",
        "20 Nov 2024",
        ("14 pages",),
        "7 of 12 pages arrived",
        "failed",
        "failed",
    ),
    FaxRow(
        10, "+1 202 555 0119", "", "", ("Washington, USA", "since 4 Mar 2024"), "Front desk", "", "numbers"
    ),
)

EVENTS = (
    TimelineRow("14:32", "Second try", "Planned", planned=True),
    TimelineRow(
        "14:05", "First try: the line was busy", "0 of 5 pages arrived  ·  22 s", "state-failed", "text2"
    ),
    TimelineRow("14:03", "Accepted by the service", "Fax 4471 0093 2210"),
    TimelineRow("14:02", "Stored here", "referral.pdf, xray-report.pdf"),
)

PLAN = (
    RetryMark("14:05", "busy", "past"),
    RetryMark("14:32", "next", "next"),
    RetryMark("14:40", "", "later"),
    RetryMark("14:55", "", "later"),
    RetryMark("15:25", "", "later"),
)


def fax_list(icons: Icons) -> FaxListView:
    """A list with every kind of row."""
    model = QStandardItemModel()
    for fax in ROWS:
        item = QStandardItem(fax.name)
        item.setData(fax, Qt.ItemDataRole.UserRole)
        item.setData(fax.sentence, Qt.ItemDataRole.AccessibleTextRole)
        model.appendRow(item)
    view = FaxListView(icons)
    model.setParent(view)
    view.setModel(model)
    view.setCurrentIndex(model.index(0, 0))
    return view


def busy_card(icons: Icons) -> Card:
    """A card with a retry plan."""
    text = tr("Their fax machine was in use. Next try by itself at 14:32, in 6 minutes.")
    card = Card(
        icons,
        CardContent(
            "plain",
            "state-waiting",
            tr("The line was busy"),
            text,
            spans(text, "14:32"),
            button=tr("Try now"),
            button_icon="send",
            primary=True,
            link=tr("Stop trying"),
            aside=tr("Try 2 of 5"),
        ),
    )
    bars = RetryBars(icons.theme)
    bars.show_plan(PLAN, tr("Try 1, 14:05, busy. Try 2 is next, 14:32."))
    card.set_extra(bars)
    return card


def page_picture(page: int = 1) -> QImage:
    """A page of a fax, black on white."""
    image = QImage(1728, 2236, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    font = QFont("Noto Sans")
    font.setPixelSize(64)
    painter.setFont(font)
    painter.setPen(QPen(Qt.GlobalColor.black, 4))
    painter.drawText(QPoint(170, 260), f"Lakeside Family Clinic, {page}")
    painter.drawLine(170, 320, 1560, 320)
    font.setPixelSize(40)
    painter.setFont(font)
    for line in range(20):
        painter.drawText(
            QPoint(170, 460 + line * 66), "We would be grateful for a short reply by fax to the number above."
        )
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Mono)


def fax(icons: Icons) -> QWidget:
    """List, details and page side by side, with both bars: how the parts look together."""
    filters = FilterPills([("all", tr("All")), ("busy", tr("In progress")), ("you", tr("Needs you"))])
    filters.set_count("busy", 3)
    filters.set_count("you", 2)
    bar = row((filters, 1), icon_button(icons, "filter", tr("More filters")), margins=(12, 8, 12, 8))
    left = pane(column(bar, rule(), (fax_list(icons), 1), spacing=0), "surface")
    left.setMinimumWidth(icons.theme.em(26.5))
    left.setMaximumWidth(icons.theme.em(31.4))
    body = row((left, 3), rule("down"), (_details(icons), 4), rule("down"), (_page_pane(icons), 3), spacing=0)
    status = StatusBar(icons)
    status.show_account(tr("Practice mode - nothing is really sent"), practice=True)
    status.show_connection(tr("Connected"))
    status.show_check(tr("Last check 14:25"))
    status.show_waiting(tr("3 faxes waiting"))
    notice = _notice(
        icons,
        tr("The service is slow to answer today. Faxes go out, but later than usual."),
        tr("Show status"),
        "info",
        "info",
    )
    whole = pane(column(notice, (body, 1), rule(), status, spacing=0), "window")
    whole.resize(1360, 848)
    return whole


def _details(icons: Icons) -> QWidget:
    timeline = Timeline(icons)
    timeline.show_rows(EVENTS)
    head = row((ElidedLabel("Dr. Ames, Orthopaedics", "title"), 1), StatePill(icons, "waiting"))
    named = (
        ("forward", "Forward"),
        ("edit", "Edit number"),
        ("evidence", "Save evidence"),
        ("trash", "Delete"),
    )
    first = [QAction(icons.icon(icon), tr(words), icons.theme) for icon, words in named]
    actions = ActionRow(icons, first, [QAction(tr("Send again"), icons.theme)])
    number = label("+1 202 555 0143  ·  5 pages", "body", "text2")
    top = column(column(head, number, margins=(24, 16, 24, 0)), row(actions, margins=(14, 0, 20, 12)))
    middle = column(
        busy_card(icons), 12, label(tr("What happened"), "section"), timeline, None, margins=(24, 16, 12, 16)
    )
    return pane(column(top, rule(), (ScrollPane(pane(middle)), 1), spacing=0), "surface")


def _page_pane(icons: Icons) -> QWidget:
    canvas = PageCanvas(icons.theme)
    canvas.show_page(page_picture(2), 2, 5)
    strip = Thumbnails(icons, Qt.Orientation.Horizontal)
    strip.set_pages(5)
    for page in range(1, 5):
        strip.set_picture(page, page_picture(page))
    strip.set_current(2)
    steps = row(
        None,
        icon_button(icons, "chevron-left", tr("Page before"), "PgUp"),
        label(tr("Page 2 of 5"), "body", "text2"),
        icon_button(icons, "chevron-right", tr("Next page"), "PgDown"),
        None,
        icon_button(icons, "zoom-in", tr("Zoom in"), "Ctrl++"),
        icon_button(icons, "fit", tr("Fit page"), "Ctrl+0"),
        margins=(8, 4, 8, 8),
    )
    made = pane(column((canvas, 1), strip, steps, spacing=0), "canvas")
    made.setMinimumWidth(icons.theme.em(20.4))
    made.setMaximumWidth(icons.theme.em(30.8))
    return made


def empty_states(icons: Icons) -> QWidget:
    """What empty lists say."""
    drop = EmptyState(
        icons,
        "fax-new",
        tr("Drop a PDF here to send your first fax"),
        tr("Pictures, TIFF files and plain text work too."),
        tr("Choose a file"),
        "attach",
        primary=True,
        drop_area=True,
    )
    found = EmptyState(
        icons,
        "search",
        tr("Nothing found for “harpr”"),
        tr("Words inside received faxes were searched too. Check the spelling."),
        tr("Clear the search"),
    )
    sheet = pane(row((drop, 1), rule("down"), (found, 1), spacing=0), "surface")
    sheet.resize(1120, 340)
    return sheet


def form(icons: Icons) -> QWidget:
    """Fields, choices and pages at the side, as in Settings and New fax."""
    nav = [
        nav_button(icons, tr("Account"), "user"),
        nav_button(icons, tr("Sending"), "send"),
        nav_button(icons, tr("Privacy"), "lock"),
    ]
    nav[1].setChecked(True)
    side = pane(column(*nav, None, spacing=4, margins=(16, 16, 16, 16)), "window")
    side.setFixedWidth(icons.theme.em(17))
    message = QPlainTextEdit("Find the referral letter and the X-ray report.")
    message.setFixedHeight(72)
    later = QRadioButton(tr("Later"))
    later.setChecked(True)
    off = QCheckBox(tr("Ask before the first fax to a number"))
    off.setEnabled(False)
    form = column(
        label(tr("Sending"), "title"),
        Field(
            icons,
            tr("API key"),
            line_edit(tr("Paste the key here")),
            tr("We check the key before anything else happens. Nothing is sent."),
        ),
        Field(icons, tr("From"), drop_down([("+1 202 555 0119, Front desk", 1)]), beside=True),
        Field(icons, tr("Subject"), line_edit(), beside=True),
        Field(icons, tr("Message"), message, beside=True),
        Field(icons, tr("Tries"), spin_box(1, 9, 5), beside=True),
        row(QRadioButton(tr("Now")), later, None, spacing=24),
        off,
        Paragraph(
            tr(
                "It stops receiving at once and may be given to somebody else. The faxes you have stay here. What is in the archive of this computer stays readable."
            ),
            "body",
            "text2",
        ),
        None,
        spacing=12,
        margins=(32, 24, 32, 24),
    )
    sheet = pane(row(side, rule("down"), (pane(form), 1), spacing=0), "surface")
    sheet.resize(820, 600)
    return sheet


PICTURES: dict[str, Scene] = {
    "components": still(components),
    "fax": still(fax),
    "empty-states": still(empty_states),
    "form": still(form),
    **gallery_compose.PICTURES,
    **gallery_window.PICTURES,
    **gallery_archive.PICTURES,
    **gallery_outbox.PICTURES,
    **gallery_accounts.PICTURES,
}


# Drawing


def start(form: Form, cache: Path) -> tuple[QApplication, Icons]:
    """An application in this form, with a font that is the same on every machine."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication([])
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    for file in sorted((RESOURCES / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    family = "Noto Sans" if "Noto Sans" in QFontDatabase.families() else application.font().family()
    font = QFont(family)
    font.setPointSizeF(form.points)
    application.setFont(font)
    direction = Qt.LayoutDirection.RightToLeft if form.mirrored else Qt.LayoutDirection.LeftToRight
    application.setLayoutDirection(direction)
    theme = Theme(RESOURCES, cache, contrast=form.contrast)
    theme.choose(form.scheme)
    theme.apply(application)
    return application, Icons(theme, RESOURCES / "icons")


def draw(name: str, form: Form, target: Path) -> None:
    """Draw one picture in one form into the file `target`."""
    application, icons = start(form, Path(gettempdir()) / "ifax-gallery")
    words = LongWords()
    if form.pseudo:
        application.installTranslator(words)
    ring = FocusRing(application, icons.theme)
    try:
        with PICTURES[name](icons) as widget:
            widget.resize(_whole(widget, form.size or widget.size()))
            widget.show()
            widget.activateWindow()
            application.processEvents()
            focused = widget.findChild(QWidget, "focused")
            if focused is not None:
                focused.setFocus(Qt.FocusReason.TabFocusReason)
            for _ in range(4):
                application.processEvents()
            widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32).save(str(target))
    finally:
        application.removeEventFilter(ring)
        application.removeTranslator(words)


def _whole(widget: QWidget, size: QSize) -> QSize:
    """`size`, or what the widget needs where that is more, which is told: nothing may be cut without a word."""
    layout = widget.layout()
    needed = widget.minimumSizeHint()
    width = max(size.width(), needed.width())
    height = needed.height()
    if layout is not None and layout.hasHeightForWidth():
        height = layout.totalMinimumHeightForWidth(width)
    if width > size.width() or height > size.height():
        print(f"{size.width()} x {size.height()} is too small: {width} x {height} is needed")
    return size.expandedTo(QSize(width, height))


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw what is asked for; forms with a scale factor are drawn by a child process."""
    parser = argparse.ArgumentParser(description="Draw the parts and screens into PNG files.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", choices=sorted(PICTURES), help="one picture")
    parser.add_argument("--form", choices=sorted(FORMS), help="one form")
    chosen = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    chosen.out.mkdir(parents=True, exist_ok=True)
    for form_name, form in FORMS.items():
        if chosen.form not in (None, form_name):
            continue
        for name in PICTURES:
            if chosen.only not in (None, name):
                continue
            target = chosen.out / f"{name}-{form_name}.png"
            if form.scale != float(os.environ.get("QT_SCALE_FACTOR", "1")):
                command = [
                    sys.executable,
                    "-m",
                    "tests.gallery",
                    str(chosen.out),
                    "--only",
                    name,
                    "--form",
                    form_name,
                ]
                subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": str(form.scale)}, check=True)
            else:
                draw(name, form, target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
