//! Who may take which rooms off the market.

use crate::{
    call,
    db::Result,
    http::{
        Actor,
        permission::{CalendarMove, Permission},
    },
    inventory::facts::BlockKind,
    kernel::{Code, PropertyId, Refusal},
    op::Op,
};

crate::sql! {
    /// A setting of housekeeping; unset, it is off.
    HOUSEKEEPING_MAY_BLOCK = "
        select 1 from pms_housekeeping_settings where tenant_id = $1 and property_id = $2 and may_block_rooms";
}

/// Who moves stays may set any block. Housekeeping may take rooms out of order where the property lets it.
///
/// Errors: AUTHORIZATION_DENIED.
pub(super) async fn demand_let(op: &mut Op, actor: &Actor, property: PropertyId, kind: BlockKind) -> Result<()> {
    if actor.may::<CalendarMove>() {
        return Ok(());
    }
    let is_let = kind.is_out_of_order() && !op.query(call!(HOUSEKEEPING_MAY_BLOCK, op.tenant(), property)).await?.is_empty();
    if is_let {
        return Ok(());
    }
    let message = format!("This needs the permission {}, or that the property lets housekeeping do it.", CalendarMove::NAME);
    Err(Refusal::new(Code::AuthorizationDenied, message).into())
}
