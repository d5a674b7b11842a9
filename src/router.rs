//! The one list of routes.

use std::sync::Arc;

use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, CompressionLevel},
    timeout::TimeoutLayer,
};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    calendar, day_close,
    db::Fail,
    events, fit, folios, guests, health, housekeeping,
    http::{App, AppState, layers, openapi},
    inventory,
    kernel::Refusal,
    messages, offers, packages, payments, policies, properties, rates, reports, reservations, restrictions, rooms, taxes, users,
    web,
};

/// Every operation of the API, below `/api/v1/pms`.
fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        // properties
        .routes(routes!(properties::read::list, properties::create::create))
        .routes(routes!(properties::read::read, properties::change::change))
        // rooms
        .routes(routes!(rooms::type_read::list, rooms::type_create::create))
        .routes(routes!(rooms::type_read::read, rooms::type_change::change))
        .routes(routes!(rooms::read::list, rooms::create::create))
        .routes(routes!(rooms::read::read, rooms::change::change))
        .routes(routes!(rooms::set_status::set_status))
        .routes(routes!(rooms::read::status_log))
        // guests
        .routes(routes!(guests::read::list, guests::create::create))
        .routes(routes!(guests::read::read, guests::change::change))
        .routes(routes!(guests::stays::stays))
        .routes(routes!(reservations::merge_guests::merge))
        // availability and blocks
        .routes(routes!(inventory::availability::by_type))
        .routes(routes!(inventory::availability::by_room))
        .routes(routes!(inventory::blocks::read::list, inventory::blocks::create::create))
        .routes(routes!(inventory::blocks::read::read, inventory::blocks::change::change, inventory::blocks::remove::remove))
        // reservations
        .routes(routes!(reservations::read::list, reservations::book::book))
        .routes(routes!(reservations::quote::quote))
        .routes(routes!(reservations::swap::swap))
        .routes(routes!(reservations::read::read, reservations::change::change))
        .routes(routes!(reservations::quote::quote_change))
        .routes(routes!(reservations::confirm::confirm))
        .routes(routes!(reservations::cancel::cancel))
        .routes(routes!(reservations::no_show::no_show))
        .routes(routes!(reservations::reinstate::reinstate))
        .routes(routes!(reservations::assign::assign))
        .routes(routes!(reservations::assign::unassign))
        .routes(routes!(reservations::move_stay::move_stay))
        .routes(routes!(reservations::resize::resize))
        .routes(routes!(reservations::split::split))
        .routes(routes!(reservations::pin::pin))
        // who sleeps where, so that everybody has a room
        .routes(routes!(fit::preview::preview))
        .routes(routes!(fit::execute::execute))
        // front desk
        .routes(routes!(reservations::check_in::check_in))
        .routes(routes!(reservations::check_out::check_out))
        .routes(routes!(reservations::undo::undo_check_in))
        .routes(routes!(reservations::undo::undo_check_out))
        .merge(selling().merge(house()).merge(money()))
        // calendar
        .routes(routes!(calendar::chart::chart))
        .routes(routes!(calendar::chart::week))
        .routes(routes!(calendar::chart::day))
        .routes(routes!(calendar::chart::month))
        .routes(routes!(calendar::occupancy::occupancy))
        .routes(routes!(reservations::move_stay::calendar_move))
        .routes(routes!(reservations::resize::calendar_resize))
        // who may do what
        .routes(routes!(users::log_in::log_in))
        .routes(routes!(users::log_out::log_out))
        .routes(routes!(users::me::me))
        .routes(routes!(users::read::list, users::create::create))
        .routes(routes!(users::read::read, users::change::change))
        .routes(routes!(users::api_keys::read::list, users::api_keys::create::create))
        .routes(routes!(users::api_keys::read::read, users::api_keys::revoke::revoke))
        // what happened
        .routes(routes!(events::audit::audit))
        .routes(routes!(events::feed::feed))
        .routes(routes!(events::stream::stream))
}

/// What is sold, and for how much.
fn selling() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(rates::read::list, rates::create::create))
        .routes(routes!(rates::read::read, rates::change::change))
        .routes(routes!(rates::price_grid::read, rates::set_prices::set_prices))
        .routes(routes!(rates::bulk::set))
        .routes(routes!(rates::overbooking::read, rates::overbooking::set))
        .routes(routes!(packages::read::list, packages::create::create))
        .routes(routes!(packages::read::read, packages::change::change))
        .routes(routes!(restrictions::grid::read, restrictions::set::set))
        .routes(routes!(offers::search::search))
}

