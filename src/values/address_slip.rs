//! A slip of the finger in an email address: what was probably meant, to be asked about. Nobody's address is changed by it.

/// Where most people in Brazil, Latin America and the United States have their mailbox, the likeliest ending of a name first.
const PROVIDERS: [&str; 46] = [
    "gmail.com",
    "hotmail.com",
    "hotmail.com.br",
    "hotmail.com.mx",
    "hotmail.com.ar",
    "hotmail.es",
    "hotmail.co.uk",
    "outlook.com",
    "outlook.com.br",
    "outlook.com.mx",
    "outlook.com.ar",
    "outlook.es",
    "outlook.cl",
    "outlook.pt",
    "yahoo.com",
    "yahoo.com.br",
    "yahoo.com.mx",
    "yahoo.com.ar",
    "yahoo.com.co",
    "yahoo.com.pe",
    "yahoo.com.ve",
    "yahoo.es",
    "yahoo.co.uk",
    "icloud.com",
    "googlemail.com",
    "protonmail.com",
    "rocketmail.com",
    "live.com",
    "live.com.mx",
    "live.com.ar",
    "live.cl",
    "msn.com",
    "aol.com",
    "me.com",
    "uol.com.br",
    "bol.com.br",
    "terra.com.br",
    "ig.com.br",
    "oi.com.br",
    "r7.com",
    "globo.com",
    "globomail.com",
    "zipmail.com.br",
    "comcast.net",
    "verizon.net",
    "prodigy.net.mx",
];
/// Names that are asked about where only a letter or two differ. The others are words or too short: their neighbors are somebody's domains.
const TYPED_BY_MANY: [&str; 6] = ["gmail", "hotmail", "outlook", "yahoo", "icloud", "protonmail"];
/// Neighbors of those that many people really have.
const COMMON_NEIGHBORS: [&str; 10] =
    ["mail.com", "ymail.com", "email.com", "fmail.com", "zmail.com", "gmx.com", "cloud.com", "mail.com.br", "gail.com", "pm.me"];
/// Ends of a domain that no domain has, and what they were to be.
const NO_ENDING: [(&str, &str); 26] = [
    (".con", ".com"),
    (".cmo", ".com"),
    (".ocm", ".com"),
    (".comm", ".com"),
    (".coom", ".com"),
    (".ccom", ".com"),
    (".vom", ".com"),
    (".xom", ".com"),
    (".cim", ".com"),
    (".cpm", ".com"),
    (".ckm", ".com"),
    (".c0m", ".com"),
    (".cok", ".com"),
    (".coml", ".com"),
    (".com.b", ".com.br"),
    (".com.r", ".com.br"),
    (".com.rb", ".com.br"),
    (".com.brr", ".com.br"),
    (".con.br", ".com.br"),
    (".cmo.br", ".com.br"),
    (".combr", ".com.br"),
    (".com.m", ".com.mx"),
    (".con.mx", ".com.mx"),
    (".commx", ".com.mx"),
    (".con.ar", ".com.ar"),
    (".con.co", ".com.co"),
];
/// The same where the ending exists, but not for a provider's name.
const NOT_THEIRS: [(&str, &str); 8] = [
    (".co", ".com"),
    (".cm", ".com"),
    (".om", ".com"),
    (".comn", ".com"),
    (".co.br", ".com.br"),
    (".cm.br", ".com.br"),
    (".com.bt", ".com.br"),
    (".com.nr", ".com.br"),
];

/// The address that was probably meant, where the typed one looks like a slip. What stands before the `@` stays as it was typed.
pub fn suggest(address: &str) -> Option<String> {
    let (local, domain) = address.trim().rsplit_once('@')?;
    let domain = domain.to_lowercase();
    if local.is_empty() || is_common(&domain) {
        return None;
    }
    let meant = dots_put_right(&domain).or_else(|| ending_put_right(&domain)).or_else(|| name_put_right(&domain))?;
    Some(format!("{local}@{meant}"))
}

fn is_common(domain: &str) -> bool {
    PROVIDERS.contains(&domain) || COMMON_NEIGHBORS.contains(&domain)
}

/// `gmail`, `gmailcom`, `gmail,com` and `hotmail..com`.
fn dots_put_right(domain: &str) -> Option<String> {
    let bare = |text: &str| text.replace(['.', ','], "");
    let typed = bare(domain);
    let is_meant = |provider: &&&str| bare(provider) == typed || provider.split('.').next() == Some(domain);
    PROVIDERS.iter().find(is_meant).map(|provider| (*provider).to_owned())
}

