mod bulk;
mod concurrency;
mod derived;
mod house_overbooking;
mod overbooking;
mod plans;
mod prices;
