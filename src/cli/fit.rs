//! `pms fit`.

use std::process::ExitCode;

use super::{ConfigFile, owner_store, tenant_of};
use crate::{
    calendar,
    config::{Flags, Owner},
    fit::{
        answer::{FitAnswer, Outcome},
        execute::{FitExecution, PlannedMove, execute_in},
        oversold::OversoldType,
        preview::{ArrivalsOn, FitQuestion, FreeRoom, MakeRoom, answers},
        weeks::TidyWeeks,
    },
    kernel::{Day, PropertyId, ReservationId, RoomId, RoomTypeId},
    op::{Op, Who},
};

pub const EXAMPLES: &str = "\
Examples:
  pms fit make-room --tenant lakeside --property 01J9ZK3T5V8M2Q4R6X7Y9ABCDE --reservation 01JA…
  pms fit free-room --tenant lakeside --property 01J9ZK3T5V8M2Q4R6X7Y9ABCDE --room 01JB… --from 2027-02-10 --to 2027-02-16
  pms fit arrivals  --tenant lakeside --property 01J9ZK3T5V8M2Q4R6X7Y9ABCDE --date 2027-02-10 --execute
  pms fit upgrade   --tenant lakeside --property 01J9ZK3T5V8M2Q4R6X7Y9ABCDE --room-type 01JC… --from 2027-02-10 --to 2027-02-12
  pms fit tidy      --tenant lakeside --property 01J9ZK3T5V8M2Q4R6X7Y9ABCDE --room-type 01JC… --weeks 4 --moves 3

Prints the plan of fewest moves, or what makes it impossible; changes nothing without --execute, and with it all or
nothing. Ends with 1 when there is no plan.";

#[derive(clap::Args, Debug)]
struct Common {
    /// The tenant, by its slug or id
    #[arg(long)]
    tenant: String,
    #[arg(long, value_name = "ID")]
    property: PropertyId,
    /// Move everybody as the plan says
    #[arg(long)]
    execute: bool,
    /// Print the answers as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Flags<Owner>,
}

/// Find a room for a stay that waits for one
#[derive(clap::Args, Debug)]
pub struct MakeRoomArgs {
    #[command(flatten)]
    common: Common,
    #[arg(long, value_name = "ID")]
    reservation: ReservationId,
    /// Only this room will do
    #[arg(long, value_name = "ID")]
    room: Option<RoomId>,
    /// Only rooms with this will do; may be repeated
    #[arg(long, value_name = "NAME")]
    feature: Vec<String>,
}

/// Empty a room, before it goes out of order for instance
#[derive(clap::Args, Debug)]
pub struct FreeRoomArgs {
    #[command(flatten)]
    common: Common,
    #[arg(long, value_name = "ID")]
    room: RoomId,
    /// First night
    #[arg(long, value_name = "DATE")]
    from: Day,
    /// The day after the last night
    #[arg(long, value_name = "DATE")]
    to: Day,
}

/// Give rooms to all who arrive on a day and have none
#[derive(clap::Args, Debug)]
pub struct ArrivalsArgs {
    #[command(flatten)]
    common: Common,
    #[arg(long, value_name = "DATE")]
    date: Day,
}

/// Give rooms to all who wait for one of an oversold type, some of them of a better type
#[derive(clap::Args, Debug)]
pub struct UpgradeArgs {
    #[command(flatten)]
    common: Common,
    #[arg(long, value_name = "ID")]
    room_type: RoomTypeId,
    /// First night
    #[arg(long, value_name = "DATE")]
    from: Day,
    /// The day after the last night
    #[arg(long, value_name = "DATE")]
    to: Day,
}

/// Free the longest gaps of the weeks to come by a few moves
#[derive(clap::Args, Debug)]
pub struct TidyArgs {
    #[command(flatten)]
    common: Common,
    #[arg(long, value_name = "ID")]
    room_type: RoomTypeId,
    /// So many from the business date on, at most 26
    #[arg(long, value_name = "N", default_value_t = 4)]
    weeks: u32,
    /// At most so many stays move, up to 20
    #[arg(long, value_name = "N", default_value_t = 3)]
    moves: u32,
}

