//! Fit: the search against other ways to find the same, and what is made of it at the desk.

mod brute;
mod desk;
mod drawing;
mod hotel;
mod houses;
mod larger;
mod small;
mod tidying;
mod upgrades;
mod wishes;
