//! What the room keeps of a customer, by the keyed hash of an address. Sums stay: what was sold is no person.

use crate::db::PersonalData;

/// `$1` is the hash.
pub const PERSONAL_DATA: &[PersonalData] = &[
    PersonalData::of_hash(
        "purchases that were proved",
        "SELECT COUNT(*) FROM buyer_proofs WHERE code IN (SELECT code FROM orders WHERE buyer_key = $1)",
        "DELETE FROM buyer_proofs WHERE code IN (SELECT code FROM orders WHERE buyer_key = $1)",
    ),
    PersonalData::of_hash(
        "codes for buyers",
        "SELECT COUNT(*) FROM buyer_codes WHERE code IN (SELECT code FROM orders WHERE buyer_key = $1)",
        "DELETE FROM buyer_codes WHERE code IN (SELECT code FROM orders WHERE buyer_key = $1)",
    ),
    PersonalData::of_customer(
        "purchases proved in their tickets",
        "SELECT COUNT(*) FROM buyer_proofs WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
        "DELETE FROM buyer_proofs WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
    ),
    PersonalData::of_customer(
        "codes asked for in their tickets",
        "SELECT COUNT(*) FROM buyer_codes WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
        "DELETE FROM buyer_codes WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
    ),
    // With all else that came in the same answers: it is sealed together.
    PersonalData::of_hash(
        "answers of Hotmart's with their purchases",
        "SELECT COUNT(*) FROM order_bodies WHERE EXISTS (SELECT 1 FROM orders WHERE buyer_key = $1 AND codes LIKE '% ' || orders.code || ' %')
            OR EXISTS (SELECT 1 FROM order_subscriptions WHERE subscriber_key = $1 AND codes LIKE '% ' || order_subscriptions.code || ' %')",
        "DELETE FROM order_bodies WHERE EXISTS (SELECT 1 FROM orders WHERE buyer_key = $1 AND codes LIKE '% ' || orders.code || ' %')
            OR EXISTS (SELECT 1 FROM order_subscriptions WHERE subscriber_key = $1 AND codes LIKE '% ' || order_subscriptions.code || ' %')",
    ),
    PersonalData::of_hash(
        "contacts of buyers",
        "SELECT COUNT(*) FROM order_people WHERE contact IS NOT NULL AND code IN (SELECT code FROM orders WHERE buyer_key = $1)",
        "UPDATE order_people SET contact = NULL WHERE code IN (SELECT code FROM orders WHERE buyer_key = $1)",
    ),
    PersonalData::of_hash(
        "subscriptions",
        "SELECT COUNT(*) FROM order_subscriptions WHERE subscriber_key = $1 AND erased = 0",
        "UPDATE order_subscriptions SET subscriber_name = NULL, subscriber_email = NULL, erased = 1 WHERE subscriber_key = $1",
    ),
    PersonalData::of_hash(
        "purchases",
        "SELECT COUNT(*) FROM orders WHERE buyer_key = $1 AND erased = 0",
        "UPDATE orders SET buyer = NULL, buyer_name = NULL, buyer_fold = NULL, buyer_email = NULL, erased = 1 WHERE buyer_key = $1",
    ),
];
