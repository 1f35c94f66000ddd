//! The room's SQL.

mod accounts;
pub(super) mod addresses;
pub(super) mod bodies;
pub(super) mod buyer_proof;
pub(super) mod buyers;
pub(super) mod details;
pub(super) mod differences;
pub(super) mod figures;
pub(super) mod of_buyer;
pub(super) mod personal_data;
pub(super) mod products;
pub(super) mod sales;
pub(in crate::orders) mod totals;
pub(super) mod windows;

pub(super) use accounts::{
    all, ask_comparison, by_id, claim, comparison_is_due, connect_again, delete_some, deleted, disconnect, hottok_of, insert, keys_of, let_go,
    rename, renew, secrets, set_answer, set_compared, set_hottok, set_looked, set_one_status, set_paused, set_secrets, size, stand,
};
