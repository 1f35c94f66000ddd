//! Which subscriptions a call asks for.

use crate::{
    server::{
        failure::Failure,
        params::{Params, Window},
    },
    words::SubscriptionStatus,
    world::{
        World, people,
        subscription::{Standing, Subscription},
    },
};

pub(crate) struct Filter<'a> {
    product: Option<i64>,
    plans: Vec<&'a str>,
    plan: Option<i64>,
    accession: Window,
    /// These two only count once they are used: with their defaults, nothing would ever be shown.
    cancelation: Option<Window>,
    charge: Option<Window>,
    statuses: Vec<SubscriptionStatus>,
    code: Option<&'a str>,
    buyer: Option<Option<u32>>,
    /// The subscription of a transaction.
    of_transaction: Option<Option<u32>>,
    trial: Option<bool>,
}

impl<'a> Filter<'a> {
    pub(crate) fn asked(params: &'a Params, world: &World) -> Result<Self, Failure> {
        let used = |keys: (&'static str, &'static str), usual: (i64, i64)| -> Result<Option<Window>, Failure> {
            if !params.has(keys.0) && !params.has(keys.1) {
                return Ok(None);
            }
            Ok(Some(Window { from: params.number(keys.0)?.unwrap_or(usual.0), to: params.number(keys.1)?.unwrap_or(usual.1) }))
        };
        Ok(Self {
            product: params.number("product_id")?,
            plans: params.all("plan").filter(|plan| !plan.is_empty()).collect(),
            plan: params.number("plan_id")?,
            // The trap for a full import: thirty days, even beside other filters.
            accession: Window::asked(params, ("accession_date", "end_accession_date"), world.now)?,
            cancelation: used(("cancelation_date", "end_cancelation_date"), (world.now - 30 * crate::world::fate::DAY, world.now))?,
            charge: used(("date_next_charge", "end_date_next_charge"), (world.now, i64::MAX))?,
            statuses: params.words("status", SubscriptionStatus::named)?,
            code: params.text("subscriber_code"),
            buyer: params.text("subscriber_email").map(|email| people::buyer_of(world.seed, email.trim())),
            of_transaction: params.text("transaction").map(|code| world.by_code(code).and_then(|sale| sale.subscription)),
            trial: params.flag("trial")?,
        })
    }

    pub(crate) fn subscriptions<'w>(&'w self, world: &'w World) -> impl Iterator<Item = (&'w Subscription, Standing)> {
        world.subscriptions.iter().filter(|one| self.takes(one, world)).filter_map(|one| {
            let standing = one.standing(&world.sales, world.now);
            self.takes_standing(&standing).then_some((one, standing))
        })
    }

    fn takes(&self, one: &Subscription, world: &World) -> bool {
        self.accession.holds(one.started)
            && self.product.is_none_or(|id| u64::try_from(id) == Ok(one.product().id))
            && (self.plans.is_empty() || one.plan().is_some_and(|plan| self.plans.contains(&plan.name)))
            && self.plan.is_none_or(|id| one.plan().is_some_and(|plan| u64::try_from(id) == Ok(plan.id)))
            && self.code.is_none_or(|code| one.code() == code)
            && self.buyer.is_none_or(|buyer| buyer == Some(one.buyer))
            && self.of_transaction.is_none_or(|id| id == Some(one.id))
            && self.trial.is_none_or(|trial| trial == one.is_trial(world.now))
    }

    fn takes_standing(&self, standing: &Standing) -> bool {
        (self.statuses.is_empty() || self.statuses.contains(&standing.status))
            && self.cancelation.is_none_or(|window| standing.ended.is_some_and(|ended| window.holds(ended)))
            && self.charge.is_none_or(|window| window.holds(standing.next_charge))
    }
}
