"""State and commands behind each screen. QtCore and QtGui only."""
