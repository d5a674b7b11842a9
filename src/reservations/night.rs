//! A night of a stay and what it costs, and what nights cost together.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    kernel::{Cents, Day, RatePlanId, RoomTypeId, Stay},
    packages::{self, FrozenPackage, PackageLine, Sleeping},
    taxes::{Charged, TaxLine, TaxRule, lines, model::AppliesTo},
};

/// A night and what it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NightPrice {
    pub night: Day,
    pub room_type_id: RoomTypeId,
    pub rate_plan_id: RatePlanId,
    /// What the plan says: with inclusive taxes and fees, without the others.
    pub price_cents: Cents,
    /// Of the price, what is inclusive taxes and fees, and packages that are carved out of it.
    #[serde(skip)]
    pub included_cents: Cents,
    /// Taxes of the night, the inclusive ones too.
    pub tax_cents: Cents,
    /// Fees and packages of the night, the inclusive ones too.
    pub fee_cents: Cents,
    /// Given back by an early departure; kept for its undo, and in no total.
    #[serde(skip)]
    pub is_released: bool,
}

/// What nights cost together.
pub struct Sums {
    /// Average of the prices, half up.
    pub nightly_rate: Cents,
    /// Prices less what they include of taxes, fees and packages.
    pub subtotal: Cents,
    pub tax: Cents,
    pub fee: Cents,
}

impl Sums {
    /// Of the nights that were not given back.
    pub fn of(nights: &[NightPrice]) -> Sums {
        let kept: Vec<&NightPrice> = nights.iter().filter(|n| !n.is_released).collect();
        let sum = |of: fn(&NightPrice) -> Cents| kept.iter().map(|n| of(n)).sum::<Cents>();
        let price = sum(|n| n.price_cents);
        Sums {
            nightly_rate: price.average(kept.len() as i32),
            subtotal: price - sum(|n| n.included_cents),
            tax: sum(|n| n.tax_cents),
            fee: sum(|n| n.fee_cents),
        }
    }

    pub fn total(&self) -> Cents {
        self.subtotal + self.tax + self.fee
    }
}

impl NightPrice {
    /// A night without taxes yet: [`Booking::add_up`] finds them.
    pub fn new(night: Day, room_type_id: RoomTypeId, rate_plan_id: RatePlanId, price_cents: Cents) -> NightPrice {
        let none = Cents(0);
        NightPrice {
            night,
            room_type_id,
            rate_plan_id,
            price_cents,
            included_cents: none,
            tax_cents: none,
            fee_cents: none,
            is_released: false,
        }
    }

    /// With taxes and fees.
    pub fn total(&self) -> Cents {
        self.price_cents - self.included_cents + self.tax_cents + self.fee_cents
    }

    /// Its taxes and fees as a night of a stay.
    pub fn lines(&self, rules: &[TaxRule], check_in: Day, adults: i32, children: i32) -> Vec<TaxLine> {
        let charged = Charged {
            what: AppliesTo::RoomCharge,
            price: self.price_cents,
            day: self.night,
            nights_before: check_in.days_until(self.night),
            adults,
            children,
        };
        lines(rules, charged)
    }

    /// What of its packages it is charged; `lines` are its taxes.
    pub fn packages(
        &self,
        packages: &[FrozenPackage],
        rules: &[TaxRule],
        stay: Stay,
        persons: (i32, i32),
        lines: &[TaxLine],
    ) -> Vec<PackageLine> {
        let within: Cents = lines.iter().filter(|l| l.is_inclusive).map(|l| l.amount_cents).sum();
        let (adults, children) = persons;
        packages::lines(packages, rules, Sleeping { night: self.night, stay, adults, children, net: self.price_cents - within })
    }

    /// Whether these lines are what it has in its sums.
    pub fn has_taken(&self, lines: &[TaxLine], packages: &[PackageLine]) -> bool {
        let mut taken = *self;
        taken.take(lines, packages);
        taken == *self
    }

    /// What a night has that was posted by rules that are gone, in one line of taxes and one of fees.
    pub fn lump(&self) -> Vec<TaxLine> {
        let line = |code: &str, name: &str, amount_cents: Cents, is_fee: bool| TaxLine {
            code: code.into(),
            name: name.into(),
            amount_cents,
            is_fee,
            is_inclusive: false,
        };
        let all = [
            line("TAX", "Taxes of nights before", self.tax_cents, false),
            line("FEE", "Fees of nights before", self.fee_cents, true),
        ];
        all.into_iter().filter(|line| line.amount_cents != Cents(0)).collect()
    }

    /// The sums of its lines. Packages are fees, and what comes with them is taxed by itself.
    pub fn take(&mut self, lines: &[TaxLine], packages: &[PackageLine]) {
        let sum = |of: fn(&TaxLine) -> bool| lines.iter().filter(|l| of(l)).map(|l| l.amount_cents).sum::<Cents>();
        let beside = |is_fee: bool| {
            let taxes = packages.iter().flat_map(|package| &package.taxes);
            taxes.filter(|tax| tax.is_fee == is_fee).map(|tax| tax.amount_cents).sum::<Cents>()
        };
        let carved: Cents = packages.iter().filter(|p| p.is_included).map(|p| p.amount_cents).sum();
        let all: Cents = packages.iter().map(|p| p.amount_cents).sum();
        self.included_cents = sum(|l| l.is_inclusive) + carved;
        self.tax_cents = sum(|l| !l.is_fee) + beside(false);
        self.fee_cents = sum(|l| l.is_fee) + all + beside(true);
    }
}
