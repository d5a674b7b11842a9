mod business_date;
mod inside;
mod life;
mod prices;
mod search;
mod wishes;
