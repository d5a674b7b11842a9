//! The assigner's answer in the words of the trade.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    model::{Answer, Plan, Proof},
    question::{Anchor, Anchored, Question, Sleeper},
    weeks::GapScore,
};
use crate::kernel::{Day, ReservationId, RoomId, RoomTypeId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// Everybody has a room after these moves, and fewer will not do.
    Plan,
    /// There is no plan, and this is why.
    Impossible,
    /// The time was over.
    Undecided,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FitAnswer {
    pub room_type_id: RoomTypeId,
    pub outcome: Outcome,
    /// In a sentence.
    pub message: String,
    /// Who moves, and who gets a room; in any order, for all happen at once. Of an undecided answer: a plan that would do, though
    /// not proved to be the smallest.
    pub moves: Vec<FitMove>,
    /// How many of them had a room before.
    pub move_count: usize,
    /// Of an undecided answer: no plan needs fewer moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least_moves: Option<usize>,
    /// How many get a room of a better type than they have.
    pub upgrade_count: usize,
    /// When upgrades were asked for: no plan needs fewer of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least_upgrades: Option<usize>,
    /// How far the rooms of those who move are from what would be nice: 2 for another room than the one that is liked, 1 for the floor of
    /// who should be near, 2 for another floor.
    pub wish_cost: u64,
    /// No plan of as many moves costs less. Not proved when the time was over before all were seen.
    pub is_cheapest: bool,
    /// When they were asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gaps: Option<GapScore>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<FitProof>,
}

/// A stay and the room that it gets.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FitMove {
    /// Null: the stay that was asked about, which is not booked yet.
    pub reservation_id: Option<ReservationId>,
    /// As it was seen; the plan is void when it changed.
    pub version: Option<i32>,
    pub confirmation_number: Option<String>,
    pub guest_name: Option<String>,
    pub check_in_date: Day,
    pub check_out_date: Day,
    /// Null: it waited for a room.
    pub from_room_id: Option<RoomId>,
    pub from_room_number: Option<String>,
    pub to_room_id: RoomId,
    pub to_room_number: String,
    /// Of a better type than was booked and than he sleeps in. The price stays.
    pub is_upgrade: bool,
    /// The room was asked for although it is not as the stay must have it: to be said in the execution as well.
    pub overrides_wishes: bool,
}

/// These stays cannot all be given rooms beside what is fixed, whatever else is in the house. Each is needed for that, unless
/// `isSmallest` is false.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FitProof {
    /// First night.
    pub start_date: Day,
    /// The day after the last night.
    pub end_date: Day,
    pub fixed: Vec<FixedNights>,
    pub stays: Vec<StayInProof>,
    pub is_smallest: bool,
}

/// Nights of a room that cannot change.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FixedNights {
    pub room_id: RoomId,
    pub room_number: String,
    pub start_date: Day,
    pub end_date: Day,
    /// `IN_HOUSE`, `PINNED`, `SPLIT`, `NOT_OPEN`, `WANTED`, or the type of the block.
    pub why: String,
    pub reservation_id: Option<ReservationId>,
    pub guest_name: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StayInProof {
    /// Null: the stay that was asked about.
    pub reservation_id: Option<ReservationId>,
    pub guest_name: Option<String>,
    pub check_in_date: Day,
    pub check_out_date: Day,
}

/// What the numbers stand for. `upgrades`: at least so many are needed.
pub fn answered(question: &Question, answer: Answer, upgrades: usize) -> FitAnswer {
    let mut told = match answer {
        Answer::Plan(plan) => planned(question, &plan, Outcome::Plan, None),
        Answer::Undecided { at_least, found: Some(plan) } => planned(question, &plan, Outcome::Undecided, Some(at_least)),
        Answer::Undecided { at_least, found: None } => {
            let nothing = Plan::default();
            planned(question, &nothing, Outcome::Undecided, Some(at_least))
        }
        Answer::Impossible(proof) => impossible(question, &proof),
    };
    if told.outcome == Outcome::Undecided && !question.ranks.is_empty() && !told.moves.is_empty() {
        let (upgraded, moved) = (counted(told.upgrade_count, "upgrade", "upgrades"), counted(told.move_count, "move", "moves"));
        told.message = format!(
            "A plan of {upgraded} and {moved} is there; whether {upgrades} and fewer moves would do was not decided in the time given."
        );
    }
    told.at_least_upgrades = (!question.ranks.is_empty() && told.outcome != Outcome::Impossible).then_some(upgrades);
    told
}