/// Housekeeping.
fn house() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(housekeeping::sheet::read))
        .routes(routes!(housekeeping::settings::read, housekeeping::settings::change))
        .routes(routes!(housekeeping::spread::spread))
        .routes(routes!(housekeeping::create::create))
        .routes(routes!(housekeeping::create::read, housekeeping::change::change, housekeeping::change::remove))
        .routes(routes!(housekeeping::work::start))
        .routes(routes!(housekeeping::work::done))
        .routes(routes!(housekeeping::work::inspect))
        .routes(routes!(housekeeping::work::send_back))
        .routes(routes!(housekeeping::work::skip))
        .routes(routes!(housekeeping::work::reopen))
        .routes(routes!(housekeeping::sighting::report))
        .routes(routes!(housekeeping::sighting::resolve))
        .routes(routes!(housekeeping::sighting::discrepancies))
        .routes(routes!(events::rooms_stream::stream))
}

/// Accounts, taxes, policies and the close of the day.
fn money() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        // taxes
        .routes(routes!(taxes::read::list, taxes::create::create))
        .routes(routes!(taxes::read::read, taxes::change::change))
        // policies
        .routes(routes!(policies::read::list, policies::create::create))
        .routes(routes!(policies::read::read, policies::change::change))
        .routes(routes!(reservations::deposits::due))
        .routes(routes!(reservations::fee_preview::fee_preview))
        // folios
        .routes(routes!(folios::read::list, folios::close::open))
        .routes(routes!(folios::read::read, folios::change::change))
        .routes(routes!(folios::print::statement))
        .routes(routes!(folios::print::invoice))
        .routes(routes!(folios::print::credit_note))
        .routes(routes!(folios::credit::credit))
        .routes(routes!(folios::routing::read, folios::routing::set))
        .routes(routes!(folios::post::charge))
        .routes(routes!(folios::discount::discount))
        .routes(routes!(folios::post::pay))
        .routes(routes!(folios::post::refund))
        .routes(routes!(folios::void::void))
        .routes(routes!(folios::void::transfer))
        .routes(routes!(folios::close::close))
        // payments by a gateway
        .routes(routes!(payments::charge::charge))
        .routes(routes!(payments::read::list))
        .routes(routes!(payments::read::read))
        .routes(routes!(payments::settle::settle))
        .routes(routes!(payments::refund::refund))
        .routes(routes!(payments::post::post))
        // letters
        .routes(routes!(messages::email_folio::email))
        .routes(routes!(messages::read::list))
        // day close
        .routes(routes!(day_close::preview::preview, day_close::run::run))
        .routes(routes!(day_close::read::list))
        .merge(statistics())
}

/// What is read about days, nights and money, and never written.
fn statistics() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(reports::manager_flash::manager_flash))
        .routes(routes!(reports::occupancy::occupancy))
        .routes(routes!(reports::forecast::forecast))
        .routes(routes!(reports::pick_up::pick_up))
        .routes(routes!(reports::taxes::taxes))
        .routes(routes!(reports::payments::payments))
        .routes(routes!(reports::payment_journal::payment_journal))
        .routes(routes!(reports::ledger_balance::ledger_balance))
        .routes(routes!(reports::no_shows::no_shows))
        .routes(routes!(reports::movements::movements))
        .routes(routes!(reports::housekeeping::housekeeping))
}

fn documented() -> (Router<AppState>, utoipa::openapi::OpenApi) {
    let (router, mut doc) = OpenApiRouter::with_openapi(openapi::Doc::openapi()).nest("/api/v1/pms", api()).split_for_parts();
    openapi::complete(&mut doc);
    (router, doc)
}

/// The OpenAPI document.
pub fn openapi_document() -> utoipa::openapi::OpenApi {
    documented().1
}

/// The whole HTTP service.
pub fn router(app: Arc<App>) -> Router {
    let timeout = app.settings.request_timeout;
    let (api, doc) = documented();
    let doc_json = serde_json::to_string(&doc).unwrap_or_default();
    api.route("/api/openapi.json", get(move || async move { ([("content-type", "application/json")], doc_json) }))
        .merge(reader())
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .fallback(page_or_not_found)
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)))
        .layer(middleware::from_fn(layers::secure))
        .layer(CatchPanicLayer::custom(layers::panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, timeout))
        .layer(middleware::from_fn(layers::around))
        .with_state(app)
}

/// The readable document. It loads nothing from other hosts, so its badge of an online validator is off.
fn reader() -> SwaggerUi {
    let config = Config::from("/api/openapi.json").validator_url("none").doc_expansion("none").filter(true);
    SwaggerUi::new("/api/docs").config(config)
}

/// The web app finds its own way among paths that are not of the API.
async fn page_or_not_found(request: Request) -> Response {
    let page = web::answer(web::built, request.method(), request.uri().path(), request.headers());
    page.unwrap_or_else(|| Fail::from(Refusal::not_found("resource")).into_response())
}