pub async fn make_room(args: MakeRoomArgs, file: ConfigFile) -> anyhow::Result<ExitCode> {
    let asked = MakeRoom {
        reservation_id: Some(args.reservation),
        room_type_id: None,
        check_in_date: None,
        check_out_date: None,
        room_id: args.room,
        floor: None,
        features: args.feature,
        override_wishes: false,
    };
    run(args.common, file, FitQuestion { make_room: Some(asked), ..FitQuestion::default() }).await
}

pub async fn free_room(args: FreeRoomArgs, file: ConfigFile) -> anyhow::Result<ExitCode> {
    let asked = FreeRoom { room_id: args.room, start_date: args.from, end_date: args.to };
    run(args.common, file, FitQuestion { free_room: Some(asked), ..FitQuestion::default() }).await
}

pub async fn arrivals(args: ArrivalsArgs, file: ConfigFile) -> anyhow::Result<ExitCode> {
    let asked = ArrivalsOn { date: args.date, room_type_id: None };
    run(args.common, file, FitQuestion { arrivals: Some(asked), ..FitQuestion::default() }).await
}

pub async fn upgrade(args: UpgradeArgs, file: ConfigFile) -> anyhow::Result<ExitCode> {
    let asked = OversoldType { room_type_id: args.room_type, start_date: args.from, end_date: args.to };
    run(args.common, file, FitQuestion { upgrade: Some(asked), ..FitQuestion::default() }).await
}

pub async fn tidy(args: TidyArgs, file: ConfigFile) -> anyhow::Result<ExitCode> {
    let asked = TidyWeeks { room_type_id: args.room_type, weeks: args.weeks, moves: args.moves };
    run(args.common, file, FitQuestion { tidy: Some(asked), ..FitQuestion::default() }).await
}

async fn run(args: Common, file: ConfigFile, asked: FitQuestion) -> anyhow::Result<ExitCode> {
    let store = owner_store(&args.settings, file).await?;
    let tenant = tenant_of(&store, &args.tenant).await?;
    let answers = answers(&store, tenant, args.property, asked).await?;
    if args.json {
        println!("{}", serde_json::to_string_pretty(&answers)?);
    } else {
        answers.iter().for_each(tell);
    }
    let has_plans = answers.iter().all(|answer| answer.outcome == Outcome::Plan);
    let moves: Vec<PlannedMove> = answers.iter().flat_map(planned).collect();
    if args.execute && has_plans && !moves.is_empty() {
        let who = Who { tenant, actor: "system".into(), correlation: "pms-fit".into() };
        let mut op = Op::begin(&store, who, None).await?;
        let executed = execute_in(&mut op, None, args.property, FitExecution { moves, block: None }).await?;
        calendar::settle(&mut op).await?;
        op.finish().await?;
        if !args.json {
            println!("done: {} stays", executed.bookings.len());
        }
    }
    Ok(if has_plans { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn planned(answer: &FitAnswer) -> Vec<PlannedMove> {
    let to = |it: &crate::fit::answer::FitMove| {
        Some(PlannedMove {
            reservation_id: it.reservation_id?,
            version: it.version?,
            room_id: Some(it.to_room_id),
            override_wishes: it.overrides_wishes,
        })
    };
    answer.moves.iter().filter_map(to).collect()
}

fn tell(answer: &FitAnswer) {
    println!("{}", answer.message);
    for it in answer.gaps.iter().filter(|it| !it.is_best) {
        println!("  not proved to be the best: at most {} can be had", it.at_most);
    }
    for it in &answer.moves {
        let (name, number) =
            (it.guest_name.as_deref().unwrap_or_default(), it.confirmation_number.as_deref().unwrap_or_default());
        let from = it.from_room_number.as_ref().map_or("waits".to_string(), |room| format!("from {room}"));
        println!(
            "  {name}, {number}, {} to {}: {from}, gets {}{}",
            it.check_in_date,
            it.check_out_date,
            it.to_room_number,
            if it.is_upgrade { ", an upgrade" } else { "" }
        );
    }
    for it in answer.proof.iter().flat_map(|proof| &proof.fixed) {
        let name = it.guest_name.as_deref().unwrap_or_default();
        println!("  fixed: room {}, {} to {}, {} {name}", it.room_number, it.start_date, it.end_date, it.why);
    }
    for it in answer.proof.iter().flat_map(|proof| &proof.stays) {
        println!(
            "  stay: {}, {} to {}",
            it.guest_name.as_deref().unwrap_or("the one asked for"),
            it.check_in_date,
            it.check_out_date
        );
    }
}
