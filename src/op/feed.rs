//! A hint after each commit, for those who wait for events. A hint may be lost; the outbox is the truth.

use tokio::sync::broadcast;

use crate::kernel::TenantId;

/// Something was committed for this tenant.
#[derive(Clone, Copy, Debug)]
pub struct Hint {
    pub tenant: TenantId,
}

#[derive(Clone)]
pub struct Feed(broadcast::Sender<Hint>);

impl Default for Feed {
    fn default() -> Feed {
        Feed(broadcast::channel(1024).0)
    }
}

impl Feed {
    pub fn hint(&self, hint: Hint) {
        // Nobody listening is no error.
        let _ = self.0.send(hint);
    }

    pub fn listen(&self) -> broadcast::Receiver<Hint> {
        self.0.subscribe()
    }
}
