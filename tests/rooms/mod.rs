mod concurrency;
mod doors;
mod room_types;
mod scope;
mod status;