fn ending_put_right(domain: &str) -> Option<String> {
    // There is no other one than Gmail's.
    if domain.strip_prefix("gmail.").is_some_and(|ending| ending != "com") {
        return Some("gmail.com".to_owned());
    }
    let with = |(wrong, right): &(&str, &str)| Some(format!("{}{right}", domain.strip_suffix(wrong).filter(|name| !name.is_empty())?));
    if let Some(put_right) = NO_ENDING.iter().find_map(with) {
        return Some(name_put_right(&put_right).unwrap_or(put_right));
    }
    let of_provider = |put_right: String| PROVIDERS.contains(&put_right.as_str()).then_some(put_right);
    NOT_THEIRS.iter().find_map(|ending| of_provider(with(ending)?).or_else(|| name_put_right(&with(ending)?)))
}

/// The provider whose name differs by a letter or two, its ending by none.
fn name_put_right(domain: &str) -> Option<String> {
    let (name, ending) = domain.split_once('.').filter(|_| !is_common(domain))?;
    let near = TYPED_BY_MANY.into_iter().filter_map(|known| {
        let far = distance(name, known);
        let near_enough = if known.len() < 7 { 1 } else { 2 };
        let meant = format!("{known}.{ending}");
        (far <= near_enough && PROVIDERS.contains(&meant.as_str())).then_some((far, meant))
    });
    near.min_by_key(|(far, _)| *far).map(|(_, meant)| meant)
}

/// How many letters have to be added, dropped, replaced or swapped with their neighbor.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    // A domain may be long; none of the names is.
    if one.len().abs_diff(other.len()) > 2 {
        return usize::MAX;
    }
    let mut rows = vec![(0..=other.len()).collect::<Vec<_>>()];
    for (i, letter) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, wanted) in other.iter().enumerate() {
            let replaced = rows[i][j] + usize::from(letter != wanted);
            let mut least = replaced.min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && one[i - 1] == *wanted && *letter == other[j - 1] {
                least = least.min(rows[i - 1][j - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_the_domain_of_a_common_provider_is_asked_about() {
        for (typed, meant) in [
            ("gmial.com", "gmail.com"),
            ("gmal.com", "gmail.com"),
            ("gamil.com", "gmail.com"),
            ("gmaill.com", "gmail.com"),
            ("gnail.com", "gmail.com"),
            ("GMIAL.COM", "gmail.com"),
            ("hotmial.com", "hotmail.com"),
            ("hotnail.com", "hotmail.com"),
            ("hormial.com", "hotmail.com"),
            ("homail.com.br", "hotmail.com.br"),
            ("outlok.com", "outlook.com"),
            ("outloock.com.br", "outlook.com.br"),
            ("yaho.com", "yahoo.com"),
            ("yahooo.com.br", "yahoo.com.br"),
            ("iclod.com", "icloud.com"),
            ("icloud.con", "icloud.com"),
            ("gmail.con", "gmail.com"),
            ("gmial.con", "gmail.com"),
            ("gmail.cm", "gmail.com"),
            ("gmail.co", "gmail.com"),
            ("gmail.com.br", "gmail.com"),
            ("hotmail.co", "hotmail.com"),
            ("hotmal.co", "hotmail.com"),
            ("yahoo.com.b", "yahoo.com.br"),
            ("yaho.com.b", "yahoo.com.br"),
            ("uol.con.br", "uol.com.br"),
            ("uol.co.br", "uol.com.br"),
            ("empresa.con", "empresa.com"),
            ("loja.empresa.combr", "loja.empresa.com.br"),
            ("gmail", "gmail.com"),
            ("gmailcom", "gmail.com"),
            ("gmail,com", "gmail.com"),
            ("hotmail..com", "hotmail.com"),
        ] {
            assert_eq!(suggest(&format!(" Ana.Souza+1@{typed} ")).as_deref(), Some(format!("Ana.Souza+1@{meant}").as_str()), "{typed}");
        }
    }

    #[test]
    fn a_domain_that_people_have_is_never_asked_about() {
        for domain in PROVIDERS.into_iter().chain(COMMON_NEIGHBORS) {
            assert_eq!(suggest(&format!("ana@{domain}")), None, "{domain}");
        }
        for domain in [
            "example.com",
            "empresa.co",
            "empresa.cm",
            "escola.edu.br",
            "mail.ru",
            "olive.com",
            "globe.com",
            "serra.com.br",
            "hotmail.fr",
            "hotmail.ca",
            "yahoo.co.in",
            "yahoo.ca",
            "outlook.com.au",
            "gmx.de",
            "proton.me",
            "mailbox.org",
            "açaí.example",
            "a.b.c.d.example",
            "con.com",
            "com",
        ] {
            assert_eq!(suggest(&format!("ana@{domain}")), None, "{domain}");
        }
    }

    #[test]
    fn whatever_is_typed_is_borne() {
        for typed in ["", "@", "ana", "@gmial.com", "ana@", "ana@.", "ana@.con", "ana@..", "💥@💥", "a@b@", &format!("a@{}.com", "g".repeat(9000))]
        {
            assert_eq!(suggest(typed), None, "{typed:.20}");
        }
        assert_eq!(suggest("a@b@gmial.com").as_deref(), Some("a@b@gmail.com"));
    }
}
