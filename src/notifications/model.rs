//! What there is to be told, and who wants to know it how.

use crate::clock::Micros;
use crate::i18n::Lang;
use crate::staff::Role;
use crate::values::words::words;

/// What people of the team are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotificationKind {
    /// The customer wrote again in a ticket of theirs.
    CustomerReplied,
    /// Somebody gave them a ticket.
    Assigned,
    /// Somebody named them in a note.
    Mentioned,
    /// A ticket of theirs is due within the hour.
    DueSoon,
    /// A ticket came into the queue that is nobody's.
    NewUnassigned,
}

words!(NotificationKind {
    CustomerReplied => "customer_replied",
    Assigned => "assigned",
    Mentioned => "mentioned",
    DueSoon => "due_soon",
    NewUnassigned => "new_unassigned",
});

impl NotificationKind {
    /// Whether somebody in a role can be told of it.
    pub fn is_for(self, role: Role) -> bool {
        self != Self::NewUnassigned || matches!(role, Role::Lead | Role::Admin)
    }

    pub fn name(self, lang: Lang) -> &'static str {
        let texts = lang.notifications();
        match self {
            Self::CustomerReplied => texts.customer_replied,
            Self::Assigned => texts.assigned,
            Self::Mentioned => texts.mentioned,
            Self::DueSoon => texts.due_soon,
            Self::NewUnassigned => texts.new_unassigned,
        }
    }
}

/// How somebody is told of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channels {
    pub in_desk: bool,
    pub by_mail: bool,
}

impl Channels {
    fn shipped(kind: NotificationKind) -> Self {
        let is_on = kind != NotificationKind::NewUnassigned;
        Self { in_desk: is_on, by_mail: is_on }
    }

    fn words(self) -> String {
        let words = [("desk", self.in_desk), ("mail", self.by_mail)];
        words.iter().filter(|(_, is_on)| *is_on).map(|(word, _)| *word).collect::<Vec<_>>().join("+")
    }

    fn parse(words: &str) -> Self {
        let has = |word| words.split('+').any(|found| found == word);
        Self { in_desk: has("desk"), by_mail: has("mail") }
    }
}

/// How somebody is told of each kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices(Vec<(NotificationKind, Channels)>);

impl Choices {
    /// What is stored for a person; `None`: as shipped. A kind that this version of the program does not know is passed over.
    pub fn parse(stored: Option<&str>) -> Self {
        let mut choices = Self(NotificationKind::ALL.iter().map(|kind| (*kind, Channels::shipped(*kind))).collect());
        for (kind, channels) in stored.unwrap_or_default().split(' ').filter_map(|part| part.split_once(':')) {
            if let Some(kind) = NotificationKind::parse(kind) {
                choices.set(kind, Channels::parse(channels));
            }
        }
        choices
    }

    pub fn of(&self, kind: NotificationKind) -> Channels {
        self.0.iter().find(|(known, _)| *known == kind).map_or(Channels::shipped(kind), |(_, channels)| *channels)
    }

    pub fn set(&mut self, kind: NotificationKind, channels: Channels) {
        self.0.retain(|(known, _)| *known != kind);
        self.0.push((kind, channels));
    }

    /// What has to be stored: what differs from the shipped choices.
    pub fn stored(&self) -> Option<String> {
        let differing = self.0.iter().filter(|(kind, channels)| *channels != Channels::shipped(*kind));
        let words: Vec<String> = differing.map(|(kind, channels)| format!("{}:{}", kind.word(), channels.words())).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

/// Something that somebody was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub kind: NotificationKind,
    pub reference: String,
    pub subject: String,
    pub who: Who,
    pub at: Micros,
    pub is_read: bool,
}

/// Who did what is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    Named(String),
    Console,
    /// Time passed, or the program did it.
    Nobody,
}

impl Who {
    /// In words; `None`: nobody.
    pub fn name(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Named(name) => Some(name.clone()),
            Self::Console => Some(lang.notifications().console.to_owned()),
            Self::Nobody => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_stored_and_it_is_read_back() {
        let mut choices = Choices::parse(None);
        assert_eq!(choices.stored(), None);
        let (none, mail) = (Channels { in_desk: false, by_mail: false }, Channels { in_desk: false, by_mail: true });
        choices.set(NotificationKind::Assigned, none);
        choices.set(NotificationKind::NewUnassigned, mail);
        let stored = choices.stored().expect("two differ");
        assert_eq!(stored, "assigned: new_unassigned:mail");
        let read = Choices::parse(Some(&stored));
        assert_eq!((read.of(NotificationKind::Assigned), read.of(NotificationKind::NewUnassigned)), (none, mail));
        assert_eq!(read.of(NotificationKind::Mentioned), Channels::shipped(NotificationKind::Mentioned));
        assert_eq!(Choices::parse(Some("another:desk : x assigned")).stored(), None);
    }
}
