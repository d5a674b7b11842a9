//! Guests who are in the house, and the rooms that they are in.

use super::play::play;

/// Trap 9.
#[tokio::test]
async fn a_guest_in_the_house_takes_the_nights_to_come_along() {
    play(
        "from 2027-02-01   today @2
         101 |aaaaa..
         102 |..BBB..
         103 |...CC..
         104 |.......
         resize A left @1        RESERVATION_NOT_MOVABLE
         resize A left @3        RESERVATION_NOT_MOVABLE
         move A -> 104 @1        RESERVATION_NOT_MOVABLE
         move A -> 102           ROOM_ALREADY_BOOKED (B 2–5)
         move A -> 103           ROOM_ALREADY_BOOKED (C 3–5)
         swap A B                RESERVATION_NOT_MOVABLE
         unassign A              RESERVATION_NOT_MOVABLE
         cancel A                INVALID_STATUS_TRANSITION
         no-show A               INVALID_STATUS_TRANSITION
         move A -> 104           ok
         status 101 104          VACANT_DIRTY OCCUPIED
         101 |aa.....
         102 |..BBB..
         103 |...CC..
         104 |..aaa..
         move A.1 -> 101         RESERVATION_NOT_MOVABLE
         resize A right @2       VALIDATION_ERROR (checkOutDate)
         resize A right @7       ok
         check-in B              ok
         today @3                ok
         check-out A             ok
         status 101 102 104      VACANT_DIRTY OCCUPIED VACANT_DIRTY
         move A.2 -> 104         RESERVATION_NOT_MOVABLE
         resize A right @6       RESERVATION_NOT_MOVABLE
         undo-check-in B         INVALID_STATUS_TRANSITION
         101 |==.....
         102 |..bbb..
         103 |...CC..
         104 |..=....",
    )
    .await;
}

#[tokio::test]
async fn a_guest_changes_rooms_when_he_is_moved_and_not_at_midnight() {
    play(
        "from 2027-02-01   today @1
         101 |aaa....
         102 |...aaa.
         103 |.......
         status 101 102          OCCUPIED VACANT_CLEAN
         today @3                ok
         status 101 102          OCCUPIED VACANT_CLEAN
         resize A right @7       ok
         status 101 102          OCCUPIED VACANT_CLEAN
         change-room A -> 102    ok
         status 101 102          VACANT_DIRTY OCCUPIED
         split A @5 -> 103       ok
         split A @3 -> 103       ok
         status 101 102 103      VACANT_DIRTY VACANT_DIRTY OCCUPIED
         check-out A             ok
         status 103              VACANT_DIRTY
         101 |===....
         102 |.......
         103 |.......
         undo-check-out A        ok
         status 101 103          VACANT_DIRTY OCCUPIED
         101 |aaa....
         102 |.......
         103 |...aaaa",
    )
    .await;
}

#[tokio::test]
async fn repairs_wait_for_the_guest_to_leave() {
    play(
        "from 2027-02-01   today @1
         101 |aa###..
         102 |bb.....
         today @2                ok
         status 101              OCCUPIED
         block # 102 @2–4        ROOM_ALREADY_BOOKED
         check-out A             ok
         status 101              OUT_OF_ORDER
         undo-check-out A        ROOM_OUT_OF_ORDER
         today @5                ok
         status 101              VACANT_DIRTY
         101 |==###..
         102 |bb.....",
    )
    .await;
}

/// Trap 11.
#[tokio::test]
async fn who_stays_too_long_can_always_leave() {
    play(
        "from 2027-02-01   today @2
         101 |aaBBB..
         102 |CC.....
         check-in B              ROOM_ALREADY_BOOKED
         check-out A             ok NEXT_GUEST_WAITING
         check-in B              ok
         101 |==bbb..
         102 |CC.....
         undo-check-out A        ROOM_ALREADY_BOOKED
         undo-check-in B         ok
         undo-check-out A        ok
         check-in C              INVALID_STATUS_TRANSITION
         no-show C               ok
         101 |aaBBB..
         102 |.......",
    )
    .await;
}

#[tokio::test]
async fn who_leaves_on_the_day_of_arrival_leaves_the_room_free() {
    play(
        "from 2027-02-01
         101 |AAA....
         check-in A              ok
         check-out A             ok
         101 |.......
         book B -> 101 @1–3      ok
         undo-check-out A        ROOM_ALREADY_BOOKED (B 1–3)
         cancel B                ok
         undo-check-out A        ok
         101 |aaa....",
    )
    .await;
}

#[tokio::test]
async fn what_was_early_is_undone_as_it_was_planned() {
    play(
        "from 2027-02-01   today @1
         101 |..AABB.
         102 |....AA.
         check-in A              ok NIGHTS_ADDED
         101 |.aaaBB.
         102 |....aa.
         undo-check-in A         ok
         101 |..AABB.
         102 |....AA.
         check-in A              ok NIGHTS_ADDED
         today @2                ok
         check-out A             ok
         101 |.=..BB.
         102 |.......
         undo-check-out A        ok
         101 |.aaaBB.
         102 |....aa.",
    )
    .await;
}
