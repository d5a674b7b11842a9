mod concurrency;
mod rooms;
mod status;
mod types;
