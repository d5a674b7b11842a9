//! Who lies where, for the search: by room and night, and for each night the rooms as bits.

use super::model::{House, Nights};

/// Rooms as bits.
pub type Bits<const W: usize> = [u64; W];

/// In a cell: nobody, or something that stays.
pub const FREE: u32 = u32::MAX;
pub const HELD: u32 = u32::MAX - 1;

pub fn ones<const W: usize>(bits: &Bits<W>) -> impl Iterator<Item = usize> + use<W> {
    let bits = *bits;
    (0..W).flat_map(move |word| {
        let mut rest = bits[word];
        std::iter::from_fn(move || {
            (rest != 0).then(|| {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                word * 64 + bit
            })
        })
    })
}

pub fn count<const W: usize>(bits: &Bits<W>) -> u32 {
    bits.iter().map(|word| word.count_ones()).sum()
}

pub struct Board<const W: usize> {
    nights: usize,
    /// Room after room: the guest of each night, [`FREE`] or [`HELD`].
    cells: Vec<u32>,
    free: Vec<Bits<W>>,
    held: Vec<Bits<W>>,
    /// The nights of each guest, and the rooms that will do for him.
    pub guests: Vec<Nights>,
    allowed: Vec<Bits<W>>,
    /// Of these, those that are no upgrade.
    plain: Vec<Bits<W>>,
    /// Nobody is upgraded any more: only what is no upgrade will do.
    pub is_plain: bool,
    choice: Vec<usize>,
}

impl<const W: usize> Board<W> {
    pub fn of(house: &House) -> Board<W> {
        let mut all: Bits<W> = [0; W];
        (0..house.rooms).for_each(|room| all[room / 64] |= 1 << (room % 64));
        let mut board = Board {
            nights: house.nights,
            cells: vec![FREE; house.nights * house.rooms],
            free: vec![all; house.nights],
            held: vec![[0; W]; house.nights],
            guests: house.guests.iter().map(|guest| guest.nights).collect(),
            allowed: Vec::with_capacity(house.choices.len()),
            plain: Vec::with_capacity(house.choices.len()),
            is_plain: false,
            choice: house.guests.iter().map(|guest| guest.choice).collect(),
        };
        for choice in &house.choices {
            let mut bits: Bits<W> = [0; W];
            (0..house.rooms).filter(|room| choice.rooms[*room]).for_each(|room| bits[room / 64] |= 1 << (room % 64));
            board.allowed.push(bits);
            (0..house.rooms)
                .filter(|room| house.level(*room) > choice.level)
                .for_each(|room| bits[room / 64] &= !(1 << (room % 64)));
            board.plain.push(bits);
        }
        house.fixtures.iter().for_each(|fixture| board.hold(fixture.room, fixture.nights));
        for (n, guest) in house.guests.iter().enumerate() {
            guest.room.into_iter().for_each(|room| board.lay(n, room));
        }
        board
    }

    fn bit(room: usize) -> (usize, u64) {
        (room / 64, 1 << (room % 64))
    }

    pub fn hold(&mut self, room: usize, nights: Nights) {
        let (word, bit) = Self::bit(room);
        for night in nights.all() {
            self.cells[room * self.nights + night] = HELD;
            self.free[night][word] &= !bit;
            self.held[night][word] |= bit;
        }
    }

    pub fn release(&mut self, room: usize, nights: Nights) {
        let (word, bit) = Self::bit(room);
        for night in nights.all() {
            self.cells[room * self.nights + night] = FREE;
            self.free[night][word] |= bit;
            self.held[night][word] &= !bit;
        }
    }

    pub fn lay(&mut self, guest: usize, room: usize) {
        let (word, bit) = Self::bit(room);
        for night in self.guests[guest].all() {
            self.cells[room * self.nights + night] = guest as u32;
            self.free[night][word] &= !bit;
        }
    }

    pub fn lift(&mut self, guest: usize, room: usize) {
        let (word, bit) = Self::bit(room);
        for night in self.guests[guest].all() {
            self.cells[room * self.nights + night] = FREE;
            self.free[night][word] |= bit;
        }
    }

    fn will_do(&self, guest: usize) -> Bits<W> {
        if self.is_plain { self.plain[self.choice[guest]] } else { self.allowed[self.choice[guest]] }
    }

    /// The rooms that will do and are free on all his nights.
    pub fn gaps(&self, guest: usize) -> Bits<W> {
        let mut bits = self.will_do(guest);
        for night in self.guests[guest].all() {
            (0..W).for_each(|w| bits[w] &= self.free[night][w]);
        }
        bits
    }

    /// The rooms that will do when those who lie there and may move make way.
    pub fn reachable(&self, guest: usize) -> Bits<W> {
        let mut bits = self.will_do(guest);
        for night in self.guests[guest].all() {
            (0..W).for_each(|w| bits[w] &= !self.held[night][w]);
        }
        bits
    }

    /// Who would have to make way, in the order of their nights, into `found`. `false`: more than `most`.
    pub fn in_the_way(&self, guest: usize, room: usize, most: usize, found: &mut Vec<u32>) -> bool {
        found.clear();
        let row = room * self.nights;
        let nights = self.guests[guest];
        let mut night = nights.from;
        while night < nights.to {
            let cell = self.cells[row + night];
            if cell == FREE {
                night += 1;
                continue;
            }
            if found.len() == most {
                return false;
            }
            found.push(cell);
            night = self.guests[cell as usize].to;
        }
        true
    }

    /// Whether on every night of the guest one of at most `most` rooms is free, not the same one each night. Any rooms: whoever fills
    /// them in his stead may like others than he does.
    pub fn is_pieced(&self, guest: usize, most: usize) -> bool {
        let nights = self.guests[guest];
        let long = nights.to - nights.from;
        if most >= long || long > 64 {
            return true;
        }
        let mut any: Bits<W> = [0; W];
        for night in nights.all() {
            (0..W).for_each(|w| any[w] |= self.free[night][w]);
        }
        let mut masks: Vec<u64> = Vec::with_capacity(32);
        for room in ones(&any) {
            let row = &self.cells[room * self.nights..];
            let mask = nights.all().enumerate().filter(|(_, night)| row[*night] == FREE).fold(0, |mask, (n, _)| mask | 1 << n);
            if !masks.iter().any(|other| mask & !other == 0) {
                masks.retain(|other| other & !mask != 0);
                masks.push(mask);
            }
        }
        fn covered(missing: u64, most: usize, masks: &[u64]) -> bool {
            if missing == 0 {
                return true;
            }
            let first = missing & missing.wrapping_neg();
            most > 0 && masks.iter().any(|mask| mask & first != 0 && covered(missing & !mask, most - 1, masks))
        }
        covered(u64::MAX >> (64 - long), most, &masks)
    }

    /// The free nights around these, which are free.
    pub fn gap_around(&self, room: usize, nights: Nights) -> Nights {
        let row = &self.cells[room * self.nights..(room + 1) * self.nights];
        let from = (0..nights.from).rev().take_while(|night| row[*night] == FREE).last().unwrap_or(nights.from);
        let to = (nights.to..self.nights).take_while(|night| row[*night] == FREE).last().map_or(nights.to, |night| night + 1);
        Nights { from, to }
    }
}
