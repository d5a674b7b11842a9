//! Calendars one can see: set up, changed and compared as drawings. See [`notation`].

mod in_house;
mod kept;
mod notation;
mod play;

use play::play;

#[tokio::test]
async fn a_bar_is_moved_to_where_nobody_is() {
    play(
        "from 2027-02-01
         101 |AAA.BB.
         102 |..CCCC.
         103 |.......
         201 |.......
         move A -> 102 @2        ROOM_ALREADY_BOOKED (C 2–6)
         move C -> 101 @2        ROOM_ALREADY_BOOKED (A 0–3, B 4–6)
         move A -> 103 @0        ok
         move B -> 102 @0        ok
         move C -> 102 @1        ROOM_ALREADY_BOOKED (B 0–2)
         move C @3               ok
         101 |.......
         102 |BB.CCCC
         103 |AAA....
         201 |.......
         stale move A -> 101     CONCURRENCY_CONFLICT
         move A -> 103 @-1       VALIDATION_ERROR (checkInDate)
         move A @2000            VALIDATION_ERROR (checkInDate)
         move A -> 103 @1        ok
         move B -> 201           ok
         101 |.......
         102 |...CCCC
         103 |.AAA...
         201 |BB.....",
    )
    .await;
}

#[tokio::test]
async fn an_edge_is_dragged_as_far_as_the_next_bar() {
    play(
        "from 2027-02-01
         101 |.AA.BB.
         resize A right @4         ok
         resize A right @5         ROOM_ALREADY_BOOKED (B 4–6)
         resize B left @3          ROOM_ALREADY_BOOKED (A 1–4)
         resize A left @0          ok
         101 |AAAABB.
         resize A left @4          VALIDATION_ERROR (checkInDate)
         resize A right @0         VALIDATION_ERROR (checkOutDate)
         resize A right @-3        VALIDATION_ERROR (checkOutDate)
         resize A left @-1         VALIDATION_ERROR (checkInDate)
         resize A right @800       VALIDATION_ERROR (checkOutDate)
         stale resize A right @1   CONCURRENCY_CONFLICT
         101 |AAAABB.
         resize A right @1         ok
         resize B left @5          ok
         101 |A....B.",
    )
    .await;
}

#[tokio::test]
async fn a_stay_is_split_and_joined() {
    play(
        "from 2027-02-01
         101 |AAAA...
         102 |..BB...
         103 |.......
         104 |.......
         split A @2 -> 102         ROOM_ALREADY_BOOKED (B 2–4)
         split A @0 -> 103         VALIDATION_ERROR (date)
         split A @4 -> 103         VALIDATION_ERROR (date)
         stale split A @2 -> 103   CONCURRENCY_CONFLICT
         split A @2 -> 103         ok
         101 |AA.....
         102 |..BB...
         103 |..AA...
         104 |.......
         move A.2 -> 103 @3        VALIDATION_ERROR (to.checkInDate)
         move A.2 -> 102           ROOM_ALREADY_BOOKED (B 2–4)
         move A.2 -> 101           ok
         split A @1 -> 103         ok
         split A @3 -> 104         ok
         101 |A......
         102 |..BB...
         103 |.AA....
         104 |...A...
         swap A B                  RESERVATION_NOT_MOVABLE
         resize A right @6         ok
         resize A left @1          ok
         move A @2                 ok
         101 |.......
         102 |..BB...
         103 |..AA...
         104 |....AAA
         change-room A -> 101      ok
         101 |..AAAAA
         102 |..BB...
         103 |.......
         104 |.......",
    )
    .await;
}

#[tokio::test]
async fn two_stays_swap_rooms_or_neither_does() {
    play(
        "from 2027-02-01
         101 |AA..CC.
         102 |.BBB...
         103 |.....DD
         swap A B                ok
         101 |.BBBCC.
         102 |AA.....
         103 |.....DD
         swap A C                ROOM_ALREADY_BOOKED (B 1–4)
         stale swap A B          CONCURRENCY_CONFLICT
         swap C D                ok
         unassign A              ok
         swap A B                RESERVATION_NOT_MOVABLE
         101 |.BBB.DD
         102 |.......
         103 |....CC.
         STD |AA.....",
    )
    .await;
}

