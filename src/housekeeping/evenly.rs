//! Spreads rooms over attendants. Pure, and the same for the same rooms.

/// What a room costs, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// As one walks: the tasks of a list stand in this order.
    pub floor: String,
    pub credits: i64,
}

/// Two attendants on one floor are as bad as a round that is this many credits too long.
const SPLIT_FLOOR: i64 = 8;

/// For each task the number of its attendant. `loads` is what each has to do already.
///
/// Everybody gets rooms that follow each other, so that nobody walks to and fro; of all such ways the one with the smallest sum of
/// squares of the loads, where a floor that is split costs something, too. Nobody is kept from having nothing, when he had enough.
pub fn spread(tasks: &[Task], loads: &[i64]) -> Vec<usize> {
    if tasks.is_empty() || loads.is_empty() {
        return Vec::new();
    }
    let sums = sums_of(tasks);
    let total = sums[tasks.len()] + loads.iter().sum::<i64>();
    let longest = tasks.iter().map(|task| task.credits).max().unwrap_or(0);
    // A way with rounds of at most the mean and one room always exists; longer ones are not looked at.
    let most = 2 * (total / loads.len() as i64 + 1) + longest;

    // best[t]: the cost of the first t tasks done by the attendants so far; cuts[a][t]: where the round of attendant a then begins.
    let mut best: Vec<Option<i64>> = vec![None; tasks.len() + 1];
    best[0] = Some(0);
    let mut cuts: Vec<Vec<usize>> = Vec::with_capacity(loads.len());
    for load in loads {
        let mut next = vec![None; tasks.len() + 1];
        let mut begins = vec![0; tasks.len() + 1];
        for end in 0..=tasks.len() {
            for begin in (0..=end).rev() {
                let round = sums[end] - sums[begin];
                if round > most {
                    break;
                }
                let Some(before) = best[begin] else { continue };
                let cost = before + (load + round).pow(2) + split(tasks, begin, end);
                if next[end].is_none_or(|known| cost < known) {
                    (next[end], begins[end]) = (Some(cost), begin);
                }
            }
        }
        best = next;
        cuts.push(begins);
    }

    let mut of = vec![0; tasks.len()];
    let mut end = tasks.len();
    for (attendant, begins) in cuts.iter().enumerate().rev() {
        let begin = begins[end];
        of[begin..end].fill(attendant);
        end = begin;
    }
    of
}

fn sums_of(tasks: &[Task]) -> Vec<i64> {
    let mut sums = vec![0];
    for task in tasks {
        sums.push(sums[sums.len() - 1] + task.credits);
    }
    sums
}

/// What it costs that a round begins within a floor.
fn split(tasks: &[Task], begin: usize, end: usize) -> i64 {
    let is_within = begin > 0 && begin < end && tasks[begin - 1].floor == tasks[begin].floor;
    if is_within { SPLIT_FLOOR * SPLIT_FLOOR } else { 0 }
}

/// The order in which one walks: numbers within names as numbers, no name last.
pub fn walk_order(text: &str) -> Vec<(bool, u64, String)> {
    let mut parts: Vec<(bool, u64, String)> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_digit = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != is_digit).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        let number = if is_digit { part.parse().unwrap_or(u64::MAX) } else { 0 };
        parts.push((!is_digit, number, part.to_string()));
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1:30 1:30 2:15`: rooms by floor with their credits.
    fn tasks(drawn: &str) -> Vec<Task> {
        let task = |one: &str| {
            let (floor, credits) = one.split_once(':').unwrap();
            Task { floor: floor.into(), credits: credits.parse().unwrap() }
        };
        drawn.split_whitespace().map(task).collect()
    }

    fn spread_out(drawn: &str, loads: &[i64]) -> String {
        spread(&tasks(drawn), loads).iter().map(|n| char::from(b'A' + *n as u8)).collect()
    }

    #[test]
    fn rooms_are_spread_by_floor_and_credits() {
        for (rooms, loads, expected) in [
            ("1:30 1:30 2:30 2:30", &[0, 0][..], "AABB"),
            ("1:30 1:30 1:30 1:30", &[0, 0], "AABB"),
            // A floor that is nearly even is kept whole.
            ("1:30 1:30 1:15 2:30 2:30", &[0, 0], "AAABB"),
            ("1:30 1:30 1:30 2:30", &[0, 0], "AABB"),
            // Who has much already gets less.
            ("1:30 1:30 2:30 2:30", &[60, 0], "ABBB"),
            ("1:30 1:30 2:30 2:30", &[500, 0], "BBBB"),
            ("1:30", &[0, 0, 0], "A"),
            ("", &[0, 0], ""),
        ] {
            assert_eq!(spread_out(rooms, loads), expected, "{rooms} {loads:?}");
        }
    }

    #[test]
    fn nobody_has_more_than_the_mean_and_two_rooms_and_the_same_comes_out_again() {
        let many: Vec<Task> =
            (0..252).map(|n| Task { floor: (n / 21).to_string(), credits: [30, 15, 5, 60][n * 7 % 4] }).collect();
        let of = spread(&many, &[0; 12]);
        let mean = many.iter().map(|t| t.credits).sum::<i64>() / 12;
        for attendant in 0..12 {
            let load: i64 = many.iter().zip(&of).filter(|(_, a)| **a == attendant).map(|(t, _)| t.credits).sum();
            assert!((load - mean).abs() <= 60, "{attendant}: {load} of {mean}");
        }
        assert!(of.is_sorted());
        assert_eq!(spread(&many, &[0; 12]), of);
    }

    #[test]
    fn one_walks_by_numbers() {
        let mut floors = ["10", "2", "1", "B", "2a", ""];
        floors.sort_by_key(|floor| (floor.is_empty(), walk_order(floor)));
        assert_eq!(floors, ["1", "2", "2a", "10", "B", ""]);
    }
}
