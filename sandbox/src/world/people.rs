//! Buyers, affiliates and producers. Nobody here exists; every address ends in `example.com`.

use crate::random::Random;

const FIRST: [&str; 28] = [
    "Ana",
    "João",
    "Conceição",
    "Inês",
    "Luís",
    "Núbia",
    "Zé",
    "Mônica",
    "Íris",
    "Antônio",
    "Begoña",
    "Íñigo",
    "María",
    "Óscar",
    "Güido",
    "Chloé",
    "François",
    "Zoë",
    "Łukasz",
    "Søren",
    "Jürgen",
    "Fatma",
    "Yūko",
    "Đorđe",
    "Ólafur",
    "Renée",
    "Tomás",
    "Vitória",
];
const LAST: [&str; 24] = [
    "Exemplo",
    "da Conceição",
    "Gonçalves",
    "Araújo",
    "Brandão",
    "Simões",
    "Muñoz",
    "Peña",
    "Núñez",
    "Ibáñez",
    "Lefèvre",
    "Müller",
    "Åkesson",
    "Nowak",
    "Sá",
    "d'Ávila",
    "Pão-Duro",
    "Guimarães",
    "Assunção",
    "Vélez",
    "Ordóñez",
    "Al Salem",
    "Ōta",
    "Fontoura",
];
/// What some people type where a name belongs, and what must never run, break a query or turn a page around.
const HOSTILE: [&str; 10] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(2)>",
    "Robert'); DROP TABLE sales;--",
    "{{7*7}} ${7*7} %s %n",
    "\u{202e}oãoJ",
    "=HYPERLINK(\"http://example.com\",\"x\")",
    "A\u{0301}n\u{0303}a de\u{0301}composta",
    "🥖 Padeira 👩🏽‍🍳",
    "   ",
    "Zé\tTab\nLinha",
];
const CITIES: [(&str, &str, &str, &str); 6] = [
    ("São Tomé", "MG", "BR", "Brasil"),
    ("Belém", "PA", "BR", "Brasil"),
    ("Valparaíso", "", "CL", "Chile"),
    ("Málaga", "MA", "ES", "Espanha"),
    ("Austin", "TX", "US", "Estados Unidos"),
    ("Kuwait", "", "KW", "Kuwait"),
];

pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) ucode: String,
    pub(crate) phone: String,
    pub(crate) document: String,
    pub(crate) city: &'static str,
    pub(crate) state: &'static str,
    pub(crate) country: &'static str,
    pub(crate) country_name: &'static str,
}

pub(crate) fn buyer(seed: u64, id: u32) -> Person {
    let mut random = Random::of(&[seed, 0xb0e4, u64::from(id)]);
    let (first, last) = (*random.pick(&FIRST), *random.pick(&LAST));
    let name = match id % 60 {
        // All of them in turn, the first ones even among few buyers.
        59 => HOSTILE[id as usize / 60 % HOSTILE.len()].to_owned(),
        58 => format!("{first} {}", "Comprido ".repeat(30).trim_end()),
        57 => first.to_owned(),
        _ => format!("{first} {last}"),
    };
    let mut email = format!("{}.{}.{id}@example.com", plain(first), plain(last));
    if random.one_in(40) {
        // People write their address as they like; the match must not care.
        email = email.to_uppercase().replace("EXAMPLE.COM", "Example.com");
    }
    let (city, state, country, country_name) = *random.pick(&CITIES);
    Person {
        name,
        email,
        ucode: random.uuid(),
        phone: format!("55319{:08}", random.below(100_000_000)),
        document: format!("{:011}", random.below(100_000_000_000)),
        city,
        state,
        country,
        country_name,
    }
}

/// Whether a buyer's name is one that nobody has.
pub(crate) fn is_odd(id: u32) -> bool {
    id % 60 >= 58
}

/// The buyer who would have this address: its last part says which.
pub(crate) fn buyer_of(seed: u64, email: &str) -> Option<u32> {
    let (local, _) = email.split_once('@')?;
    let id = local.rsplit('.').next()?.parse().ok()?;
    buyer(seed, id).email.eq_ignore_ascii_case(email).then_some(id)
}

fn plain(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().filter(char::is_ascii_lowercase).collect();
    if plain.is_empty() { "x".to_owned() } else { plain }
}

#[derive(Clone, Copy)]
pub(crate) struct Affiliate {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) ucode: &'static str,
    pub(crate) email: &'static str,
}

pub(crate) const AFFILIATES: [Affiliate; 4] = [
    Affiliate { code: "N0000000A", name: "Bia Divulga", ucode: "20000000-aaaa-4bbb-8ccc-000000000001", email: "bia.divulga@example.com" },
    Affiliate { code: "N0000000B", name: "Irmãos Fornalha", ucode: "20000000-aaaa-4bbb-8ccc-000000000002", email: "fornalha@example.com" },
    Affiliate { code: "N0000000C", name: "Léo & Cia", ucode: "20000000-aaaa-4bbb-8ccc-000000000003", email: "leo.cia@example.com" },
    Affiliate { code: "N0000000D", name: "<i>Dúvida</i>", ucode: "20000000-aaaa-4bbb-8ccc-000000000004", email: "duvida@example.com" },
];

pub(crate) struct Owner {
    pub(crate) name: &'static str,
    pub(crate) ucode: &'static str,
    pub(crate) email: &'static str,
}

/// Whose account it is.
pub(crate) const OWNER: Owner = Owner { name: "Forno Azul", ucode: "30000000-aaaa-4bbb-8ccc-000000000001", email: "forno.azul@example.com" };
/// Who makes what the account sells together with others, or for others.
pub(crate) const PARTNER: Owner = Owner { name: "Trigo & Sal Ltda.", ucode: "30000000-aaaa-4bbb-8ccc-000000000002", email: "trigo.sal@example.com" };
