"""How values are written on pages."""

from datetime import UTC, date, datetime

from service.console.wording import day, instant, moment

BEFORE_DAWN = datetime(2026, 12, 31, 17, 5, 9, tzinfo=UTC)


def test_moments_are_written_in_beijing_time_wherever_the_machine_stands() -> None:
    assert moment(BEFORE_DAWN) == "2027-01-01 01:05"
    assert instant(BEFORE_DAWN) == "2027-01-01 01:05:09"
    assert day(BEFORE_DAWN) == "2027-01-01"
    assert day(date(2026, 12, 31)) == "2026-12-31"
    assert (moment(None), day(None)) == ("—", "—")
