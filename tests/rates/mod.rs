mod bulk;
mod concurrency;
mod derived;
mod overbooking;
mod plans;
mod prices;
