//! Currencies and amounts. An amount is a whole number of the smallest unit, so sums are exact.

use serde_json::{Number, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Currency {
    Brl,
    Usd,
    Eur,
    Clp,
    Kwd,
}

impl Currency {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Brl => "BRL",
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Clp => "CLP",
            Self::Kwd => "KWD",
        }
    }

    /// Digits behind the point: none in Chile, three in Kuwait.
    pub(crate) fn decimals(self) -> u32 {
        match self {
            Self::Brl | Self::Usd | Self::Eur => 2,
            Self::Clp => 0,
            Self::Kwd => 3,
        }
    }

    /// What something costs here that costs so many centavos in Brazil. The rates are made up and never change.
    pub(crate) fn price(self, centavos: i64) -> i64 {
        match self {
            Self::Brl => centavos,
            Self::Usd => centavos * 19 / 100,
            Self::Eur => centavos * 17 / 100,
            Self::Clp => centavos * 17 / 10 / 10 * 10,
            Self::Kwd => centavos * 58 / 100,
        }
    }

    /// Reais for one of it.
    pub(crate) fn rate(self) -> f64 {
        match self {
            Self::Brl => 1.0,
            Self::Usd => 5.25,
            Self::Eur => 5.88,
            Self::Clp => 0.0058,
            Self::Kwd => 17.2,
        }
    }

    /// A decimal text: `29.90`, `19900`, `1.250`.
    pub(crate) fn text(self, units: i128) -> String {
        let decimals = self.decimals();
        if decimals == 0 {
            return units.to_string();
        }
        let factor = 10_u128.pow(decimals);
        let (sign, size) = (if units < 0 { "-" } else { "" }, units.unsigned_abs());
        format!("{sign}{}.{:0width$}", size / factor, size % factor, width = decimals as usize)
    }

    /// The number that goes over the wire, in major units: 29.9 and 197.0, but 19900 where there are no decimals.
    pub(crate) fn number(self, units: i128) -> Value {
        if self.decimals() == 0 {
            return Value::from(i64::try_from(units).unwrap_or(i64::MAX));
        }
        // Going through the text makes it the number nearest to the amount, without the dust of a division.
        self.text(units).parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
    }
}
