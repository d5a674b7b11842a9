//! What a folio says to people: the one set of lines that the JSON and the paper are made of. Pure.

use std::collections::HashSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::model::{DepositState, Entry, EntryType, Folio, Method};
use crate::kernel::{Cents, Day, EntryId};

/// A folio with its whole ledger, and as people read it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Bill {
    #[serde(flatten)]
    pub folio: Folio,
    /// The whole ledger, in the order of posting.
    pub entries: Vec<Entry>,
    /// What stands of it, by date, the taxes and fees below their charge. An entry that was taken back or moved away on this folio
    /// and what took it back are left out: together they are nothing.
    pub lines: Vec<BillLine>,
    /// Taxes and fees by rule.
    pub taxes: Vec<TaxSum>,
    /// Payments less refunds.
    pub paid_cents: Cents,
    /// Of a stay whose policy asks for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub deposit: Option<DepositState>,
}

/// A line as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BillLine {
    pub entry_id: EntryId,
    pub business_date: Day,
    pub entry_type: EntryType,
    pub description: String,
    pub amount_cents: Cents,
    /// A tax or fee of the charge above it.
    pub is_below: bool,
    pub method: Option<Method>,
    pub source_ref: Option<String>,
    /// Of a charge of another stay: its confirmation number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub stay_number: Option<String>,
}

/// A tax or fee of a folio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaxSum {
    /// TAX or FEE.
    pub entry_type: EntryType,
    /// Of its rule; null: posted by hand.
    pub code: Option<String>,
    pub name: String,
    /// The charges on this folio that it was computed on.
    pub base_cents: Cents,
    pub amount_cents: Cents,
}

impl Bill {
    pub fn new(folio: Folio, entries: Vec<Entry>) -> Bill {
        let standing = standing(&entries);
        let paid: Cents = entries.iter().filter(|e| e.method.is_some()).map(|e| e.amount_cents).sum();
        Bill { lines: lines(&standing), taxes: taxes(&standing), paid_cents: Cents(0) - paid, folio, entries, deposit: None }
    }
}

/// The entries that nothing on the folio takes back, and that take nothing back themselves.
pub fn standing(entries: &[Entry]) -> Vec<&Entry> {
    let taken_back: HashSet<EntryId> = entries.iter().filter_map(|e| e.reverses_entry_id).collect();
    entries.iter().filter(|e| e.reverses_entry_id.is_none() && !taken_back.contains(&e.id)).collect()
}

fn lines(standing: &[&Entry]) -> Vec<BillLine> {
    let charges: HashSet<EntryId> = standing.iter().filter(|e| e.parent_entry_id.is_none()).map(|e| e.id).collect();
    let is_below = |e: &Entry| e.parent_entry_id.is_some_and(|charge| charges.contains(&charge));
    let mut roots: Vec<&&Entry> = standing.iter().filter(|e| !is_below(e)).collect();
    // Stable: within a day as they were posted.
    roots.sort_by_key(|e| e.business_date);
    let line = |e: &Entry, is_below| BillLine {
        entry_id: e.id,
        business_date: e.business_date,
        entry_type: e.entry_type,
        description: e.description.clone(),
        amount_cents: e.amount_cents,
        is_below,
        method: e.method,
        source_ref: e.source_ref.clone(),
        stay_number: e.stay_number.clone().filter(|_| !is_below),
    };
    let with_taxes = |root: &&Entry| {
        let taxes = standing.iter().filter(|e| e.parent_entry_id == Some(root.id)).map(|e| line(e, true));
        std::iter::once(line(root, false)).chain(taxes).collect::<Vec<_>>()
    };
    roots.into_iter().flat_map(with_taxes).collect()
}

fn taxes(standing: &[&Entry]) -> Vec<TaxSum> {
    let mut sums: Vec<TaxSum> = Vec::new();
    for entry in standing.iter().filter(|e| matches!(e.entry_type, EntryType::Tax | EntryType::Fee)) {
        let charge = standing.iter().find(|e| Some(e.id) == entry.parent_entry_id);
        let base = charge.map_or(Cents(0), |e| e.amount_cents);
        let is_same = |sum: &&mut TaxSum| {
            sum.entry_type == entry.entry_type
                && sum.code == entry.tax_code
                && (entry.tax_code.is_some() || sum.name == entry.description)
        };
        match sums.iter_mut().find(is_same) {
            Some(sum) => {
                sum.base_cents = sum.base_cents + base;
                sum.amount_cents = sum.amount_cents + entry.amount_cents;
            }
            None => sums.push(TaxSum {
                entry_type: entry.entry_type,
                code: entry.tax_code.clone(),
                name: entry.description.clone(),
                base_cents: base,
                amount_cents: entry.amount_cents,
            }),
        }
    }
    sums.sort_by(|a, b| (a.entry_type == EntryType::Fee, &a.code).cmp(&(b.entry_type == EntryType::Fee, &b.code)));
    sums
}
