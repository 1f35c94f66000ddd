//! Numbers as people of each language write them.

use super::Lang;

/// Currencies with a sign that readers know; the others have their code.
const SIGNS: [(&str, &str); 3] = [("BRL", "R$"), ("USD", "US$"), ("EUR", "€")];
/// Keeps a sign and its number on one line.
const NARROW: char = '\u{a0}';
const MINUS: char = '\u{2212}';

impl Lang {
    /// "1.234", "1,234".
    pub fn number(self, number: i64) -> String {
        self.decimal(&number.to_string())
    }

    /// Plain digits with a point, such as `-1234.50`, as they are written for readers: "−1.234,50".
    pub fn decimal(self, plain: &str) -> String {
        let (group, point) = match self {
            Self::Pt | Self::Es => ('.', ','),
            Self::En => (',', '.'),
        };
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
        let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let mut written = String::with_capacity(plain.len() + plain.len() / 3);
        if !sign.is_empty() {
            written.push(MINUS);
        }
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                written.push(group);
            }
            written.push(digit);
        }
        if let Some(rest) = rest {
            written.push(point);
            written.push_str(rest);
        }
        written
    }

    /// "R$ 1.234,50", "US$1,234.50", "1,234.50 MXN" with the currency's sign, else its code. `plain`: major units.
    pub fn money(self, plain: &str, currency: &str) -> String {
        let number = self.decimal(plain);
        let Some((_, sign)) = SIGNS.iter().find(|(code, _)| *code == currency) else { return format!("{number}{NARROW}{currency}") };
        let (minus, number) = number.strip_prefix(MINUS).map_or((String::new(), number.as_str()), |number| (MINUS.to_string(), number));
        match self {
            Self::Pt | Self::Es => format!("{minus}{sign}{NARROW}{number}"),
            Self::En => format!("{minus}{sign}{number}"),
        }
    }

    /// "12,5%"; from thousandths.
    pub fn percent(self, thousandths: i64) -> String {
        let sign = if thousandths < 0 { "-" } else { "" };
        let (whole, tenth) = (thousandths.unsigned_abs() / 10, thousandths.unsigned_abs() % 10);
        let number = self.decimal(&format!("{sign}{whole}.{tenth}"));
        if self == Self::Es { format!("{number}{NARROW}%") } else { format!("{number}%") }
    }

    /// "1,5 mil", "2 mi", "1.5K": for the few labels of an axis.
    pub fn short_number(self, number: i64) -> String {
        let [thousand, million, billion] = match self {
            Self::Pt => ["\u{a0}mil", "\u{a0}mi", "\u{a0}bi"],
            Self::Es => ["\u{a0}mil", "\u{a0}M", "\u{a0}mil\u{a0}M"],
            Self::En => ["K", "M", "B"],
        };
        let (unit, name) = match number.unsigned_abs() {
            1_000_000_000.. => (1_000_000_000, billion),
            1_000_000.. => (1_000_000, million),
            1000.. => (1000, thousand),
            _ => return self.number(number),
        };
        let sign = if number < 0 { "-" } else { "" };
        let hundredths = format!("{:02}", number.unsigned_abs() % unit * 100 / unit);
        let rest = hundredths.trim_end_matches('0');
        let point = if rest.is_empty() { "" } else { "." };
        format!("{}{name}", self.decimal(&format!("{sign}{}{point}{rest}", number.unsigned_abs() / unit)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: String) -> String {
        text.replace(NARROW, " ")
    }

    #[test]
    fn numbers_are_written_as_their_readers_do() {
        for (number, told) in
            [("0", ["0", "0", "0"]), ("-1234567.5", ["−1.234.567,5", "−1.234.567,5", "−1,234,567.5"]), ("999.00", ["999,00", "999,00", "999.00"])]
        {
            assert_eq!(Lang::ALL.map(|lang| lang.decimal(number)), told);
        }
        let money = |number: &str, currency: &str| Lang::ALL.map(|lang| plain(lang.money(number, currency)));
        assert_eq!(money("1234.50", "BRL"), ["R$ 1.234,50", "R$ 1.234,50", "R$1,234.50"]);
        assert_eq!(money("-3.10", "USD"), ["−US$ 3,10", "−US$ 3,10", "−US$3.10"]);
        assert_eq!(money("12000", "CLP"), ["12.000 CLP", "12.000 CLP", "12,000 CLP"]);
        assert_eq!(Lang::ALL.map(|lang| plain(lang.percent(-5))), ["−0,5%", "−0,5 %", "−0.5%"]);
        assert_eq!(Lang::Pt.percent(12_345), "1.234,5%");
    }

    #[test]
    fn labels_of_an_axis_are_short() {
        let told = [(0, "0"), (500, "500"), (1500, "1.5K"), (20_000, "20K"), (2_500_000, "2.5M"), (-1250, "−1.25K"), (4_000_000_000, "4B")];
        for (number, short) in told {
            assert_eq!(Lang::En.short_number(number), short);
        }
        assert_eq!(plain(Lang::Pt.short_number(1500)), "1,5 mil");
        assert_eq!(Lang::En.short_number(i64::MIN), "−9,223,372,036.85B");
    }
}
