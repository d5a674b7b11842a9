use axum::extract::State;

use super::{
    model::{RoomBlock, RoomBlockChange, check_dates, decide, follow},
    policy::demand_let,
};
use crate::{
    calendar, call,
    db::{Reply, Result},
    http::{Actor, AppState, Data, May, Path, Write, permission::RoomsBlock},
    inventory::{Facts, Wanted},
    kernel::{BlockId, Code, Day, Faults, Refusal, Stay, patch::set},
    op::{Change, Op},
    properties::{self, Property},
    rooms::model::Room,
};

crate::sql! {
    FIND_BLOCK = "select * from pms_room_blocks where tenant_id = $1 and id = $2";
    UPDATE_BLOCK = "
        update pms_room_blocks set start_date = $3, end_date = $4, reason = $5, version = $6, updated_at = $7, updated_by = $8
        where tenant_id = $1 and id = $2";
}

/// Changes the dates or the reason of a block. Days before the business date stay as they were.
#[utoipa::path(patch, path = "/room-blocks/{id}", tag = "blocks", params(("id" = BlockId, Path)), request_body = RoomBlockChange,
    responses((status = 200, description = "The block as it is now.", body = Data<RoomBlock>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<RoomsBlock>,
    Path(id): Path<BlockId>,
    write: Write<RoomBlockChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;
    let change = write.body;
    let mut faults = Faults::default();
    faults.optional_text("reason", change.reason.as_ref().and_then(|r| r.as_deref()), 1000);
    faults.finish()?;

    let mut op = app.begin(&actor, write.key).await?;
    let known = find(&mut op, &actor, id).await?;
    demand_let(&mut op, &actor, known.property_id, known.block_type).await?;
    let (start, end) = (change.start_date.unwrap_or(known.start_date), change.end_date.unwrap_or(known.end_date));
    let stay = check_dates(start, end)?;
    let window = Stay { from: stay.from.min(known.start_date), to: stay.to.max(known.end_date) };
    let (before, property, facts) = lock(&mut op, &known, window, seen).await?;
    let today = property.business_date;
    if stay.from != before.start_date && stay.from.min(before.start_date) < today {
        return Err(
            Refusal::invalid("startDate", format!("must stay: what was before the business date, {today}, is history")).into()
        );
    }
    if stay.to != before.end_date && stay.to.min(before.end_date) < today {
        return Err(Refusal::invalid("endDate", format!("must not be before the business date, {today}")).into());
    }
    let room = room_of(&facts, &before)?;
    let own: Vec<Day> = before.stay().days().collect();
    decide(&facts, Some(before.id), room, &own, stay)?;

    let mut after = RoomBlock { start_date: stay.from, end_date: stay.to, ..before.clone() };
    set(&mut after.reason, change.reason);
    save(&mut op, &property, room, &before, &mut after, "changed")?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// The block as it is before its room is locked: to know which room that is.
pub(super) async fn find(op: &mut Op, actor: &Actor, id: BlockId) -> Result<RoomBlock> {
    let rows = op.query(call!(FIND_BLOCK, op.tenant(), id)).await?;
    let block = rows.first().map(RoomBlock::from_row).filter(|b| b.reservation_id.is_none());
    let block = block.ok_or_else(|| Refusal::not_found("block"))?;
    actor.sees(block.property_id).map_err(|_| Refusal::not_found("block"))?;
    Ok(block)
}

/// Locks the type and the room, then reads the block again.
///
/// Errors: CONCURRENCY_CONFLICT when it is gone or not as the client saw it.
pub(super) async fn lock(op: &mut Op, known: &RoomBlock, window: Stay, seen: i32) -> Result<(RoomBlock, Property, Facts)> {
    let wanted = Wanted { property: known.property_id, rooms: vec![known.room_id], types: Vec::new(), window };
    let [types, rooms, taken, counts] = Facts::calls(op, &wanted);
    let calls = [
        properties::model::hold_day(op.tenant(), known.property_id),
        types,
        rooms,
        taken,
        counts,
        call!(FIND_BLOCK, op.tenant(), known.id),
        properties::model::get(op.tenant(), known.property_id),
    ];
    let [_, types, rooms, taken, counts, block, property] = op.run(calls).await?;
    let Some(block) = block.first().map(RoomBlock::from_row) else {
        return Err(Refusal::new(Code::ConcurrencyConflict, "The block was removed by someone else meanwhile.").into());
    };
    if block.version != seen {
        return Err(Refusal::stale("block", &block).into());
    }
    Ok((block, properties::model::found(&property)?, Facts::from_rows(&wanted, &[types, rooms, taken, counts])))
}

pub(super) fn room_of<'a>(facts: &'a Facts, block: &RoomBlock) -> Result<&'a Room, Refusal> {
    facts.room(block.room_id).ok_or_else(|| Refusal::not_found("room"))
}

pub(super) fn save(
    op: &mut Op,
    property: &Property,
    room: &Room,
    before: &RoomBlock,
    after: &mut RoomBlock,
    verb: &'static str,
) -> Result<()> {
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_BLOCK,
        op.tenant(),
        after.id,
        after.start_date,
        after.end_date,
        after.reason.clone(),
        after.version,
        op.now,
        op.actor(),
    ));
    op.record(Change::changed(property.id, "room_block", after.id, verb, before, after));
    let today = property.business_date;
    follow(op, property, room, before.is_out_of_order_on(today), after.is_out_of_order_on(today), after.reason.clone())?;
    op.touched.room(property.id, room.id, before.stay());
    op.touched.room(property.id, room.id, after.stay());
    Ok(())
}
