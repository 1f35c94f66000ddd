//! Which sales a call asks for. The five lists share it, and its traps.

use crate::{
    server::{
        failure::Failure,
        params::{Params, Window},
        views,
    },
    words::{OTHER_PAYMENTS, Payment, Role, Status},
    world::{World, people, sale::Sale},
};

pub(crate) struct Filter<'a> {
    transaction: Option<&'a str>,
    pub(crate) window: Window,
    /// Empty: all.
    statuses: Vec<Status>,
    product: Option<i64>,
    source: Option<&'a str>,
    buyer: Option<Option<u32>>,
    buyer_name: Option<String>,
    affiliate_name: Option<String>,
    payments: Vec<Option<Payment>>,
    offer: Option<&'a str>,
    roles: Vec<Role>,
}

impl<'a> Filter<'a> {
    pub(crate) fn asked(params: &'a Params, world: &World) -> Result<Self, Failure> {
        let transaction = params.text("transaction");
        let mut statuses = params.words("transaction_status", Status::named)?;
        if statuses.is_empty() && transaction.is_none() {
            // The trap for a full import: what failed or went back is only shown when it is asked for.
            statuses = Status::ALL.iter().copied().filter(|status| status.is_shown_unasked()).collect();
        }
        let has_dates = params.has("start_date") || params.has("end_date");
        let window = if transaction.is_some() && !has_dates {
            Window::ALL
        } else {
            Window::asked(params, ("start_date", "end_date"), world.now)?.within_a_year()?
        };
        let payment = |word: &str| Payment::named(word).map(Some).or_else(|| OTHER_PAYMENTS.contains(&word).then_some(None));
        Ok(Self {
            transaction,
            window,
            statuses,
            product: params.number("product_id")?,
            source: params.text("sales_source"),
            buyer: params.text("buyer_email").map(|email| people::buyer_of(world.seed, email.trim())),
            buyer_name: params.text("buyer_name").map(str::to_lowercase),
            affiliate_name: params.text("affiliate_name").map(str::to_lowercase),
            payments: params.words("payment_type", payment)?,
            offer: params.text("offer_code"),
            roles: params.words("commission_as", Role::named)?,
        })
    }

    pub(crate) fn sales<'w>(&'w self, world: &'w World) -> impl Iterator<Item = &'w Sale> {
        let (one, many) = match self.transaction {
            Some(code) => (world.by_code(code).filter(|sale| self.window.holds(sale.ordered)), &[][..]),
            None => (None, world.between(self.window.from, self.window.to)),
        };
        one.into_iter().chain(many).filter(|sale| self.takes(sale, world))
    }

    fn takes(&self, sale: &Sale, world: &World) -> bool {
        let among = |empty: bool, found: bool| empty || found;
        among(self.statuses.is_empty(), self.statuses.contains(&sale.status))
            && self.product.is_none_or(|id| u64::try_from(id) == Ok(sale.product().id))
            && self.buyer.is_none_or(|buyer| buyer == Some(sale.buyer) && sale.shows_email())
            && self.source.is_none_or(|source| sale.source() == Some(source))
            && among(self.payments.is_empty(), self.payments.contains(&Some(sale.payment)))
            && self.offer.is_none_or(|code| sale.offer().code == code)
            && among(self.roles.is_empty(), self.roles.contains(&sale.product().role))
            && self.affiliate_name.as_ref().is_none_or(|name| views::seller(sale).is_some_and(|one| one.name.to_lowercase().contains(name)))
            && self.buyer_name.as_ref().is_none_or(|name| people::buyer(world.seed, sale.buyer).name.to_lowercase().contains(name))
    }
}
