//! Reports: read only, each one statement. A closed day is read from its record, which never changes; an open or future day is counted
//! from the books as they are, by the very functions that will write its record.

pub mod days;
pub mod file;
pub mod forecast;
pub mod housekeeping;
pub mod ledger_balance;
pub mod manager_flash;
pub mod movements;
pub mod no_shows;
pub mod occupancy;
pub mod payment_journal;
pub mod payments;
pub mod pick_up;
pub mod taxes;

use crate::kernel::{Day, Refusal};

/// No report is about more days: three years.
pub const MAX_DAYS: i32 = 1100;

/// Errors: VALIDATION_ERROR for a last day before the first, or too far behind it.
fn check_range(from: Day, to: Day) -> Result<(), Refusal> {
    if (0..MAX_DAYS).contains(&from.days_until(to)) {
        return Ok(());
    }
    Err(Refusal::invalid("to", format!("must be the day of `from` or one of the {} days after it", MAX_DAYS - 1)))
}

/// The days of a report that have a record, and those that have none.
macro_rules! closed_and_live {
    ($($rest:literal),*) => {
        concat!(
            "
        with closed as materialized (
          select * from pms_day_closes where tenant_id = $1 and property_id = $2 and business_date between $3 and $4
        ), live as materialized (
          select $3::date + n as day from generate_series(0, $4::date - $3::date) n except select business_date from closed
        )",
            $($rest),*
        )
    };
}
use closed_and_live;
