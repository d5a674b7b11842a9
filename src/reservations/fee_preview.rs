use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    fees::{ClosingFee, assess},
    model::Status,
    night_rows::NIGHTS_OF,
    rules,
    store::{PIECES_OF, PROPERTY_OF, READ_RESERVATION, TAX_RULES_OF, assemble},
};
use crate::{
    call,
    db::{Reply, Result},
    folios::BALANCE_OF,
    http::{AppState, Data, May, Path, data, permission::ReservationsView},
    kernel::{Cents, Refusal, ReservationId},
    policies::PolicyKind,
    properties,
    taxes::TaxRule,
};

/// What it would cost to give a reservation up now.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeePreview {
    pub currency: String,
    /// What is owed on the folios of the stay before it; below zero is what was paid ahead.
    pub balance_cents: Cents,
    /// Null: it cannot be cancelled any more.
    pub cancellation: Option<GivenUp>,
    /// Null: it cannot become a no-show.
    pub no_show: Option<GivenUp>,
}

/// A way to give it up.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GivenUp {
    /// Null: no policy asks for anything.
    pub fee: Option<ClosingFee>,
    /// What is charged.
    pub total_cents: Cents,
    /// What of it is taken of what was paid ahead.
    pub kept_cents: Cents,
    /// What the guest still owes then.
    pub owed_cents: Cents,
    /// What is left of what was paid ahead, to be given back.
    pub refundable_cents: Cents,
}

impl GivenUp {
    fn of(fee: Option<ClosingFee>, balance: Cents) -> GivenUp {
        let total = fee.as_ref().map_or(Cents(0), |fee| fee.total_cents);
        let paid_ahead = (Cents(0) - balance).max(Cents(0));
        GivenUp {
            fee,
            total_cents: total,
            kept_cents: total.min(paid_ahead),
            owed_cents: (balance + total).max(Cents(0)),
            refundable_cents: (Cents(0) - balance - total).max(Cents(0)),
        }
    }
}

/// Tells what a cancellation and a no-show would cost now: the fee, the rule and the deadline that make it. Nothing is written.
#[utoipa::path(get, path = "/reservations/{id}/fee-preview", tag = "reservations", params(("id" = ReservationId, Path)),
    responses((status = 200, description = "The fees.", body = Data<FeePreview>)))]
pub async fn fee_preview(
    State(app): State<AppState>,
    actor: May<ReservationsView>,
    Path(id): Path<ReservationId>,
) -> Result<Reply> {
    let calls = vec![
        call!(READ_RESERVATION, actor.tenant, id),
        call!(NIGHTS_OF, actor.tenant, vec![id]),
        call!(PIECES_OF, actor.tenant, vec![id]),
        call!(TAX_RULES_OF, actor.tenant, id),
        call!(PROPERTY_OF, actor.tenant, id),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;
    let row = rows[0].first().ok_or_else(|| Refusal::not_found("reservation"))?;
    let mut booking = assemble(row, &rows[1], &rows[2]);
    let property = properties::model::found(&rows[4])?;
    actor.sees(property.id).map_err(|_| Refusal::not_found("reservation"))?;
    booking.tax_rules = rows[3].iter().map(TaxRule::from_row).collect();
    let balance = app.store.read(actor.tenant, vec![call!(BALANCE_OF, actor.tenant, property.id, id)]).await?;
    let balance: Cents = balance[0][0].get(0);

    let r = &booking.reservation;
    let now = app.store.clock.now();
    let way = |to: Status, kind: PolicyKind| {
        let fee = || assess(&booking, kind, &property, now);
        rules::transition(r, to).is_ok().then(|| GivenUp::of(fee(), balance))
    };
    Ok(data(&FeePreview {
        currency: r.currency.clone(),
        balance_cents: balance,
        cancellation: way(Status::Cancelled, PolicyKind::Cancellation),
        no_show: way(Status::NoShow, PolicyKind::NoShow),
    }))
}
