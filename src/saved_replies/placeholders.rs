//! Places in a saved reply that are filled when it is inserted: `{{customer.name}}`. What nothing fills is for the writer, and stops sending until then.

/// What a ticket says for the places of a text.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub customer_name: String,
    pub reference: String,
    pub subject: String,
    pub agent_name: String,
    /// Title and address of the ticket's article.
    pub article: Option<(String, String)>,
}

/// More than the name of a place has.
const PLACE_MAX_CHARS: usize = 60;

impl Facts {
    fn value(&self, name: &str) -> Option<&str> {
        Some(match name {
            "customer.name" => self.customer_name.as_str(),
            "customer.first_name" => self.customer_name.split_whitespace().next()?,
            "ticket.reference" => self.reference.as_str(),
            "ticket.subject" => self.subject.as_str(),
            "agent.name" => self.agent_name.as_str(),
            "article.title" => self.article.as_ref().map(|(title, _)| title.as_str())?,
            "article.url" => self.article.as_ref().map(|(_, url)| url.as_str())?,
            _ => return None,
        })
    }
}

/// The places of a text, each with where it begins and ends.
fn places(text: &str) -> Vec<(usize, usize, &str)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = text[at..].find("{{").map(|offset| at + offset) {
        let Some(length) = text[start + 2..].find("}}") else { break };
        let name = &text[start + 2..start + 2 + length];
        let is_place = !name.trim().is_empty() && name.chars().count() <= PLACE_MAX_CHARS && !name.contains(['{', '}', '\n']);
        if is_place {
            found.push((start, start + length + 4, name.trim()));
            at = start + length + 4;
        } else {
            at = start + 1;
        }
    }
    found
}

/// A text with its places filled, as far as the ticket says something for them. A value is never read for places itself.
pub fn fill(text: &str, facts: &Facts) -> String {
    let (mut filled, mut at) = (String::with_capacity(text.len()), 0);
    for (start, end, name) in places(text) {
        filled.push_str(&text[at..start]);
        filled.push_str(facts.value(name).unwrap_or(&text[start..end]));
        at = end;
    }
    filled.push_str(&text[at..]);
    filled
}

/// The places that are still to be filled, each once.
pub fn unfilled(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (start, end, _) in places(text) {
        let name = text[start..end].to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_filled_once_and_what_nothing_fills_stays() {
        let facts =
            Facts { customer_name: "Maria {{agent.name}} Silva".into(), reference: "ABC".into(), agent_name: "Ana".into(), ..Facts::default() };
        let text = "Oi {{customer.name}}, {{ ticket.reference }}: {{valor}} {{article.url}} {{agent.name}}";
        assert_eq!(fill(text, &facts), "Oi Maria {{agent.name}} Silva, ABC: {{valor}} {{article.url}} Ana");
        assert_eq!(unfilled("{{valor}} e {{valor}} e {{ x }}"), ["{{valor}}", "{{ x }}"]);
        for none in ["{{}}", "{{ }}", "{x}", "{{a\nb}}", "}}{{", "{{{{", "{{", "{{a"] {
            assert!(unfilled(none).is_empty(), "{none}");
        }
        assert_eq!(unfilled("{{{a}}"), ["{{a}}"]);
    }
}
