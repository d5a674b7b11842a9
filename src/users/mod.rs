//! Users who log in, their sessions, and the API keys of programs.

pub mod api_keys;
pub mod change;
pub mod create;
pub mod log_in;
pub mod log_out;
pub mod me;
pub mod model;
pub mod password;
pub mod read;
mod sessions;

pub use create::create_in;
pub use model::{NewUser, User};
pub use password::{Password, PasswordHash};
pub use sessions::purge_sessions;

use crate::{
    http::Actor,
    kernel::{Code, Refusal},
};

/// Whoever manages users could give them more than they have themselves, unless they have everything.
///
/// Errors: AUTHORIZATION_DENIED for an actor of single properties.
fn demand_whole_tenant(actor: &Actor) -> Result<(), Refusal> {
    match actor.properties {
        None => Ok(()),
        Some(_) => Err(Refusal::new(Code::AuthorizationDenied, "Only who sees every property may manage users and API keys.")),
    }
}
