use axum::extract::State;

use super::{
    change::{find, lock, room_of, save},
    model::{RoomBlock, follow},
    policy::demand_let,
};
use crate::{
    calendar, call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Seen, Write, permission::RoomsBlock},
    kernel::{BlockId, Code, Refusal},
    op::{Change, json},
};

crate::sql! {
    DELETE_BLOCK = "delete from pms_room_blocks where tenant_id = $1 and id = $2";
}

/// Puts a room back on the market. A block that has begun ends on the business date; its days before it stay on the calendar.
#[utoipa::path(delete, path = "/room-blocks/{id}", tag = "blocks", params(("id" = BlockId, Path), ("If-Match" = String, Header, description = "The version that was seen, in quotes.")),
    responses((status = 200, description = "The block as it was last.", body = Data<RoomBlock>)))]
pub async fn remove(
    State(app): State<AppState>,
    actor: May<RoomsBlock>,
    Path(id): Path<BlockId>,
    write: Write<Seen>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let known = find(&mut op, &actor, id).await?;
    demand_let(&mut op, &actor, known.property_id, known.block_type).await?;
    let (before, property, facts) = lock(&mut op, &known, known.stay(), seen).await?;
    let today = property.business_date;
    if before.end_date <= today {
        return Err(Refusal::new(Code::InvalidStatusTransition, "The block is over; its days are history.").into());
    }
    let room = room_of(&facts, &before)?;
    let mut after = before.clone();
    if before.start_date < today {
        after.end_date = today;
        save(&mut op, &property, room, &before, &mut after, "removed")?;
    } else {
        op.write(call!(DELETE_BLOCK, op.tenant(), before.id));
        op.record(Change {
            property: Some(property.id),
            entity: "room_block",
            id: before.id.to_string(),
            verb: "removed",
            before: json(&before),
            after: serde_json::Value::Null,
        });
        follow(&mut op, &property, room, before.is_out_of_order_on(today), false, None)?;
        op.touched.room(property.id, room.id, before.stay());
    }

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}
