//! What a ticket is called.

/// No vowels, so that no word comes about; no two characters that look or sound alike.
const REFERENCE_ALPHABET: &[u8; 24] = b"23456789CDFGHJKMNPQRTVWX";
const REFERENCE_CHARS: usize = 9;
/// As many make a beginning that few references have in common.
const BEGINNING_MIN_CHARS: usize = 3;

/// What customer and staff call a ticket, `K7M-4QX-92P`. It can't be guessed, but it is no secret: a link is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference(String);

impl Reference {
    /// A new one; `None` when the system has no random numbers.
    pub fn random() -> Option<Self> {
        let mut chars = String::new();
        while chars.len() < REFERENCE_CHARS {
            let mut byte = [0];
            getrandom::fill(&mut byte).ok()?;
            // 240 is the last multiple of 24 in a byte: above it, some characters would be likelier.
            if byte[0] < 240 {
                chars.push(char::from(REFERENCE_ALPHABET[usize::from(byte[0] % 24)]));
            }
        }
        Self::parse(&chars)
    }

    /// One for each number, far apart for numbers in a row: for tickets that are made up.
    pub fn of_number(number: u64) -> Self {
        // Odd and no multiple of three, so it has nothing in common with the number of references: no two numbers give one.
        const STEP: u64 = 1_618_033_988_751;
        let all = (REFERENCE_ALPHABET.len() as u64).pow(REFERENCE_CHARS as u32);
        let mut rest = (u128::from(number % all) * u128::from(STEP) % u128::from(all)) as u64;
        let mut chars = String::new();
        while chars.len() < REFERENCE_CHARS {
            chars.push(char::from(REFERENCE_ALPHABET[(rest % 24) as usize]));
            rest /= 24;
        }
        Self::of(&chars)
    }

    /// Forgives small letters, missing or other separators, and characters that are never used but look like one that is.
    pub fn parse(typed: &str) -> Option<Self> {
        let chars = understood(typed)?;
        (chars.len() == REFERENCE_CHARS).then(|| Self::of(&chars))
    }

    /// The first and the last reference that begin as somebody typed, in any order of texts; `None`: too little to go by.
    pub fn beginning(typed: &str) -> Option<(Self, Self)> {
        let chars = understood(typed).filter(|chars| chars.len() >= BEGINNING_MIN_CHARS)?;
        let filled = |with: u8| Self::of(&format!("{chars}{}", char::from(with).to_string().repeat(REFERENCE_CHARS - chars.len())));
        Some((filled(REFERENCE_ALPHABET[0]), filled(REFERENCE_ALPHABET[REFERENCE_ALPHABET.len() - 1])))
    }

    /// Of as many characters of the alphabet as there have to be.
    fn of(chars: &str) -> Self {
        Self(format!("{}-{}-{}", &chars[..3], &chars[3..6], &chars[6..]))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What was typed, in characters of the alphabet; `None` where it is no reference, nor the beginning of one.
fn understood(typed: &str) -> Option<String> {
    let mut chars = String::new();
    for char in typed.chars().filter(|char| !char.is_whitespace() && !matches!(char, '-' | '.' | '_' | '\u{2010}'..='\u{2015}')) {
        let char = match char.to_ascii_uppercase() {
            'B' => '8',
            'S' => '5',
            'Z' => '2',
            other => other,
        };
        if !char.is_ascii() || !REFERENCE_ALPHABET.contains(&(char as u8)) || chars.len() == REFERENCE_CHARS {
            return None;
        }
        chars.push(char);
    }
    Some(chars)
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_understood_however_it_is_typed() {
        let reference = Reference("K7M-4QX-92P".to_owned());
        for typed in ["K7M-4QX-92P", " k7m 4qx 92p ", "k7m4qx92p", "K7M\u{2013}4QX\u{2013}92P", "k.7.m.4qx_92p"] {
            assert_eq!(Reference::parse(typed).as_ref(), Some(&reference), "{typed}");
        }
        assert_eq!(Reference::parse("z5bscd999").map(|reference| reference.0), Some("258-5CD-999".to_owned()));
        for bad in ["", "K7M-4QX-92", "K7M-4QX-92PP", "K7M-4QX-92é", "../../etc", "K7M-4QX-92A", &"K".repeat(100_000)] {
            assert_eq!(Reference::parse(bad), None);
        }
    }

    #[test]
    fn a_beginning_stands_for_all_that_begin_so() {
        let ends = Reference::beginning("k7m 4q").map(|(first, last)| (first.0, last.0));
        assert_eq!(ends, Some(("K7M-4Q2-222".to_owned(), "K7M-4QX-XXX".to_owned())));
        assert_eq!(Reference::beginning("K7M-4QX-92P").map(|(first, last)| first == last), Some(true));
        for bad in ["", "k7", "--", "K7M-4QX-92PP", "pix", "%__", "é77"] {
            assert_eq!(Reference::beginning(bad), None, "{bad}");
        }
    }

    #[test]
    fn references_use_the_whole_alphabet_and_do_not_repeat() {
        let references: std::collections::HashSet<_> = (0..500).filter_map(|_| Reference::random()).map(|reference| reference.0).collect();
        assert_eq!(references.len(), 500);
        let used: std::collections::HashSet<u8> = references.iter().flat_map(|reference| reference.bytes()).filter(|byte| *byte != b'-').collect();
        assert_eq!(used.len(), REFERENCE_ALPHABET.len());
    }
}
