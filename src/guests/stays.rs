use axum::extract::State;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use super::model::{found, get};
use crate::{
    call,
    db::Result,
    http::{AppState, May, Path, Query, cut, page_of, permission::GuestsView},
    kernel::{Cents, Day, GuestId, Refusal, ReservationId},
};

crate::sql! {
    STAYS_OF_GUEST = "
        select r.id, r.confirmation_number, r.status, r.check_in_date, r.check_out_date, r.total_cents, r.currency,
          m.room_number, t.code as room_type_code
        from pms_guests g
          join pms_reservations r on r.tenant_id = g.tenant_id and r.property_id = g.property_id and r.guest_id = g.id
          join pms_room_types t on t.tenant_id = r.tenant_id and t.id = r.room_type_id
          left join pms_rooms m on m.tenant_id = r.tenant_id and m.id = r.room_id
        where g.tenant_id = $1 and g.id = $2 and ($3::date is null or (r.check_in_date, r.id) < ($3, $4))
        order by r.check_in_date desc, r.id desc limit $5";
    TOTALS_OF_GUEST = "
        select count(*) as stays, coalesce(sum(r.check_out_date - r.check_in_date), 0)::bigint as nights,
          coalesce(sum(r.total_cents), 0)::bigint as revenue_cents
        from pms_guests g
          join pms_reservations r on r.tenant_id = g.tenant_id and r.property_id = g.property_id and r.guest_id = g.id
        where g.tenant_id = $1 and g.id = $2 and r.status = 'CHECKED_OUT'";
}

/// One reservation in a guest's history.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuestStay {
    pub reservation_id: ReservationId,
    pub confirmation_number: String,
    /// HOLD, CONFIRMED, CHECKED_IN, CHECKED_OUT, CANCELLED or NO_SHOW.
    pub status: String,
    pub check_in_date: Day,
    pub check_out_date: Day,
    pub nights: i32,
    /// Null until a room is assigned.
    pub room_number: Option<String>,
    pub room_type_code: String,
    pub total_cents: Cents,
    pub currency: String,
}

/// The stays that were lived through to the check-out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StayTotals {
    pub stays: i64,
    pub nights: i64,
    pub revenue_cents: Cents,
}

/// A guest's reservations, newest arrival first.
#[derive(Serialize, ToSchema)]
pub struct StaysPage {
    pub data: Vec<GuestStay>,
    pub meta: StaysMeta,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaysMeta {
    /// Give it as `cursor` to get the rows that follow; null on the last page.
    pub cursor: Option<String>,
    pub has_more: bool,
    pub totals: StayTotals,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StaysQuery {
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    cursor: Option<String>,
}

/// The history of a guest: past, present and future reservations, newest arrival first.
#[utoipa::path(get, path = "/guests/{id}/stays", tag = "guests", params(("id" = GuestId, Path), StaysQuery),
    responses((status = 200, description = "A page of reservations, with totals over all stays that ended.", body = StaysPage)))]
pub async fn stays(
    State(app): State<AppState>,
    actor: May<GuestsView>,
    Path(id): Path<GuestId>,
    Query(query): Query<StaysQuery>,
) -> Result<axum::Json<StaysPage>> {
    let (limit, after) = page_of::<(Day, ReservationId)>(query.limit, query.cursor.as_deref())?;
    let (day, reservation) = after.unzip();

    let page = call!(STAYS_OF_GUEST, actor.tenant, id, day, reservation, limit + 1).fitted();
    let calls = vec![get(actor.tenant, id), page, call!(TOTALS_OF_GUEST, actor.tenant, id)];
    let rows = app.store.read(actor.tenant, calls).await?;

    let guest = found(&rows[0])?;
    actor.sees(guest.property_id).map_err(|_| Refusal::not_found("guest"))?;
    let mut data: Vec<GuestStay> = rows[1].iter().map(stay_of).collect();
    let meta = cut(&mut data, limit, |s| (s.check_in_date, s.reservation_id));
    let totals = &rows[2][0];
    let totals =
        StayTotals { stays: totals.get("stays"), nights: totals.get("nights"), revenue_cents: totals.get("revenue_cents") };
    Ok(axum::Json(StaysPage { data, meta: StaysMeta { cursor: meta.cursor, has_more: meta.has_more, totals } }))
}

fn stay_of(row: &Row) -> GuestStay {
    let (check_in_date, check_out_date): (Day, Day) = (row.get("check_in_date"), row.get("check_out_date"));
    GuestStay {
        reservation_id: row.get("id"),
        confirmation_number: row.get("confirmation_number"),
        status: row.get("status"),
        check_in_date,
        check_out_date,
        nights: check_in_date.days_until(check_out_date),
        room_number: row.get("room_number"),
        room_type_code: row.get("room_type_code"),
        total_cents: row.get("total_cents"),
        currency: row.get("currency"),
    }
}
