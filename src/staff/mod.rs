//! People of the support team: rows, roles, and by whom something was done. Signing in comes with the desk.

mod store;

pub use store::Member;

use crate::db::{self, Db};
use crate::error::ServiceError;
use crate::events::{Actor, Events, Kind, NewEvent, Subject};
use crate::values::words::words;
use crate::values::{Email, PersonName};

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Answers tickets.
    Agent,
    /// Also decides who belongs to the team.
    Admin,
}

words!(Role { Agent => "agent", Admin => "admin" });

/// The room's handle.
#[derive(Clone)]
pub struct Staff {
    db: Db,
    events: Events,
}

impl Staff {
    pub fn new(db: Db, events: Events) -> Self {
        Self { db, events }
    }

    /// Adds somebody, or changes name and role of somebody who is there or was. Returns the id.
    pub async fn add(&self, email: &Email, name: &PersonName, role: Role, by: &Actor) -> Result<String, ServiceError> {
        let mut change = self.events.begin().await?;
        let id = db::new_id(change.now())?;
        let now = change.now();
        let id = store::upsert(&mut change, &id, &email.key(), name.as_str(), role, now).await?;
        change.record(NewEvent::new(Subject::Staff, &id, by, Kind::StaffAdded).with("role", role.word()));
        change.commit().await?;
        Ok(id)
    }

    /// Somebody leaves; what they did keeps their name. `NotFound` if nobody has the address.
    pub async fn remove(&self, email: &Email, by: &Actor) -> Result<(), ServiceError> {
        let mut change = self.events.begin().await?;
        let now = change.now();
        let id = store::remove(&mut change, &email.key(), now).await?.ok_or(ServiceError::NotFound)?;
        change.record(NewEvent::new(Subject::Staff, &id, by, Kind::StaffRemoved));
        Ok(change.commit().await?)
    }

    /// Those who belong to the team now, by name.
    pub async fn list(&self) -> Result<Vec<Member>, ServiceError> {
        Ok(store::list(&self.db.ready().await?).await?)
    }

    /// Somebody who belongs to the team now; `None` if nobody has the address.
    pub async fn by_email(&self, email: &Email) -> Result<Option<Member>, ServiceError> {
        Ok(store::by_email(&self.db.ready().await?, &email.key()).await?)
    }

    /// What somebody is called, whether they still belong to the team or not.
    pub async fn name(&self, id: &str) -> Result<Option<String>, ServiceError> {
        Ok(store::name(&self.db.ready().await?, id).await?)
    }
}
