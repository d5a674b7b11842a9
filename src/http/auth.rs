//! Who asks. A browser brings a session cookie, a program an API key; both name their tenant, so that row security holds from
//! the first statement on. Nothing is served without one of them.

use std::{marker::PhantomData, ops::Deref, sync::Arc};

use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::{HeaderMap, Method, header, request::Parts},
};
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    App, AppState,
    layers::Correlation,
    permission::{Permission, Role},
};
use crate::{
    call,
    db::Result,
    kernel::{Code, PropertyId, Refusal, TenantId, clock::random_bytes},
    op::Who,
};

pub const SESSION_COOKIE: &str = "pms_session";

crate::sql! {
    FIND_API_KEY = "
        select k.id, k.name, k.role, k.property_id, k.expires_at
        from pms_api_keys k join pms_tenants t on t.id = k.tenant_id
        where k.tenant_id = $1 and k.key_hash = $2 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $3)
          and t.is_active";
    FIND_SESSION = "
        select u.id, u.display_name as name, u.role, u.all_properties, s.expires_at,
          array(select up.property_id from pms_user_properties up where up.tenant_id = $1 and up.user_id = u.id) as properties
        from pms_sessions s
          join pms_users u on u.tenant_id = s.tenant_id and u.id = s.user_id
          join pms_tenants t on t.id = s.tenant_id
        where s.tenant_id = $1 and s.token_hash = $2 and s.expires_at > $3 and u.is_active and t.is_active";
}

/// A person or a program, with its role and the properties that it may see.
#[derive(Clone, Debug, Serialize)]
pub struct Actor {
    pub tenant: TenantId,
    pub id: String,
    pub name: String,
    pub role: Role,
    /// `None`: every property of the tenant.
    pub properties: Option<Vec<PropertyId>>,
    pub is_user: bool,
    #[serde(skip)]
    pub expires_at: Option<Timestamp>,
    #[serde(skip)]
    pub correlation: String,
}

impl Actor {
    pub fn who(&self) -> Who {
        Who { tenant: self.tenant, actor: self.id.clone(), correlation: self.correlation.clone() }
    }

    /// Errors: NOT_FOUND for a property outside the actor's; it is not told that there is one.
    pub fn sees(&self, property: PropertyId) -> Result<(), Refusal> {
        match &self.properties {
            Some(own) if !own.contains(&property) => Err(Refusal::not_found("property")),
            _ => Ok(()),
        }
    }

    /// Row filter for lists: `null` for every property.
    pub fn property_filter(&self) -> Option<Vec<PropertyId>> {
        self.properties.clone()
    }

    pub fn may<P: Permission>(&self) -> bool {
        P::ROLES.contains(&self.role)
    }
}

/// An actor who has the permission `P`. Demanded before the request is read any further.
pub struct May<P>(Actor, PhantomData<P>);

impl<P> Deref for May<P> {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.0
    }
}

impl<P: Permission> FromRequestParts<AppState> for May<P> {
    type Rejection = crate::db::Fail;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        let actor = authenticate(parts, app).await?;
        if !actor.may::<P>() {
            return Err(Refusal::new(Code::AuthorizationDenied, format!("This needs the permission {}.", P::NAME)).into());
        }
        Ok(May(actor, PhantomData))
    }
}

async fn authenticate(parts: &Parts, app: &AppState) -> Result<Actor> {
    let unknown = || Refusal::new(Code::Unauthenticated, "Log in, or send an API key as `Authorization: Bearer pms_…`.");
    let token = Token::of(&parts.headers).ok_or_else(unknown)?;
    if token.is_session {
        refuse_cross_site(&parts.method, &parts.headers)?;
    }
    let now = app.store.clock.now();
    let known = app.actors.get(&token.hash).filter(|a| a.tenant == token.tenant && a.expires_at.is_none_or(|at| at > now));
    let actor = match known {
        Some(actor) => actor,
        None => {
            let found = Arc::new(look_up(app, &token, now).await?.ok_or_else(unknown)?);
            app.actors.insert(token.hash.clone(), found.clone());
            found
        }
    };
    let correlation = parts.extensions.get::<Correlation>().map(|c| c.0.clone()).unwrap_or_default();
    Ok(Actor { correlation, ..(*actor).clone() })
}

/// Whom a token stands for just now, read anew.
pub async fn look_up(app: &App, token: &Token, now: Timestamp) -> Result<Option<Actor>> {
    let sql = if token.is_session { FIND_SESSION } else { FIND_API_KEY };
    let rows = app.store.read(token.tenant, vec![call!(sql, token.tenant, token.hash.clone(), now)]).await?;
    Ok(rows[0].first().map(|row| Actor {
        tenant: token.tenant,
        id: row.get("id"),
        name: row.get("name"),
        role: row.get("role"),
        properties: if token.is_session {
            (!row.get::<_, bool>("all_properties")).then(|| row.get("properties"))
        } else {
            row.get::<_, Option<PropertyId>>("property_id").map(|p| vec![p])
        },
        is_user: token.is_session,
        expires_at: row.get("expires_at"),
        correlation: String::new(),
    }))
}

/// A browser sends the cookie along with requests that another site made it send; those must not write. Where an older browser does not say
/// whose request it is, its `Origin` must be this host.
pub fn refuse_cross_site(method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    let is_ours = match site {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match headers.get(header::ORIGIN).and_then(|v| v.to_str().ok()) {
            None => true,
            Some(origin) => {
                let host = headers.get(header::HOST).and_then(|v| v.to_str().ok());
                origin.split_once("://").map(|(_, from)| from) == host
            }
        },
    };
    if is_ours { Ok(()) } else { Err(Refusal::new(Code::AuthorizationDenied, "The request comes from another site.")) }
}

/// A secret as the client holds it. Only its hash is stored and compared.
pub struct Token {
    pub tenant: TenantId,
    pub hash: String,
    pub is_session: bool,
}

impl Token {
    /// A new API key `pms_<tenant>_<secret>`, with the hash to store.
    pub fn new_api_key(tenant: TenantId) -> (String, String) {
        let secret = format!("pms_{tenant}_{}", hex::encode(random_bytes::<24>()));
        let hash = hash_of(&secret);
        (secret, hash)
    }

    /// A new session `<tenant>.<secret>`, with the hash to store.
    pub fn new_session(tenant: TenantId) -> (String, String) {
        let secret = format!("{tenant}.{}", hex::encode(random_bytes::<32>()));
        let hash = hash_of(&secret);
        (secret, hash)
    }

    pub fn of(headers: &HeaderMap) -> Option<Token> {
        if let Some(value) = headers.get(header::AUTHORIZATION) {
            let key = value.to_str().ok()?.strip_prefix("Bearer ")?.trim();
            let tenant = key.strip_prefix("pms_")?.split_once('_')?.0.parse().ok()?;
            return Some(Token { tenant, hash: hash_of(key), is_session: false });
        }
        let session = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.split(';'))
            .find_map(|c| c.trim().strip_prefix(SESSION_COOKIE)?.strip_prefix('='))?;
        Token::of_session(session)
    }

    /// The token in the value of a session cookie.
    pub fn of_session(session: &str) -> Option<Token> {
        let tenant = session.split_once('.')?.0.parse().ok()?;
        Some(Token { tenant, hash: hash_of(session), is_session: true })
    }
}

fn hash_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The path as the client wrote it, for the idempotency hash.
pub(super) fn operation(parts: &Parts) -> String {
    let path = parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.path(), |u| u.0.path());
    format!("{} {path}", parts.method)
}
