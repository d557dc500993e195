"""When a new fax goes out: now, or at a time to come, kept here or by the service."""

from datetime import datetime

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QCheckBox, QWidget

from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.compose_state import ComposeState
from ifax_desktop.views.arrange import column
from ifax_desktop.views.choices import Segments
from ifax_desktop.views.editors import moment_edit
from ifax_desktop.views.field import Field
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.paragraph import Paragraph


class WhenPart(QWidget):
    """The choice stands beside the quality; this is what "Later" adds below."""

    def __init__(self, icons: Icons, model: ComposeViewModel) -> None:
        super().__init__()
        self._model = model
        self.choice = Segments([("now", self.tr("Now")), ("later", self.tr("Later"))], name=self.tr("When"))
        self.moment = moment_edit()
        self.at_service = QCheckBox(self.tr("Let the service keep it until then"))
        self._field = Field(icons, self.tr("At"), self.moment, beside=True)
        self._hint = Paragraph("", "small", "text3")
        self.setLayout(column(self._field, self.at_service, self._hint))
        self.moment.setAccessibleName(self.tr("Day and time at which the fax goes out"))
        self.choice.chosen.connect(lambda key: model.set_later(key == "later"))
        self.moment.dateTimeChanged.connect(self._moved)
        self.at_service.clicked.connect(model.set_at_service)

    def show_state(self, state: ComposeState) -> None:
        """Write when it goes out into the fields."""
        at = state.form.send_at
        self.choice.choose("later" if at else "now")
        self.setVisible(at is not None)
        self._field.set_problem(state.time_problem)
        if at is None:
            return
        shown = QDateTime.fromMSecsSinceEpoch(round(at.timestamp() * 1000))
        if self.moment.dateTime() != shown:
            self.moment.blockSignals(True)
            self.moment.setDateTime(shown)
            self.moment.blockSignals(False)
        self.at_service.setChecked(state.form.at_service)
        self._hint.setText(
            self.tr("It goes out even when this program is closed. To stop it, the service has to be asked.")
            if state.form.at_service
            else self.tr("It is kept on this computer. This program must be open at that time.")
        )

    def _moved(self, moment: QDateTime) -> None:
        self._model.set_send_at(datetime.fromtimestamp(moment.toSecsSinceEpoch()).astimezone())
