use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, Method, header::SET_COOKIE},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    Password,
    me::{self, Me},
    password::permit,
    sessions::{cookie, open_in},
};
use crate::{
    call,
    db::Result,
    http::{
        App, AppState, Data, Write,
        auth::{Token, look_up, refuse_cross_site},
        data,
        layers::Correlation,
    },
    kernel::{Code, Faults, Refusal, TenantId, UserId},
    op::{Op, Who},
};

crate::sql! {
    /// A function of the owner: no tenant is known yet.
    LOG_IN_TENANTS = "select tenant_id, tenant_slug from pms_login_tenants($1) order by tenant_id";
    FIND_PASSWORD = "select id, password_hash from pms_users where tenant_id = $1 and email = $2 and is_active";
}

/// Failures of one e-mail within 15 minutes after which it has to wait.
const MAX_FAILURES: u32 = 10;

/// Tenants that are tried for one e-mail when none is named.
const MAX_TENANTS: usize = 5;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogIn {
    #[schema(max_length = 254, example = "ada@example.com")]
    pub email: String,
    #[schema(value_type = String, format = Password, max_length = 200)]
    pub password: Password,
    /// Slug or id of the tenant: needed by who has the same e-mail and password in several.
    #[schema(max_length = 63)]
    pub tenant: Option<String>,
}

/// A user who knew the password.
struct Known {
    tenant: TenantId,
    slug: String,
    user: UserId,
}

/// Opens a session.
///
/// The answer sets the cookie `pms_session`, which needs no other token with it.
#[utoipa::path(post, path = "/auth/login", tag = "auth", request_body = LogIn, security(()),
    responses((status = 200, description = "Who logged in; the cookie is set.", body = Data<Me>)))]
pub async fn log_in(
    State(app): State<AppState>,
    Extension(Correlation(correlation)): Extension<Correlation>,
    headers: HeaderMap,
    write: Write<LogIn>,
) -> Result<Response> {
    refuse_cross_site(&Method::POST, &headers)?;
    let LogIn { email, password, tenant } = write.body;
    let email = email.trim().to_lowercase();
    check(&email, &password)?;

    let known = demand_one(verify(&app, &email, &password, tenant.as_deref()).await?)?;

    let who = Who { tenant: known.tenant, actor: known.user.to_string(), correlation };
    let mut op = Op::begin(&app.store, who, None).await?;
    let token = open_in(&mut op, known.user);
    op.finish().await?;

    let me = whose(&app, &token).await?;
    let cookie = cookie(Some(&token), app.settings.secure_cookies)?;
    Ok(([(SET_COOKIE, cookie)], data(&me)).into_response())
}

fn check(email: &str, password: &Password) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.text("email", email, 1, 254);
    if password.length() > 200 {
        faults.add("password", "must have at most 200 characters");
    }
    faults.finish()
}

/// All users of this e-mail and password. The same work whether there are any, up to the number of tenants that know the e-mail.
async fn verify(app: &App, email: &str, password: &Password, tenant: Option<&str>) -> Result<Vec<Known>> {
    let mut candidates = Vec::new();
    for row in app.store.read_unscoped(call!(LOG_IN_TENANTS, email.to_string())).await? {
        let (id, slug): (TenantId, String) = (row.get("tenant_id"), row.get("tenant_slug"));
        if tenant.is_none_or(|t| t == slug || t == id.to_string()) && candidates.len() < MAX_TENANTS {
            let rows = app.store.read(id, vec![call!(FIND_PASSWORD, id, email.to_string())]).await?;
            candidates.extend(
                rows[0]
                    .first()
                    .map(|user| (Known { tenant: id, slug, user: user.get("id") }, user.get::<_, String>("password_hash"))),
            );
        }
    }

    // Counted before the password is looked at, so that many at once do not get by; within the turn, so that many who know it
    // do not count each other.
    let permit = permit().await?;
    count_attempt(app, email)?;
    let mut known = Vec::new();
    if candidates.is_empty() {
        password.matches(None, &permit).await?;
    }
    for (candidate, hash) in candidates {
        if password.matches(Some(hash), &permit).await? {
            known.push(candidate);
        }
    }
    if known.is_empty() {
        tracing::warn!("a log-in failed");
    } else {
        app.failed_log_ins.invalidate(email);
    }
    Ok(known)
}

/// Errors: RATE_LIMITED after too many failures. A refusal is not counted, so the wait ends.
fn count_attempt(app: &App, email: &str) -> Result<(), Refusal> {
    let wait = || Refusal::new(Code::RateLimited, "Too many log-ins failed for this e-mail. Try again in 15 minutes.");
    if app.failed_log_ins.get(email).is_some_and(|n| n >= MAX_FAILURES) {
        return Err(wait());
    }
    let counted = app.failed_log_ins.entry(email.to_string()).and_upsert_with(|n| n.map_or(1, |n| n.into_value() + 1));
    if counted.into_value() > MAX_FAILURES { Err(wait()) } else { Ok(()) }
}

/// Errors: the same for whatever was wrong; or which tenants there are, told to who knew the password of each.
fn demand_one(mut known: Vec<Known>) -> Result<Known, Refusal> {
    if known.len() > 1 {
        let slugs: Vec<&str> = known.iter().map(|k| k.slug.as_str()).collect();
        let refusal = Refusal::invalid("tenant", "is needed: the e-mail and password are valid in several");
        return Err(refusal.facts(json!({ "tenants": slugs })));
    }
    known.pop().ok_or_else(|| Refusal::new(Code::Unauthenticated, "The e-mail or the password is wrong."))
}

async fn whose(app: &App, token: &str) -> Result<Me> {
    let actor = match Token::of_session(token) {
        Some(token) => look_up(app, &token, app.store.clock.now()).await?,
        None => None,
    };
    // Deactivated in this very moment.
    let actor = actor.ok_or_else(|| Refusal::new(Code::Unauthenticated, "The e-mail or the password is wrong."))?;
    me::of(app, &actor).await
}
