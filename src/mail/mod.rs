//! E-mail: a letter goes to a server that sends it on. It knows nothing of hotels.

mod smtp;

use std::fmt;

use futures_util::future::BoxFuture;

pub use smtp::{Smtp, check_from, check_url};

/// How letters are sent.
#[derive(Clone)]
pub struct MailSettings {
    /// It may hold a password.
    pub url: String,
    /// Whose letters they are: the address that the server sends for.
    pub from: String,
}

impl fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailSettings").field("from", &self.from).finish_non_exhaustive()
    }
}

/// A letter with a file.
#[derive(Clone, Debug)]
pub struct Letter {
    /// For ever the same for the same letter, so that one that comes twice can be told.
    pub id: String,
    pub from_name: String,
    /// Who reads an answer, where that is not the address it is sent from.
    pub reply_to: Option<String>,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub file_name: String,
    pub pdf: Vec<u8>,
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The server took it over.
    Taken,
    /// It will never take it: the reason.
    Refused(String),
    /// It could not be reached, or asks to come again: the reason.
    Failed(String),
}

/// Takes letters.
pub trait Post: Send + Sync {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Delivery>;
}
