//! What the house writes to guests. A message is a row first; a job gives it to the mail server, and only its word makes it SENT.

pub mod email_folio;
pub mod model;
pub mod read;
pub mod sweep;
