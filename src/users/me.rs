use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    call,
    db::{Reply, Result},
    http::{
        Actor, App, AppState, Data, May, data,
        permission::{Role, SignedIn, of_role},
    },
    kernel::{Day, PropertyId, TenantId},
};

crate::sql! {
    MY_PROPERTIES = "
        select id, name, business_date, timezone, currency, locale, payment_account is not null as has_account from pms_properties
        where tenant_id = $1 and is_active and ($2::text[] is null or id = any($2))
        order by name, id";
    MY_USER = "select email, locale from pms_users where tenant_id = $1 and id = $2";
    MY_TENANT = "select slug, name from pms_tenants where id = $1";
}

/// Who asks, and what they may do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// The id of the user or of the API key: the actor in audit rows.
    pub id: String,
    pub kind: ActorKind,
    pub name: String,
    /// Null for an API key.
    pub email: Option<String>,
    /// Null for an API key.
    pub locale: Option<String>,
    pub tenant: MyTenant,
    pub role: Role,
    pub permissions: Vec<String>,
    /// Sees every property, also one that is opened later.
    pub all_properties: bool,
    pub properties: Vec<MyProperty>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ActorKind {
    User,
    ApiKey,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyTenant {
    pub id: TenantId,
    pub slug: String,
    pub name: String,
}

/// An active property that the actor sees.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyProperty {
    pub id: PropertyId,
    pub name: String,
    pub business_date: Day,
    pub timezone: String,
    pub currency: String,
    /// Of its language and country, such as `en-US`: its papers are in it, and its week-end is that of the country.
    pub locale: String,
    /// Payments by card can be taken through the gateway: the server has one, and the property an account at it.
    pub takes_gateway_payments: bool,
    /// Papers can be sent by e-mail: the server has a mail server.
    pub sends_mail: bool,
}

/// Who asks: role, permissions and properties.
#[utoipa::path(get, path = "/me", tag = "auth",
    responses((status = 200, description = "The user or API key that asks.", body = Data<Me>)))]
pub async fn me(State(app): State<AppState>, actor: May<SignedIn>) -> Result<Reply> {
    Ok(data(&of(&app, &actor).await?))
}

pub(super) async fn of(app: &App, actor: &Actor) -> Result<Me> {
    let calls = vec![
        call!(MY_TENANT, actor.tenant),
        call!(MY_USER, actor.tenant, actor.id.clone()),
        call!(MY_PROPERTIES, actor.tenant, actor.property_filter()),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    let tenant = rows[0].first();
    let user = rows[1].first();
    let properties = rows[2].iter().map(|row| MyProperty {
        id: row.get("id"),
        name: row.get("name"),
        business_date: row.get("business_date"),
        timezone: row.get("timezone"),
        currency: row.get("currency"),
        locale: row.get("locale"),
        takes_gateway_payments: app.gateway.is_some() && row.get("has_account"),
        sends_mail: app.mail.is_some(),
    });
    Ok(Me {
        id: actor.id.clone(),
        kind: if actor.is_user { ActorKind::User } else { ActorKind::ApiKey },
        name: actor.name.clone(),
        email: user.map(|u| u.get("email")),
        locale: user.map(|u| u.get("locale")),
        tenant: MyTenant {
            id: actor.tenant,
            slug: tenant.map(|t| t.get("slug")).unwrap_or_default(),
            name: tenant.map(|t| t.get("name")).unwrap_or_default(),
        },
        role: actor.role,
        permissions: of_role(actor.role).into_iter().map(str::to_string).collect(),
        all_properties: actor.properties.is_none(),
        properties: properties.collect(),
    })
}
