use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{change::FIND_BLOCK, model::RoomBlock};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Page, Path, Query, cut, data, page, page_of, permission::RoomsView},
    inventory::facts::BlockKind,
    kernel::{BlockId, Day, PropertyId, Refusal, RoomId},
};

crate::sql! {
    LIST_BLOCKS = "
        select * from pms_room_blocks
        where tenant_id = $1 and property_id = $2 and block_type <> 'RESERVATION' and ($3::text is null or room_id = $3)
          and ($4::text is null or block_type = $4) and ($5::date is null or end_date > $5) and ($6::date is null or start_date < $6)
          and ($7::date is null or (start_date, id) > ($7, $8))
        order by start_date, id limit $9";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    property_id: PropertyId,
    room_id: Option<RoomId>,
    block_type: Option<BlockKind>,
    /// Blocks that reach into the days from here on.
    from: Option<Day>,
    /// Blocks that begin before this day.
    to: Option<Day>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    cursor: Option<String>,
}

/// The blocks of a property that are no stays, by start.
#[utoipa::path(get, path = "/room-blocks", tag = "blocks", params(ListQuery),
    responses((status = 200, description = "A page of blocks.", body = Page<RoomBlock>)))]
pub async fn list(State(app): State<AppState>, actor: May<RoomsView>, Query(query): Query<ListQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let (limit, after) = page_of::<(Day, BlockId)>(query.limit, query.cursor.as_deref())?;
    let (start, id) = after.unzip();

    let call = call!(
        LIST_BLOCKS,
        actor.tenant,
        query.property_id,
        query.room_id,
        query.block_type,
        query.from,
        query.to,
        start,
        id,
        limit + 1,
    );
    let rows = app.store.read(actor.tenant, vec![call.fitted()]).await?;

    let mut blocks: Vec<RoomBlock> = rows[0].iter().map(RoomBlock::from_row).collect();
    let meta = cut(&mut blocks, limit, |b| (b.start_date, b.id));
    Ok(page(&blocks, &meta))
}

/// One block.
#[utoipa::path(get, path = "/room-blocks/{id}", tag = "blocks", params(("id" = BlockId, Path)),
    responses((status = 200, description = "The block.", body = Data<RoomBlock>)))]
pub async fn read(State(app): State<AppState>, actor: May<RoomsView>, Path(id): Path<BlockId>) -> Result<Reply> {
    let rows = app.store.read(actor.tenant, vec![call!(FIND_BLOCK, actor.tenant, id)]).await?;
    let block =
        rows[0].first().map(RoomBlock::from_row).filter(|b| b.reservation_id.is_none() && actor.sees(b.property_id).is_ok());
    let block = block.ok_or_else(|| Refusal::not_found("block"))?;
    Ok(Reply { version: Some(block.version), ..data(&block) })
}
