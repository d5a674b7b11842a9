//! Other packages for a stay that is booked. Pure: of values alone.

use super::FrozenPackage;
use crate::kernel::{Day, PackageId, Refusal};

/// The packages of a stay when those of `wanted` are all that it has beside those of its plan. What it has already stays as it was
/// booked, what is new is as it is `sold` now. Nights that were slept keep what they have: from `tonight` on, when some were, begins
/// what is new, and before it ends what is wanted no more.
///
/// Errors: VALIDATION_ERROR of `packageIds` when something new is not sold.
pub fn chosen_anew(
    had: &[FrozenPackage],
    sold: &[FrozenPackage],
    wanted: &[PackageId],
    tonight: Option<Day>,
) -> Result<Vec<FrozenPackage>, Refusal> {
    let sold = |id: PackageId| {
        let found = sold.iter().find(|package| package.package_id == id && package.rate_plan_id.is_none());
        found.cloned().ok_or_else(not_sold)
    };
    let mut after = Vec::new();
    for package in had {
        let mut package = package.clone();
        let is_over = package.valid_to.is_some_and(|to| tonight.is_some_and(|tonight| to <= tonight));
        if package.rate_plan_id.is_none() {
            match (wanted.contains(&package.package_id), tonight) {
                // It begins again, if it is still sold.
                (true, _) if is_over => package.valid_to = sold(package.package_id).map_or(package.valid_to, |it| it.valid_to),
                (true, _) => {}
                (false, None) => continue,
                (false, Some(tonight)) => package.valid_to = Some(package.valid_to.map_or(tonight, |to| to.min(tonight))),
            }
        }
        if package.valid_from < package.valid_to || package.valid_to.is_none() {
            after.push(package);
        }
    }
    for id in wanted {
        if !had.iter().any(|package| package.package_id == *id) && !after.iter().any(|package| package.package_id == *id) {
            let mut new = sold(*id)?;
            new.valid_from = new.valid_from.max(tonight);
            if new.valid_to.is_some_and(|to| new.valid_from >= Some(to)) {
                return Err(not_sold());
            }
            after.push(new);
        }
    }
    // The order in which they are carved out of a night.
    after.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(after)
}

/// Errors of what was chosen.
pub fn not_sold() -> Refusal {
    Refusal::invalid("packageIds", "must be active packages of this property that are no part of another rate plan")
}
