//! Passwords: argon2id, off the threads that serve requests, and never more at once than there are processors.

use std::sync::OnceLock;

use anyhow::anyhow;
use argon2::{
    Argon2, PasswordHasher, PasswordVerifier,
    password_hash::{self, SaltString},
};
use serde::Deserialize;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    task::spawn_blocking,
};
use utoipa::ToSchema;

use crate::{
    db::Result,
    kernel::{Faults, clock::random_bytes},
};

/// A password as it was typed. It is shown in no log.
#[derive(Clone, Deserialize, ToSchema)]
#[schema(value_type = String, format = Password, min_length = 12, max_length = 200)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What is stored: a PHC string of argon2id.
#[derive(Clone)]
pub struct PasswordHash(pub(super) String);

impl Password {
    pub fn new(text: impl Into<String>) -> Password {
        Password(text.into())
    }

    pub(super) fn length(&self) -> usize {
        self.0.chars().count()
    }

    pub fn check(&self, faults: &mut Faults) {
        if !(12..=200).contains(&self.length()) {
            faults.add("password", "must have 12 to 200 characters");
        }
    }

    /// Takes some 50 ms of a processor: never call it while holding a database connection.
    pub async fn hash(&self) -> Result<PasswordHash> {
        let _permit = permit().await?;
        let text = self.0.clone();
        let hashed = spawn_blocking(move || hash_now(&text)).await.map_err(anyhow::Error::new)?;
        Ok(PasswordHash(hashed.map_err(|e| anyhow!("no hash: {e}"))?))
    }

    /// Whether the password is the one behind `stored`. Without one, the work is done all the same, so that the time does not
    /// tell whether there was a user. The permit is the caller's.
    pub(super) async fn matches(&self, stored: Option<String>, _: &SemaphorePermit<'_>) -> Result<bool> {
        let text = self.0.clone();
        let judge = move || {
            let real = stored.is_some();
            let stored = stored.unwrap_or_else(|| nobody().to_string());
            let hash = password_hash::PasswordHash::new(&stored);
            hash.is_ok_and(|h| Argon2::default().verify_password(text.as_bytes(), &h).is_ok()) && real
        };
        Ok(spawn_blocking(judge).await.map_err(anyhow::Error::new)?)
    }
}

/// The turn to hash: each takes 19 MiB and a processor.
pub(super) async fn permit() -> Result<SemaphorePermit<'static>> {
    static TURNS: OnceLock<Semaphore> = OnceLock::new();
    let turns =
        TURNS.get_or_init(|| Semaphore::new(std::thread::available_parallelism().map_or(2, std::num::NonZero::get).clamp(1, 8)));
    Ok(turns.acquire().await.map_err(anyhow::Error::new)?)
}

fn hash_now(text: &str) -> Result<String, password_hash::Error> {
    let salt = SaltString::encode_b64(&random_bytes::<16>())?;
    Ok(Argon2::default().hash_password(text.as_bytes(), &salt)?.to_string())
}

/// The hash of no password.
fn nobody() -> &'static str {
    static NOBODY: OnceLock<String> = OnceLock::new();
    NOBODY.get_or_init(|| hash_now(&hex::encode(random_bytes::<32>())).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let password = Password::new("correct horse battery");
        let hash = password.hash().await.unwrap();
        assert!(hash.0.starts_with("$argon2id$") && !hash.0.contains("horse"));

        let permit = permit().await.unwrap();
        assert!(password.matches(Some(hash.0.clone()), &permit).await.unwrap());
        assert!(!Password::new("correct horse batterz").matches(Some(hash.0), &permit).await.unwrap());
        assert!(!password.matches(None, &permit).await.unwrap());
        assert!(!password.matches(Some("broken".into()), &permit).await.unwrap());
        assert_eq!(format!("{password:?}"), "Password(…)");
    }
}
