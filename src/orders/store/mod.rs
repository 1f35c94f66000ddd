//! The room's SQL.

mod accounts;
pub(super) mod buyers;
pub(super) mod details;
pub(super) mod of_buyer;
pub(super) mod personal_data;
pub(super) mod products;
pub(super) mod sales;
pub(in crate::orders) mod totals;
pub(super) mod windows;

pub(super) use accounts::{
    all, by_id, claim, delete, hottok_of, insert, keys_of, let_go, rename, renew, secrets, set_answer, set_hottok, set_looked, set_one_status,
    set_paused, set_secrets, stand,
};
