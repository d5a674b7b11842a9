//! What of its packages a night is charged. Pure: integers in, integers out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{FrozenPackage, PackageItem, PostingRhythm, PriceBasis};
use crate::{
    kernel::{Cents, Day, PackageItemId, Stay},
    taxes::{TaxLine, TaxRule, lines_beside_nights, model::AppliesTo},
};

/// A night of a stay, and who sleeps there.
#[derive(Clone, Copy, Debug)]
pub struct Sleeping {
    pub night: Day,
    pub stay: Stay,
    pub adults: i32,
    pub children: i32,
    /// The price of the night without its inclusive taxes: no more can be carved out of it.
    pub net: Cents,
}

/// A part of a package as it is posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageLine {
    pub item_id: PackageItemId,
    pub name: String,
    /// Without taxes.
    pub amount_cents: Cents,
    /// Carved out of the price of the night; others come on top.
    pub is_included: bool,
    /// What comes on top is taxed by itself; what is carved out was taxed with the night.
    pub taxes: Vec<TaxLine>,
}

/// The lines of a night, in the order of the packages and their items.
pub fn lines(packages: &[FrozenPackage], rules: &[TaxRule], of: Sleeping) -> Vec<PackageLine> {
    let mut left = of.net.0.max(0);
    let mut made = Vec::new();
    for package in packages {
        for item in package.items.iter().filter(|item| is_posted(package, item, of.stay, of.night)) {
            let amount = charged(item, of);
            let taxes = if package.is_included {
                Vec::new()
            } else {
                lines_beside_nights(rules, AppliesTo::Adjustment, amount, of.night)
            };
            let within: Cents = taxes.iter().filter(|tax| tax.is_inclusive).map(|tax| tax.amount_cents).sum();
            let amount_cents = if package.is_included { Cents(amount.0.min(left)) } else { amount - within };
            if package.is_included {
                left -= amount_cents.0;
            }
            let line =
                PackageLine { item_id: item.id, name: item.name.clone(), amount_cents, is_included: package.is_included, taxes };
            made.push(line);
        }
    }
    made.retain(|line| line.amount_cents != Cents(0) || !line.taxes.is_empty());
    made
}

fn charged(item: &PackageItem, of: Sleeping) -> Cents {
    let persons = i64::from(of.adults) + i64::from(of.children);
    match item.price_basis {
        PriceBasis::Stay | PriceBasis::Night => item.amount_cents,
        PriceBasis::Person | PriceBasis::PersonNight => {
            Cents(item.amount_cents.0.saturating_mul(persons).min(Cents::MAX_NIGHT.0))
        }
    }
}

/// Whether an item is posted on a night: in its rhythm, and of what is for a whole stay only the first time.
fn is_posted(package: &FrozenPackage, item: &PackageItem, stay: Stay, night: Day) -> bool {
    let is_once = matches!(item.price_basis, PriceBasis::Stay | PriceBasis::Person);
    is_in_rhythm(package, item, stay, night)
        && !(is_once && stay.from.until(night).any(|earlier| is_in_rhythm(package, item, stay, earlier)))
}

fn is_in_rhythm(package: &FrozenPackage, item: &PackageItem, stay: Stay, night: Day) -> bool {
    let is_valid = package.valid_from.is_none_or(|from| from <= night) && package.valid_to.is_none_or(|to| night < to);
    let (is_first, is_last) = (night == stay.from, night.plus(1) == stay.to);
    is_valid
        && match item.posting_rhythm {
            PostingRhythm::EveryNight => true,
            PostingRhythm::Arrival => is_first,
            PostingRhythm::LastNight => is_last,
            PostingRhythm::AllButArrival => !is_first,
            PostingRhythm::AllButLast => !is_last,
            PostingRhythm::Weekdays => {
                let weekday = i32::from(night.date().weekday().to_monday_one_offset());
                item.weekdays.as_ref().is_some_and(|days| days.contains(&weekday))
            }
            PostingRhythm::EveryN => {
                let since = stay.from.days_until(night) + 1 - item.from_night.unwrap_or(1);
                since >= 0 && since % item.every_nights.unwrap_or(1).max(1) == 0
            }
        }
}

