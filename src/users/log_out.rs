use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, Method, StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Response},
};

use super::sessions::{FIND_SESSION_ROW, close_in, cookie};
use crate::{
    call,
    db::Result,
    http::{
        App, AppState,
        auth::{Token, refuse_cross_site},
        layers::Correlation,
    },
    kernel::UserId,
    op::{Op, Who},
};

/// Ends the session and takes the cookie away. Without a session nothing happens.
#[utoipa::path(post, path = "/auth/logout", tag = "auth", security(()),
    responses((status = 204, description = "There is no session any more.")))]
pub async fn log_out(
    State(app): State<AppState>,
    Extension(Correlation(correlation)): Extension<Correlation>,
    headers: HeaderMap,
) -> Result<Response> {
    refuse_cross_site(&Method::POST, &headers)?;

    if let Some(token) = Token::of(&headers).filter(|t| t.is_session) {
        close(&app, token, correlation).await?;
        app.forget_actors();
    }

    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie(None, app.settings.secure_cookies)?)]).into_response())
}

async fn close(app: &App, token: Token, correlation: String) -> Result<()> {
    let find = call!(FIND_SESSION_ROW, token.tenant, token.hash);
    let rows = app.store.read(token.tenant, vec![find]).await?;
    let Some(row) = rows[0].first() else { return Ok(()) };
    let user: UserId = row.get("user_id");
    let mut op = Op::begin(&app.store, Who { tenant: token.tenant, actor: user.to_string(), correlation }, None).await?;
    close_in(&mut op, row.get("id"), user);
    op.finish().await
}
