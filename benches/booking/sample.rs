//! What was measured: when each request ended, and how long it took.

/// The start of each run is left out: caches and plans are still cold, on either side.
const WARM_UP_SECONDS: f64 = 0.4;

/// One run: for each request the seconds from the start of the run to its end, and how many it took.
#[derive(Clone, Default)]
pub struct Sample {
    pub requests: Vec<(f64, f64)>,
}

impl Sample {
    fn warm(&self) -> impl Iterator<Item = &(f64, f64)> {
        self.requests.iter().filter(|(end, _)| *end > WARM_UP_SECONDS)
    }

    pub fn per_second(&self) -> f64 {
        let last = self.requests.iter().map(|(end, _)| *end).fold(0.0, f64::max);
        self.warm().count() as f64 / (last - WARM_UP_SECONDS).max(0.001)
    }

    /// Milliseconds that `share` of the requests did not exceed.
    pub fn milliseconds(&self, share: f64) -> f64 {
        let mut took: Vec<f64> = self.warm().map(|(_, took)| took * 1000.0).collect();
        took.sort_by(f64::total_cmp);
        let at = ((took.len() as f64 * share) as usize).min(took.len().saturating_sub(1));
        took.get(at).copied().unwrap_or(f64::NAN)
    }
}

pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The runs of one side, each beside a run of the other.
#[derive(Clone, Default)]
pub struct Runs(pub Vec<Sample>);

impl Runs {
    pub fn per_second(&self) -> f64 {
        median(self.0.iter().map(Sample::per_second))
    }

    pub fn milliseconds(&self, share: f64) -> f64 {
        median(self.0.iter().map(|s| s.milliseconds(share)))
    }

    /// How many times as fast as `other`: the median over the rounds, within each of which the machine was the same.
    pub fn against(&self, other: &Runs) -> f64 {
        median(self.0.iter().zip(&other.0).map(|(ours, theirs)| ours.per_second() / theirs.per_second()))
    }
}
