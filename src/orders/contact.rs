//! How a buyer is reached: read from its sealed column on request alone, and each look leaves an event.

use serde_json::Value;

use super::import::fields::text;
use super::import::keep::CONTACT;
use super::{Orders, store};
use crate::error::ServiceError;
use crate::events::{Actor, Kind, NewEvent, Subject};

/// Ids, and more than codes have.
const KEY_MAX_CHARS: usize = 64;

/// Telephone, documents and postal address as Hotmart has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    pub telephones: Vec<String>,
    /// Kind and number.
    pub documents: Vec<(Option<String>, String)>,
    /// Line by line.
    pub address: Vec<String>,
}

impl Contact {
    fn of(item: &Value) -> Self {
        let telephones = ["/cellphone", "/phone"].iter().filter_map(|name| text(item, name)).collect();
        let documents = item.get("documents").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let documents = documents.iter().filter_map(|document| Some((text(document, "/type"), text(document, "/value")?))).collect();
        let line = |names: &[&str]| {
            let parts: Vec<String> = names.iter().filter_map(|name| text(item, &format!("/address/{name}"))).collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        };
        let lines = [line(&["address", "number", "complement"]), line(&["neighborhood"]), line(&["zip_code", "city", "state"]), line(&["country"])];
        Self { telephones, documents, address: lines.into_iter().flatten().collect() }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Orders {
    /// The contact of a purchase's buyer, for somebody of the team who asks for it. Nothing is told before the event is written.
    pub async fn contact(&self, account: &str, code: &str, by: &Actor) -> Result<Contact, ServiceError> {
        // They come from a form: not everything that stands there may be asked of a database.
        if [account, code].iter().any(|key| key.is_empty() || key.chars().count() > KEY_MAX_CHARS || key.contains(char::is_control)) {
            return Err(ServiceError::NotFound);
        }
        let sealed = store::of_buyer::contact(&self.0.db.ready().await?, account, code).await?.ok_or(ServiceError::NotFound)?;
        let mut change = self.0.events.begin().await?;
        change.record(NewEvent::new(Subject::Order, code, by, Kind::ContactSeen).with("account", account));
        change.commit().await?;
        let key = self.0.key.get()?;
        let plain = sealed.and_then(|sealed| key.unseal(CONTACT, &sealed));
        let item: Option<Value> = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
        Ok(item.map(|item| Contact::of(&item)).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_contact_is_read_as_far_as_it_goes() {
        let item = json!({ "cellphone": "5531900000000", "phone": "", "documents": [{ "value": "123", "type": "CPF" }, { "type": "RG" }],
            "address": { "address": "Rua Um", "number": "1", "complement": "", "city": "Cidade", "state": "UF", "zip_code": "000", "country": "BR" } });
        let contact = Contact::of(&item);
        assert_eq!(contact.telephones, ["5531900000000"]);
        assert_eq!(contact.documents, [(Some("CPF".to_owned()), "123".to_owned())]);
        assert_eq!(contact.address, ["Rua Um, 1", "000, Cidade, UF", "BR"]);
        for empty in [json!({}), json!([]), json!({ "documents": {}, "address": 7, "phone": null })] {
            assert!(Contact::of(&empty).is_empty(), "{empty}");
        }
    }
}
