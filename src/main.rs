use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use oppsera_pms::cli::{
    self, api_key_create, calendar_rebuild, demo, doctor, fit, import, migrate, openapi, schema, serve, tenant_add, user_add,
};

/// A chart is thousands of small allocations, which glibc serves more slowly.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EXAMPLES: &str = "\
Examples:
  pms demo                                          two hotels to try, with nothing to set up
  pms migrate                                       the schema of this program
  pms tenant add lakeside --name 'Lakeside Hotels'  then `pms user add` for the first log-in
  pms serve                                         the HTTP API

Settings are flags, variables of the environment, or keys of a TOML file (pool_size = 32). A flag
wins over the environment, and that over the file.";

/// A property management system: calendar, bookings, rooms and guests, in the browser and over an HTTP API.
#[derive(Parser)]
#[command(name = "pms", version, after_help = EXAMPLES)]
struct Cli {
    /// The file of settings [default: ./pms.toml if there is one]
    #[arg(long, global = true, env = "PMS_CONFIG", value_name = "FILE", hide_env_values = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(after_help = serve::EXAMPLES)]
    Serve(serve::Args),
    #[command(after_help = demo::EXAMPLES)]
    Demo(demo::Args),
    #[command(after_help = migrate::EXAMPLES)]
    Migrate(migrate::Args),
    #[command(after_help = doctor::EXAMPLES)]
    Doctor(doctor::Args),
    /// The calendar: what is shown of the bookings
    #[command(subcommand)]
    Calendar(Calendar),
    /// Who sleeps where: the fewest moves that give everybody a room, or why there are none
    #[command(subcommand)]
    Fit(Fit),
    /// Tenants: companies with their hotels
    #[command(subcommand)]
    Tenant(Tenant),
    /// Users: people who log in
    #[command(subcommand)]
    User(User),
    /// API keys: programs that call the API
    #[command(subcommand)]
    ApiKey(ApiKey),
    /// Import data of other systems
    #[command(subcommand)]
    Import(Import),
    #[command(after_help = openapi::EXAMPLES)]
    Openapi(openapi::Args),
    #[command(after_help = schema::EXAMPLES, hide = true)]
    Schema(schema::Args),
}

#[derive(Subcommand)]
enum Calendar {
    #[command(after_help = calendar_rebuild::EXAMPLES)]
    Rebuild(calendar_rebuild::Args),
}

#[derive(Subcommand)]
enum Fit {
    #[command(after_help = fit::EXAMPLES)]
    MakeRoom(fit::MakeRoomArgs),
    #[command(after_help = fit::EXAMPLES)]
    FreeRoom(fit::FreeRoomArgs),
    #[command(after_help = fit::EXAMPLES)]
    Arrivals(fit::ArrivalsArgs),
    #[command(after_help = fit::EXAMPLES)]
    Upgrade(fit::UpgradeArgs),
    #[command(after_help = fit::EXAMPLES)]
    Tidy(fit::TidyArgs),
}

#[derive(Subcommand)]
enum Import {
    #[command(after_help = import::EXAMPLES)]
    HotelBookings(import::Args),
}

#[derive(Subcommand)]
enum Tenant {
    #[command(after_help = tenant_add::EXAMPLES)]
    Add(tenant_add::Args),
}

#[derive(Subcommand)]
enum User {
    #[command(after_help = user_add::EXAMPLES)]
    Add(user_add::Args),
}

#[derive(Subcommand)]
enum ApiKey {
    #[command(after_help = api_key_create::EXAMPLES)]
    Create(api_key_create::Args),
}

#[tokio::main]
async fn main() -> ExitCode {
    let Cli { config, command } = Cli::parse();
    let done = run(command, config).await;
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {}", cli::told(&error));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command, config: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(args) => serve::run(args, config).await?,
        Command::Demo(args) => demo::run(args, config).await?,
        Command::Migrate(args) => migrate::run(args, config).await?,
        Command::Doctor(args) => return doctor::run(args, config).await,
        Command::Calendar(Calendar::Rebuild(args)) => calendar_rebuild::run(args, config).await?,
        Command::Fit(Fit::MakeRoom(args)) => return fit::make_room(args, config).await,
        Command::Fit(Fit::FreeRoom(args)) => return fit::free_room(args, config).await,
        Command::Fit(Fit::Arrivals(args)) => return fit::arrivals(args, config).await,
        Command::Fit(Fit::Upgrade(args)) => return fit::upgrade(args, config).await,
        Command::Fit(Fit::Tidy(args)) => return fit::tidy(args, config).await,
        Command::Tenant(Tenant::Add(args)) => tenant_add::run(args, config).await?,
        Command::User(User::Add(args)) => user_add::run(args, config).await?,
        Command::ApiKey(ApiKey::Create(args)) => api_key_create::run(args, config).await?,
        Command::Import(Import::HotelBookings(args)) => import::run(args, config).await?,
        Command::Openapi(args) => openapi::run(&args)?,
        Command::Schema(args) => schema::run(args).await?,
    }
    Ok(ExitCode::SUCCESS)
}
