mod concurrency;
mod rooms;
mod scope;
mod status;
mod types;
