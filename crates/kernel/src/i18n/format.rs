//! Figures, money, dates and times as the pages write them.
//!
//! Pure functions. The rules of the house: thousands with a comma, the minus sign − (U+2212) and not a hyphen, an em dash where there
//! is nothing, 未评 for *not assessed* and never 0, dates as 2009-06-22 and within the same year 06-22, a 24-hour clock in the time of
//! Asia/Shanghai. Decimals are integers scaled by their number of decimal places, money is whole fen; nothing here goes through floats.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};

use super::{Lang, t, ta};

/// What stands where there is no value.
pub const DASH: &str = "—";
/// The minus sign, as wide as a digit.
pub const MINUS: char = '−';

/// A whole number with thousands separators: `-4913` → `−4,913`.
pub fn int(value: i64) -> String {
    decimal(value, 0)
}

/// A scaled integer with thousands separators: `decimal(4590, 1)` → `459.0`.
pub fn decimal(scaled: i64, decimals: u32) -> String {
    let digits = plain_digits(scaled.unsigned_abs(), decimals);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits.as_str(), ""));
    let mut out = String::with_capacity(digits.len() + 6);
    if scaled < 0 {
        out.push(MINUS);
    }
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A difference, with its sign: `+27.2`, `−30.2`, `0.0`.
pub fn signed(scaled: i64, decimals: u32) -> String {
    let text = decimal(scaled, decimals);
    if scaled > 0 { format!("+{text}") } else { text }
}

/// A scaled integer as it stands in a form or a file: no separators, a plain hyphen for minus: `-4590`, 1 → `-459.0`.
pub fn input(scaled: i64, decimals: u32) -> String {
    let digits = plain_digits(scaled.unsigned_abs(), decimals);
    if scaled < 0 { format!("-{digits}") } else { digits }
}

/// Digits of a magnitude with the decimal point set `decimals` places from the right.
fn plain_digits(magnitude: u64, decimals: u32) -> String {
    let places = decimals as usize;
    let digits = format!("{magnitude:0>width$}", width = places + 1);
    if places == 0 {
        return digits;
    }
    let (whole, fraction) = digits.split_at(digits.len() - places);
    format!("{whole}.{fraction}")
}

/// Money in yuan: `15_000_000` fen → `150,000.00`.
pub fn yuan(fen: i64) -> String {
    decimal(fen, 2)
}

/// Money in 万元 (ten thousand yuan) with `decimals` (0 to 6) places, half away from zero: `31_200_000` fen, 2 → `31.20`.
pub fn wan(fen: i64, decimals: u32) -> String {
    let places = decimals.min(6);
    let step = 10_i128.pow(6 - places);
    let (value, half) = (i128::from(fen), step / 2);
    let rounded = if value < 0 { (value - half) / step } else { (value + half) / step };
    // The quotient is not larger than the dividend, which was an i64; only step 1 keeps it, and then half is 0.
    decimal(i64::try_from(rounded).unwrap_or(fen), places)
}

/// A share in percent, half away from zero; an em dash where the denominator is 0: `percent(39, 51, 1)` → `76.5%`.
pub fn percent(numerator: i64, denominator: i64, decimals: u32) -> String {
    if denominator == 0 {
        return DASH.to_owned();
    }
    let places = decimals.min(6);
    let sign = if denominator < 0 { -1 } else { 1 };
    let scaled = sign * i128::from(numerator) * 100 * 10_i128.pow(places);
    let divisor = i128::from(denominator).abs();
    let half = if scaled < 0 { -divisor } else { divisor };
    let rounded = (2 * scaled + half) / (2 * divisor);
    match i64::try_from(rounded) {
        Ok(value) => format!("{}%", decimal(value, places)),
        Err(_) => DASH.to_owned(),
    }
}

/// A size of a file in the usual binary steps, one decimal above a kilobyte: `1.2 MB`.
pub fn bytes(size: u64) -> String {
    const STEPS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    if size < 1024 {
        return format!("{size} B");
    }
    let mut unit = 0;
    let mut divisor: u64 = 1024;
    while unit + 1 < STEPS.len() && size / divisor >= 1024 {
        divisor *= 1024;
        unit += 1;
    }
    let tenths = (u128::from(size) * 10 + u128::from(divisor) / 2) / u128::from(divisor);
    format!("{}.{} {}", tenths / 10, tenths % 10, STEPS[unit])
}

/// A date in full: `2009-06-22`.
pub fn date(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// A date in a table: `06-22` within the year of `today`, otherwise in full.
pub fn date_near(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { day.format("%m-%d").to_string() } else { date(day) }
}

/// A date in words: `2009 年 6 月 22 日　星期一`, `Monday, 22 June 2009`.
pub fn date_long(lang: Lang, day: NaiveDate) -> String {
    ta(
        lang,
        "date-long",
        &[
            ("year", day.year().to_string().into()),
            ("month", t(lang, &format!("month-{}", day.month())).into()),
            ("day", day.day().to_string().into()),
            ("weekday", t(lang, &format!("weekday-{}", day.weekday().number_from_monday())).into()),
        ],
    )
}

/// The clock of the country: UTC+8 all year since 1991 (the summer time of 1986–1991 lies before every record of the product).
fn shanghai(moment: DateTime<Utc>) -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(8 * 3600).expect("eight hours is a valid offset");
    moment.with_timezone(&offset)
}

/// The day of a moment in Asia/Shanghai.
pub fn day_of(moment: DateTime<Utc>) -> NaiveDate {
    shanghai(moment).date_naive()
}

/// A moment in full, in Asia/Shanghai: `2009-06-22 08:00`.
pub fn moment(at: DateTime<Utc>) -> String {
    shanghai(at).format("%Y-%m-%d %H:%M").to_string()
}

/// A moment in a table, in Asia/Shanghai: `08:00` on the same day, `06-19 16:20` in the same year, otherwise in full.
pub fn moment_near(at: DateTime<Utc>, today: NaiveDate) -> String {
    let local = shanghai(at);
    let pattern = match local.date_naive() {
        day if day == today => "%H:%M",
        day if day.year() == today.year() => "%m-%d %H:%M",
        _ => "%Y-%m-%d %H:%M",
    };
    local.format(pattern).to_string()
}

/// The time of day in Asia/Shanghai: `16:20`.
pub fn clock(at: DateTime<Utc>) -> String {
    shanghai(at).format("%H:%M").to_string()
}

/// A value or an em dash.
pub fn or_dash(value: Option<impl Into<String>>) -> String {
    value.map_or_else(|| DASH.to_owned(), Into::into)
}

/// What stands for a value that nobody has assessed: 未评. Never 0.
pub fn not_assessed(lang: Lang) -> String {
    t(lang, "not-assessed")
}

/// A deadline in working days from today: 剩 3 个工作日, 今日到期, 逾期 1 个工作日.
pub fn due(lang: Lang, working_days_left: i64) -> String {
    match working_days_left {
        0 => t(lang, "due-today"),
        n if n > 0 => ta(lang, "due-left", &[("n", n.into())]),
        n => ta(lang, "due-over", &[("n", n.unsigned_abs().into())]),
    }
}
