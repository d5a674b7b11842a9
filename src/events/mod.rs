//! What happened: the audit trail for people, the feed of events for programs, and the stream that keeps a calendar fresh.

pub mod audit;
pub mod feed;
pub mod rooms_stream;
pub mod stream;
