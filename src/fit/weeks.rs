//! The coming weeks of a type, made tidy: a few moves free the longest gaps.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    answer::{FitAnswer, Outcome, planned},
    model::Patience,
    preview,
    question::Question,
    tidy::{Tidied, gaps, tidy},
};
use crate::{
    db::Result,
    kernel::{Faults, Refusal, RoomTypeId, TenantId},
    op::Store,
    properties::Property,
};

const MOST_WEEKS: u32 = 26;
const MOST_MOVES: u32 = 20;

/// The weeks to come in which the rooms of a type are to have the longest gaps.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TidyWeeks {
    pub room_type_id: RoomTypeId,
    /// So many from the business date on.
    #[schema(minimum = 1, maximum = 26)]
    pub weeks: u32,
    /// At most so many stays move.
    #[schema(minimum = 1, maximum = 20)]
    pub moves: u32,
}

/// How long the gaps are: the sum of the squares of their nights.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GapScore {
    pub before: u64,
    pub after: u64,
    /// No plan of so many moves makes it more.
    pub at_most: u64,
    /// All plans were seen. `false`: the time was over, and this is the best that was found.
    pub is_best: bool,
    /// The gaps as they are, and as the plan leaves them.
    pub now: Gaps,
    pub then: Gaps,
}

/// How many gaps there are: the same free nights in fewer gaps are longer gaps.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Gaps {
    pub count: u64,
    /// The nights of the longest; 0 where nothing is free.
    pub longest: u64,
}

impl Gaps {
    fn of(gaps: &[u64]) -> Gaps {
        Gaps { count: gaps.len() as u64, longest: gaps.iter().copied().max().unwrap_or(0) }
    }
}

/// What is asked of a question that is to be tidied.
#[derive(Clone, Copy, Debug)]
pub struct Tidying {
    until: usize,
    moves: usize,
}

/// Everything in the rooms of the type; nobody asks for one.
pub async fn question(store: &Store, tenant: TenantId, property: &Property, asked: TidyWeeks) -> Result<Question> {
    let mut faults = Faults::default();
    faults.range("tidy.weeks", asked.weeks, 1, MOST_WEEKS);
    faults.range("tidy.moves", asked.moves, 1, MOST_MOVES);
    faults.finish()?;
    let until = asked.weeks as usize * 7;
    let last = property.business_date.plus(until as i32);
    let types = (asked.room_type_id, vec![asked.room_type_id]);
    let mut question = preview::read(store, tenant, property, types, last).await?;
    if question.doors.is_empty() {
        return Err(Refusal::invalid("tidy.roomTypeId", "has no room in this property that is in use").into());
    }
    question.tidying = Some(Tidying { until, moves: asked.moves as usize });
    Ok(question)
}

/// Searches, and says it in the words of the trade.
pub fn answer(question: &Question, tidying: Tidying, patience: &mut Patience) -> FitAnswer {
    let Tidied { plan, before, after, at_most, is_best } = tidy(&question.house, tidying.until, tidying.moves, patience);
    let outcome = if is_best { Outcome::Plan } else { Outcome::Undecided };
    let house = &question.house;
    let mut rooms: Vec<usize> = house.guests.iter().map(|guest| guest.room.unwrap_or(0)).collect();
    let now = Gaps::of(&gaps(house, &rooms, tidying.until));
    plan.rooms.iter().for_each(|(guest, room)| rooms[*guest] = *room);
    let then = Gaps::of(&gaps(house, &rooms, tidying.until));
    let mut answer = planned(question, &plan, outcome, None);
    answer.message = match (plan.moves, is_best) {
        (0, true) => "The gaps are as long as so many moves can make them.".into(),
        (0, false) => "No better arrangement was found in the time given.".into(),
        (moves, _) => {
            let moved = if moves == 1 { "1 stay moves".to_string() } else { format!("{moves} stays move") };
            let so_far = if is_best { "" } else { ", the best that was found in the time given" };
            let longest = format!("the longest {} nights instead of {}", then.longest, now.longest);
            let longer = format!("{} instead of {}, {longest}", then.count, now.count);
            format!("The gaps are longer when {moved}: {longer}{so_far}.")
        }
    };
    answer.gaps = Some(GapScore { before, after, at_most, is_best, now, then });
    answer
}
