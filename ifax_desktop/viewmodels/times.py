"""Times in words, in the user's zone and way of writing: short in lists, whole where they must prove something."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

translate = QCoreApplication.translate


def clock(moment: datetime) -> str:
    """The time of day, for instance "14:32"."""
    local = moment.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def day(moment: datetime, now: datetime) -> str:
    """ "Today", "Yesterday", "Tomorrow", "20 Nov", or "20 Nov 2024" in another year."""
    local, today = moment.astimezone().date(), now.astimezone().date()
    if local == today:
        return translate("times", "Today")
    if local == today - timedelta(days=1):
        return translate("times", "Yesterday")
    if local == today + timedelta(days=1):
        return translate("times", "Tomorrow")
    return short_date(local, with_year=local.year != today.year)


def short_date(local: date, *, with_year: bool = True) -> str:
    """ "20 Nov 2024", or "20 Nov"."""
    written = QDate(local.year, local.month, local.day)
    return QLocale().toString(written, "d MMM yyyy" if with_year else "d MMM")


def in_list(moment: datetime, now: datetime) -> str:
    """What the time column of a list says: the time today, else the day."""
    if moment.astimezone().date() == now.astimezone().date():
        return clock(moment)
    return day(moment, now)


def in_text(moment: datetime, now: datetime) -> str:
    """A time that stands by itself: "14:32" today, else "Yesterday, 14:32"."""
    if moment.astimezone().date() == now.astimezone().date():
        return clock(moment)
    return with_day(moment, now)


def in_sentence(moment: datetime, now: datetime) -> str:
    """A time within a sentence: "at 14:32" today, else "yesterday at 14:32" or "20 Nov at 14:32"."""
    local, today = moment.astimezone().date(), now.astimezone().date()
    words = {
        today: translate("times", "at {1}"),
        today - timedelta(days=1): translate("times", "yesterday at {1}"),
        today + timedelta(days=1): translate("times", "tomorrow at {1}"),
    }
    return words.get(local, translate("times", "{0} at {1}")).format(day(moment, now), clock(moment))


def with_day(moment: datetime, now: datetime) -> str:
    """Day and time: "Today, 11:32"."""
    return translate("times", "{0}, {1}").format(day(moment, now), clock(moment))


def whole(moment: datetime) -> str:
    """Date, time and zone: "23 Nov 2026, 14:32 EST"."""
    local = moment.astimezone()
    words = translate("times", "{0}, {1} {2}")
    return words.format(short_date(local.date()), clock(moment), local.tzname() or "").strip()


def minutes_until(moment: datetime, now: datetime) -> str:
    """How far off a time is: "now", "in 6 minutes", "in 3 hours"; never seconds."""
    minutes = round((moment - now).total_seconds() / 60)
    if minutes < 1:
        return translate("times", "now")
    if minutes == 1:
        return translate("times", "in 1 minute")
    if minutes < 90:
        return translate("times", "in %n minutes", None, minutes)
    return translate("times", "in %n hours", None, round(minutes / 60))


def duration(length: timedelta) -> str:
    """How long something took: "1 minute", "12 minutes", "3 hours"; never seconds."""
    minutes = max(1, round(length.total_seconds() / 60))
    if minutes == 1:
        return translate("times", "1 minute")
    if minutes < 90:
        return translate("times", "%n minutes", None, minutes)
    return translate("times", "%n hours", None, round(minutes / 60))
