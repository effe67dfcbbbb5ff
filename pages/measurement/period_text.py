"""Where a measurement is in its time, in one sentence."""

from __future__ import annotations

from datetime import date

from db.queries.measurements import MeasurementSummary
from dimios_dash.domain.calendar import MeasurementState, Period, days_left
from dimios_dash.domain.days import period, written
from dimios_dash.figures.numbers import count


def period_sentence(measurement: MeasurementSummary, today: date) -> str:
    """State and period of a measurement, as of today."""
    days = measurement.period
    if measurement.state is MeasurementState.CANCELLED:
        return "Mätningen är avbruten och ger inget resultat."
    if days is None:
        return "Mätningen är inte startad."
    when = period(days.opens, days.closes)
    if measurement.state is MeasurementState.DESTROYED:
        return f"Mätningen pågick {when} men publicerades aldrig. Svaren är förstörda."
    if measurement.state is MeasurementState.RELEASED:
        return f"Mätningen pågick {when} och är publicerad."
    if measurement.state is MeasurementState.CLOSED:
        return f"Mätningen pågick {when} och är avslutad."
    return _open(days, when, today)


def _open(days: Period, when: str, today: date) -> str:
    left = days_left(days, today)
    if today < days.opens:
        return f"Mätningen börjar {written(days.opens)}. Då skickas inbjudningarna, klockan 7."
    if left == 0:
        return f"Mätningen pågick {when}. Tiden är slut, men mätningen är inte avslutad."
    return f"Mätningen pågår {when}. {count(left)} {'dag' if left == 1 else 'dagar'} kvar, i dag inräknad."
