"""Compare holidays.csv with the PyPI package `chinesecalendar`, day by day, and print every difference.

The rows of holidays.csv come from the State Council's notices named in their `source` column; this is a second
reading by other people, not the source. Run it in a throw-away environment after every change of the data:

    python3 -m venv /path/to/venv && /path/to/venv/bin/pip install chinesecalendar
    /path/to/venv/bin/python crates/workdays/data/cross_check.py

Exit code 0: no day differs. 1: at least one does, or a covered year is unknown to the package.
"""

import csv
import datetime
import pathlib
import sys

import chinese_calendar

DATA = pathlib.Path(__file__).with_name("holidays.csv")


def main() -> int:
    years, kinds = [], {}
    with DATA.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["kind"] == "year":
                years.append(int(row["date"]))
            else:
                kinds[datetime.date.fromisoformat(row["date"])] = row["kind"]
    compared = differences = 0
    for year in years:
        day = datetime.date(year, 1, 1)
        while day.year == year:
            ours = kinds[day] == "workday" if day in kinds else day.weekday() < 5
            try:
                theirs = chinese_calendar.is_workday(day)
            except NotImplementedError:
                print(f"{year}: not in the package, nothing compared")
                differences += 1
                break
            compared += 1
            if ours != theirs:
                differences += 1
                print(f"{day} {day:%a}: holidays.csv says workday={ours}, chinesecalendar says workday={theirs}")
            day += datetime.timedelta(days=1)
    print(f"{compared} days of {len(years)} years compared, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
