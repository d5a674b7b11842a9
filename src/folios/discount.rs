use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    ledger::{self, Line},
    model::{Entry, EntryType, Statement},
    read::entries_of,
    void::{demand_standing, with_taxes},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::FolioPostCharges},
    kernel::{Cents, Day, EntryId, Faults, FolioId, Refusal},
    taxes::{
        TaxRule,
        model::{Percent, TaxKind},
    },
};

crate::sql! {
    /// Also those that no longer count: what is discounted was charged by the rules of its own day.
    TAX_RULES_EVER = "
        select *, (percent * 1000000)::bigint as percent_micros from pms_tax_rules
        where tenant_id = $1 and property_id = $2 order by is_active desc, id desc";
}

/// So much of some charges less.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Discount {
    /// 1 to 500 charges of this folio that stand.
    #[schema(min_items = 1, max_items = 500)]
    pub entry_ids: Vec<EntryId>,
    #[schema(value_type = String, example = "33.33")]
    pub percent: Percent,
    #[schema(min_length = 1, max_length = 200, example = "Apology for the noise")]
    pub description: String,
}

/// Takes a percentage off charges and off those of their taxes that are a percentage themselves; a city tax per night stays what it is.
/// Each charge and each tax is discounted by a line of its own, rounded once, half up.
#[utoipa::path(post, path = "/folios/{id}/discounts", tag = "folios", params(("id" = FolioId, Path)), request_body = Discount,
    responses((status = 201, description = "The folio with the new entries.", body = Data<Statement>)))]
pub async fn discount(
    State(app): State<AppState>,
    actor: May<FolioPostCharges>,
    Path(id): Path<FolioId>,
    write: Write<Discount>,
) -> Result<Reply> {
    let mut new = write.body;
    let named = new.entry_ids.len();
    new.entry_ids.sort();
    new.entry_ids.dedup();
    let mut faults = Faults::default();
    faults.range("entryIds", named, 1, 500);
    if new.entry_ids.len() < named {
        faults.add("entryIds", "must name each entry once");
    }
    if new.percent.micros() == 0 {
        faults.add("percent", "must be above zero");
    }
    faults.text("description", &new.description, 1, 200);
    faults.finish()?;

    let mut op = app.begin(&actor, write.key).await?;
    let ([folio], property) = ledger::lock(&mut op, &actor, [id]).await?;
    ledger::demand_chargeable(&folio)?;
    let [entries, rules] = op.run([entries_of(op.tenant(), id), call!(TAX_RULES_EVER, op.tenant(), property.id)]).await?;
    let (entries, rules) = (ledger::entries(&entries), rules.iter().map(TaxRule::from_row).collect::<Vec<_>>());
    let lines = lines_of(&entries, &rules, &new, property.business_date)?;
    let (folio, entries) = ledger::post(&mut op, vec![(folio, lines)], "discounted").remove(0);
    op.commit(201, &Statement { folio, entries }).await
}

fn lines_of(entries: &[Entry], rules: &[TaxRule], new: &Discount, on: Day) -> Result<Vec<Line>, Refusal> {
    let less = |amount: Cents| Cents(0) - new.percent.of(amount);
    let mut lines = Vec::new();
    for id in &new.entry_ids {
        let entry = demand_standing(entries, *id)?;
        let is_charge = matches!(entry.entry_type, EntryType::RoomCharge | EntryType::Adjustment | EntryType::Fee);
        if !is_charge || entry.parent_entry_id.is_some() || entry.amount_cents <= Cents(0) {
            return Err(Refusal::invalid("entryIds", "must be charges above zero, without their taxes"));
        }
        if less(entry.amount_cents) == Cents(0) {
            continue;
        }
        let first = lines.len();
        lines.push(Line {
            reservation_id: entry.reservation_id,
            ..Line::new(EntryType::Adjustment, new.description.trim(), less(entry.amount_cents), on)
        });
        let taxes = with_taxes(entries, entry).into_iter().skip(1);
        for tax in taxes.filter(|tax| is_share(rules, tax) && less(tax.amount_cents) != Cents(0)) {
            lines.push(Line {
                reservation_id: entry.reservation_id,
                parent_back: Some(lines.len() - first),
                tax_code: tax.tax_code.clone(),
                ..Line::new(tax.entry_type, tax.description.clone(), less(tax.amount_cents), on)
            });
        }
    }
    if lines.is_empty() {
        return Err(Refusal::invalid("percent", "is less than the smallest coin of each charge"));
    }
    Ok(lines)
}

/// Whether a tax was a percentage of its charge: the rule of its code on its day says so.
fn is_share(rules: &[TaxRule], tax: &Entry) -> bool {
    let day = tax.business_date;
    let counts = |rule: &&TaxRule| rule.valid_from.is_none_or(|from| from <= day) && rule.valid_to.is_none_or(|to| day < to);
    let of_code = || rules.iter().filter(|rule| tax.tax_code.as_ref() == Some(&rule.code));
    let rule = of_code().find(counts).or_else(|| of_code().next());
    rule.is_some_and(|rule| rule.kind == TaxKind::Percent)
}
