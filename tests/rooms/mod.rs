mod concurrency;
mod room_types;
mod rooms;
mod scope;
mod status;