#[cfg(test)]
mod tests {
    use ulid::Ulid;

    use super::*;
    use crate::kernel::PackageId;

    /// A Monday.
    const FIRST: &str = "2027-03-01";

    fn item(basis: PriceBasis, rhythm: PostingRhythm) -> PackageItem {
        PackageItem {
            id: PackageItemId(Ulid::from(1)),
            name: "Breakfast".into(),
            amount_cents: Cents(10),
            price_basis: basis,
            posting_rhythm: rhythm,
            weekdays: (rhythm == PostingRhythm::Weekdays).then(|| vec![3, 6]),
            every_nights: (rhythm == PostingRhythm::EveryN).then_some(3),
            from_night: (rhythm == PostingRhythm::EveryN).then_some(2),
        }
    }

    fn package(items: Vec<PackageItem>, is_included: bool) -> FrozenPackage {
        FrozenPackage {
            package_id: PackageId(Ulid::from(1)),
            rate_plan_id: None,
            code: "BB".into(),
            name: "Breakfast".into(),
            is_included,
            valid_from: None,
            valid_to: None,
            items,
        }
    }

    /// What each night of a stay from Monday on is charged of a package, for two adults and a child.
    fn drawn(package: &FrozenPackage, nights: i32, net: i64) -> String {
        let from: Day = FIRST.parse().unwrap();
        let stay = Stay { from, to: from.plus(nights) };
        let of = |night| Sleeping { night, stay, adults: 2, children: 1, net: Cents(net) };
        let sum = |night| lines(std::slice::from_ref(package), &[], of(night)).iter().map(|l| l.amount_cents.0).sum::<i64>();
        stay.days().map(|night| sum(night).to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_rhythm_posts_on_its_nights() {
        use PostingRhythm::*;
        let table = [
            (EveryNight, "10 10 10 10 10 10"),
            (Arrival, "10 0 0 0 0 0"),
            (LastNight, "0 0 0 0 0 10"),
            (AllButArrival, "0 10 10 10 10 10"),
            (AllButLast, "10 10 10 10 10 0"),
            (Weekdays, "0 0 10 0 0 10"),
            (EveryN, "0 10 0 0 10 0"),
        ];
        for (rhythm, wanted) in table {
            assert_eq!(drawn(&package(vec![item(PriceBasis::Night, rhythm)], false), 6, 100), wanted, "{rhythm}");
        }
        assert_eq!(drawn(&package(vec![item(PriceBasis::Night, AllButLast)], false), 1, 100), "0");
    }

    #[test]
    fn an_amount_is_for_the_stay_the_night_or_the_persons() {
        use PriceBasis::*;
        let table = [(Stay, "0 0 10 0 0 0"), (Night, "0 0 10 0 0 10"), (Person, "0 0 30 0 0 0"), (PersonNight, "0 0 30 0 0 30")];
        for (basis, wanted) in table {
            assert_eq!(drawn(&package(vec![item(basis, PostingRhythm::Weekdays)], false), 6, 100), wanted, "{basis}");
        }
    }

    #[test]
    fn no_more_is_carved_out_than_the_night_costs() {
        let all =
            vec![item(PriceBasis::PersonNight, PostingRhythm::EveryNight), item(PriceBasis::Night, PostingRhythm::EveryNight)];
        assert_eq!(drawn(&package(all.clone(), true), 2, 100), "40 40");
        assert_eq!(drawn(&package(all.clone(), true), 2, 35), "35 35");
        assert_eq!(drawn(&package(all, false), 2, 35), "40 40");
    }

    #[test]
    fn nights_outside_of_its_dates_have_none() {
        let mut dated = package(vec![item(PriceBasis::Stay, PostingRhythm::EveryNight)], false);
        let from: Day = FIRST.parse().unwrap();
        (dated.valid_from, dated.valid_to) = (Some(from.plus(2)), Some(from.plus(4)));
        assert_eq!(drawn(&dated, 6, 100), "0 0 10 0 0 0");
    }
}
