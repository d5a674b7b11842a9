mod concurrency;
mod overbooking;
mod plans;
mod prices;