/// A plan in the words of the trade.
pub fn planned(question: &Question, plan: &Plan, outcome: Outcome, at_least: Option<usize>) -> FitAnswer {
    let moves: Vec<FitMove> = plan.rooms.iter().map(|(guest, room)| moved(question, *guest, *room)).collect();
    let move_count = moves.iter().filter(|it| it.from_room_id.is_some()).count();
    let message = match (outcome, at_least, moves.is_empty()) {
        (Outcome::Undecided, Some(least), true) => format!("Not decided in the time given. A plan needs at least {least} moves."),
        (Outcome::Undecided, Some(least), false) => {
            format!("A plan of {move_count} moves is there; whether {least} would do was not decided in the time given.")
        }
        _ if moves.is_empty() => "Nobody waits for a room.".into(),
        _ if plan.upgrades > 0 => {
            let upgraded = counted(plan.upgrades, "stay is upgraded", "stays are upgraded");
            let moved = counted(move_count, "stay moves", "stays move");
            format!("It fits when {upgraded}{}.", if move_count == 0 { String::new() } else { format!(" and {moved}") })
        }
        _ => match move_count {
            0 => "A room is free; nobody has to move.".into(),
            1 => "It fits when one stay moves.".into(),
            n => format!("It fits when {n} stays move."),
        },
    };
    FitAnswer {
        room_type_id: question.room_type_id,
        outcome,
        message,
        moves,
        move_count,
        at_least_moves: at_least,
        upgrade_count: plan.upgrades,
        at_least_upgrades: None,
        wish_cost: plan.cost,
        is_cheapest: plan.is_cheapest,
        gaps: None,
        proof: None,
    }
}

fn moved(question: &Question, guest: usize, room: usize) -> FitMove {
    let sleeper = &question.sleepers[guest];
    let known = sleeper.reservation.as_ref();
    let from = sleeper.room.map(|room| &question.doors[room]);
    let to = &question.doors[room];
    FitMove {
        reservation_id: known.map(|it| it.id),
        version: known.map(|it| it.version),
        confirmation_number: known.map(|it| it.confirmation_number.clone()),
        guest_name: name(sleeper),
        check_in_date: sleeper.stay.from,
        check_out_date: sleeper.stay.to,
        from_room_id: from.map(|door| door.id),
        from_room_number: from.map(|door| door.number.clone()),
        to_room_id: to.id,
        to_room_number: to.number.clone(),
        is_upgrade: question.house.is_upgrade(guest, room),
        overrides_wishes: !sleeper.wish.lacks(to).is_empty(),
    }
}

fn name(sleeper: &Sleeper) -> Option<String> {
    sleeper.reservation.as_ref().map(|it| format!("{} {}", it.first_name, it.last_name).trim().to_string())
}

fn impossible(question: &Question, proof: &Proof) -> FitAnswer {
    let (start_date, end_date) = (question.day(proof.nights.from), question.day(proof.nights.to));
    let fixed: Vec<FixedNights> = proof.fixtures.iter().map(|n| fixed(question, &question.anchored[*n])).collect();
    let stay = |n: &usize| {
        let sleeper = &question.sleepers[*n];
        StayInProof {
            reservation_id: sleeper.reservation.as_ref().map(|it| it.id),
            guest_name: name(sleeper),
            check_in_date: sleeper.stay.from,
            check_out_date: sleeper.stay.to,
        }
    };
    let stays: Vec<StayInProof> = proof.guests.iter().map(stay).collect();
    let message = format!(
        "No arrangement: {} between {start_date} and {end_date} do not fit{}.",
        counted(stays.len(), "stay", "stays"),
        if fixed.is_empty() { String::new() } else { format!(" beside {}", counted(fixed.len(), "fixed one", "that are fixed")) },
    );
    let proof = FitProof { start_date, end_date, fixed, stays, is_smallest: proof.is_smallest };
    FitAnswer::impossible(question, message, proof)
}

fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// The name of what holds something in its place.
pub fn why(anchor: Anchor) -> String {
    match anchor {
        Anchor::InHouse => "IN_HOUSE".into(),
        Anchor::Pinned => "PINNED".into(),
        Anchor::Split => "SPLIT".into(),
        Anchor::NotOpen => "NOT_OPEN".into(),
        Anchor::Wanted => "WANTED".into(),
        Anchor::Block(kind) => kind.to_string(),
    }
}

fn fixed(question: &Question, it: &Anchored) -> FixedNights {
    let door = &question.doors[it.room];
    FixedNights {
        room_id: door.id,
        room_number: door.number.clone(),
        start_date: it.stay.from,
        end_date: it.stay.to,
        why: why(it.why),
        reservation_id: it.reservation.as_ref().map(|known| known.id),
        guest_name: it.reservation.as_ref().map(|known| format!("{} {}", known.first_name, known.last_name).trim().to_string()),
    }
}

impl FitAnswer {
    fn impossible(question: &Question, message: String, proof: FitProof) -> FitAnswer {
        FitAnswer {
            room_type_id: question.room_type_id,
            outcome: Outcome::Impossible,
            message,
            moves: Vec::new(),
            move_count: 0,
            at_least_moves: None,
            upgrade_count: 0,
            at_least_upgrades: None,
            wish_cost: 0,
            is_cheapest: false,
            gaps: None,
            proof: Some(proof),
        }
    }

    /// The room that is to be free has something in it that cannot move.
    pub fn blocked(question: &Question, by: &Anchored) -> FitAnswer {
        let door = &question.doors[by.room];
        let message =
            format!("Room {} cannot be free: what is there from {} to {} does not move.", door.number, by.stay.from, by.stay.to);
        let proof = FitProof {
            start_date: by.stay.from,
            end_date: by.stay.to,
            fixed: vec![fixed(question, by)],
            stays: Vec::new(),
            is_smallest: true,
        };
        FitAnswer::impossible(question, message, proof)
    }
}