#[tokio::test]
async fn stays_wait_in_the_lane_of_their_type() {
    play(
        "from 2027-02-01
         101 |AA.....
         102 |..##...
         103 |BBBBBBB
         104 |CCCCCCC
         105 |DDDDDDD
         STD |.EEF...
         assign E                NO_AVAILABILITY
         assign E -> 101         ROOM_ALREADY_BOOKED (A 0–2)
         assign E -> 102         ROOM_OUT_OF_ORDER (# 2–4)
         book G STD @0–4         NO_AVAILABILITY (@1, @2, @3)
         assign F                ok
         unassign A              ok
         stale assign E          CONCURRENCY_CONFLICT
         assign E                ok
         101 |.EEF...
         102 |..##...
         103 |BBBBBBB
         104 |CCCCCCC
         105 |DDDDDDD
         STD |AA.....
         move A @1               NO_AVAILABILITY (@2)
         move A @4               ok
         resize A right @7       ok
         move A -> 102           ok
         101 |.EEF...
         102 |..##AAA
         103 |BBBBBBB
         104 |CCCCCCC
         105 |DDDDDDD",
    )
    .await;
}

#[tokio::test]
async fn a_room_goes_off_the_market_where_nobody_needs_it() {
    play(
        "from 2027-02-01
         101 |AA.....
         102 |.......
         103 |BBBB...
         104 |CCCC...
         105 |DDDD...
         STD |.EE....
         block # 101 @1–4        ROOM_ALREADY_BOOKED (A 0–2)
         block # 102 @1–3        NO_AVAILABILITY (@1)
         block % 102 @2–5        ok
         block + 102 @4–6        ROOM_OUT_OF_ORDER (% 2–5)
         block ~ 101 @2–3        NO_AVAILABILITY (@2)
         block ~ 101 @4–5        ok
         block + 103 @5–7        ok
         move A -> 102 @2        ROOM_OUT_OF_ORDER (% 2–5)
         move A -> 103 @5        ROOM_ALREADY_BOOKED (+ 5–7)
         move A -> 101 @3        ROOM_ALREADY_BOOKED (~ 4–5)
         unblock 102 @2          ok
         move A -> 102 @2        ok
         101 |....~..
         102 |..AA...
         103 |BBBB.++
         104 |CCCC...
         105 |DDDD...
         STD |.EE....",
    )
    .await;
}

/// Trap 10.
#[tokio::test]
async fn a_period_far_away_says_nothing_about_today() {
    play(
        "from 2027-02-01
         101 |.......
         102 |.......
         block # 101 @900–905    ok
         block # 101 @0–3        ok
         block # 101 @5–6        ok
         status 101              OUT_OF_ORDER
         today @1                ok
         block # 102 @0–3        VALIDATION_ERROR (startDate)
         unblock 101 @1          ok
         status 101              VACANT_DIRTY
         unblock 101 @0          INVALID_STATUS_TRANSITION
         101 |#....#.
         102 |.......
         book A -> 101 @1–5      ok
         check-in A              ok
         book B -> 101 @901–902  ROOM_OUT_OF_ORDER (# 900–905)
         101 |#aaaa#.
         102 |.......",
    )
    .await;
}

#[tokio::test]
async fn what_is_over_does_not_move() {
    play(
        "from 2027-02-01
         101 |AA.....
         102 |BB.CC..
         cancel A                ok
         move A -> 103           RESERVATION_NOT_MOVABLE
         assign A -> 101         RESERVATION_NOT_MOVABLE
         assign A                RESERVATION_NOT_MOVABLE
         unassign A              RESERVATION_NOT_MOVABLE
         resize A right @4       RESERVATION_NOT_MOVABLE
         split A @1 -> 103       RESERVATION_NOT_MOVABLE
         swap A B                RESERVATION_NOT_MOVABLE
         check-in A              INVALID_STATUS_TRANSITION
         cancel A                INVALID_STATUS_TRANSITION
         confirm A               INVALID_STATUS_TRANSITION
         no-show A               INVALID_STATUS_TRANSITION
         no-show C               INVALID_STATUS_TRANSITION
         no-show B               ok
         reinstate A -> 102      ok
         reinstate B -> 102      ROOM_ALREADY_BOOKED (A 0–2)
         reinstate B -> 101      ok
         reinstate C             INVALID_STATUS_TRANSITION
         101 |BB.....
         102 |AA.CC..",
    )
    .await;
}

/// The same over the end of a leap February, the change to summer time and back in New York, and New Year.
#[tokio::test]
async fn months_and_clocks_change_and_nights_are_nights() {
    for from in ["2028-02-26", "2027-03-12", "2027-11-05", "2027-12-29"] {
        let script = "
         101 |AAA.BB.
         102 |.CCCCCC
         103 |.......
         resize A right @5       ROOM_ALREADY_BOOKED (B 4–6)
         move A @1               ok
         move B -> 101 @3        ROOM_ALREADY_BOOKED (A 1–4)
         split C @3 -> 103       ok
         resize C left @2        ok
         101 |.AAABB.
         102 |..C....
         103 |...CCCC";
        play(&format!("from {from}{script}")).await;
    }
}
