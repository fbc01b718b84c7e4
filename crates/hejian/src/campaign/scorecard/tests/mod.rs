//! Cards on figures worked out by hand, and who may look at which.

mod counted;
mod pages;
