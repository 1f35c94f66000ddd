//! Amounts in minor units of their currency. Amounts of two currencies are never added.

/// Currencies without minor units (ISO 4217).
const WITHOUT_DECIMALS: [&str; 17] =
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];
/// Those with thousandths (ISO 4217).
const WITH_THREE_DECIMALS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
/// Beyond what a sale can cost in any currency, and far from where numbers lose their cents.
const MAJOR_MAX: f64 = 1e12;

/// An amount of one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// Cents, or whatever the currency's smallest unit is.
    pub minor: i64,
    /// Three capital letters.
    pub currency: String,
}

/// Digits after the point.
pub fn decimals(currency: &str) -> u32 {
    if WITHOUT_DECIMALS.contains(&currency) {
        0
    } else if WITH_THREE_DECIMALS.contains(&currency) {
        3
    } else {
        2
    }
}

impl Money {
    /// From major units, as Hotmart writes them; `None` for what is no amount or no currency.
    pub fn of_major(value: f64, currency: &str) -> Option<Self> {
        let currency = currency.trim().to_ascii_uppercase();
        let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        if !is_code || !value.is_finite() || value.abs() > MAJOR_MAX {
            return None;
        }
        let minor = (value * 10_f64.powi(decimals(&currency).cast_signed())).round();
        #[expect(clippy::cast_possible_truncation, reason = "at most 10^15")]
        Some(Self { minor: minor as i64, currency })
    }

    /// Major units with as many decimals as the currency has: `197.00`, `12000`, `1.250`.
    pub fn plain(&self) -> String {
        let decimals = decimals(&self.currency) as usize;
        if decimals == 0 {
            return self.minor.to_string();
        }
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = decimals + 1);
        let (major, minor) = digits.split_at(digits.len() - decimals);
        format!("{sign}{major}.{minor}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_kept_to_the_last_unit_of_their_currency() {
        let cases = [
            (29.9, "BRL", 2990, "29.90"),
            (0.1 + 0.2, "usd", 30, "0.30"),
            (12000.0, "CLP", 12000, "12000"),
            (1.25, "KWD", 1250, "1.250"),
            (0.05, "EUR", 5, "0.05"),
            (-3.5, "BRL", -350, "-3.50"),
            (1_234_567.89, "BRL", 123_456_789, "1234567.89"),
            (4.35, "BRL", 435, "4.35"),
        ];
        for (value, currency, minor, plain) in cases {
            let money = Money::of_major(value, currency).expect("an amount");
            assert_eq!((money.minor, money.plain().as_str()), (minor, plain));
        }
    }

    #[test]
    fn what_is_no_amount_is_none() {
        for (value, currency) in [(f64::NAN, "BRL"), (f64::INFINITY, "BRL"), (1e13, "BRL"), (1.0, ""), (1.0, "R$"), (1.0, "BRLX"), (1.0, "ÉUR")] {
            assert_eq!(Money::of_major(value, currency), None, "{value} {currency}");
        }
    }
}
