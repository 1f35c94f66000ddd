//! What is sold: products, their offers and plans. The same in every world, whatever its seed.

use crate::words::Role;

/// A product of the account, or of somebody whose affiliate the account is.
pub(crate) struct Product {
    pub(crate) id: u64,
    pub(crate) ucode: &'static str,
    pub(crate) name: &'static str,
    pub(crate) format: &'static str,
    pub(crate) status: &'static str,
    pub(crate) role: Role,
    /// Days in which the buyer may ask for the money.
    pub(crate) warranty: i64,
    /// How many of a hundred orders are for it.
    pub(crate) weight: u32,
    pub(crate) offers: &'static [Offer],
}

pub(crate) struct Offer {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    /// In Brazil, in centavos.
    pub(crate) price: i64,
    pub(crate) mode: &'static str,
    pub(crate) plan: Option<Plan>,
    /// Payments that belong to one sale and aren't a subscription.
    pub(crate) smart_installments: Option<u16>,
}

#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) id: u64,
    pub(crate) name: &'static str,
    pub(crate) days: i64,
    pub(crate) interval: &'static str,
    pub(crate) cycles: Option<u16>,
    pub(crate) trial: i64,
}

const fn once(code: &'static str, name: &'static str, price: i64) -> Offer {
    Offer { code, name, price, mode: "PAY_IN_FULL", plan: None, smart_installments: None }
}

const fn plan(id: u64, name: &'static str, days: i64, interval: &'static str) -> Option<Plan> {
    Some(Plan { id, name, days, interval, cycles: None, trial: 0 })
}

const fn every(code: &'static str, price: i64, plan: Option<Plan>) -> Offer {
    Offer { code, name: "Assinatura", price, mode: "SUBSCRIPTION", plan, smart_installments: None }
}

/// The place of the product that is offered beside another one at the checkout.
pub(crate) const BUMP: usize = 5;

pub(crate) const PRODUCTS: [Product; 9] = [
    Product {
        id: 7_000_001,
        ucode: "10000000-aaaa-4bbb-8ccc-000000000001",
        name: "Curso Pão em Casa",
        format: "ONLINE_COURSE",
        status: "ACTIVE",
        role: Role::Producer,
        warranty: 7,
        weight: 36,
        offers: &[once("k1paocas", "Oferta", 19_700), once("k1promoc", "Promoção de verão", 14_790), once("k1vipvip", "Com mentoria", 49_700)],
    },
    Product {
        id: 7_000_002,
        ucode: "10000000-aaaa-4bbb-8ccc-000000000002",
        name: "Clube do Pão",
        format: "ONLINE_COURSE",
        status: "ACTIVE",
        role: Role::Producer,
        warranty: 7,
        weight: 8,
        offers: &[
            every("k2mensal", 2_990, plan(77, "Mensal", 30, "MONTH")),
            every("k2anual1", 29_900, plan(78, "Anual", 360, "YEAR")),
            every("k2doze12", 2_490, Some(Plan { id: 79, name: "Doze meses", days: 30, interval: "MONTH", cycles: Some(12), trial: 0 })),
        ],
    },
    Product {
        id: 7_000_003,
        ucode: "10000000-aaaa-4bbb-8ccc-000000000003",
        name: "Mentoria Fermento Vivo",
        format: "ONLINE_SERVICE",
        status: "ACTIVE",
        role: Role::Producer,
        warranty: 30,
        weight: 6,
        offers: &[
            once("k3inteir", "À vista", 199_700),
            Offer { code: "k3parcel", name: "Parcelado", price: 19_970, mode: "MULTIPLE_PAYMENTS", plan: None, smart_installments: Some(12) },
        ],
    },
    Product {
        id: 7_000_004,
        ucode: "10000000-aaaa-4bbb-8ccc-000000000004",
        name: "Receitas <b>rápidas</b> & fáceis",
        format: "EBOOK",
        status: "PAUSED",
        role: Role::Producer,
        warranty: 7,
        weight: 20,
        offers: &[once("k4ebook1", "Oferta", 3_700)],
    },
    Product {
        id: 7_000_005,
        ucode: "10000000-aaaa-4bbb-8ccc-000000000005",
        name: "Comunidade Ação",
        format: "COMMUNITY",
        status: "ACTIVE",
        role: Role::Producer,
        warranty: 7,
        weight: 4,
        offers: &[
            every("k5trimes", 8_970, plan(81, "Trimestral", 90, "MONTH")),
            every("k5semana", 990, Some(Plan { id: 82, name: "Semanal", days: 7, interval: "WEEK", cycles: None, trial: 7 })),
        ],
    },
    Product {
        id: 7_000_006,
        ucode: "10000000-aaaa-4bbb-8ccc-000000000006",
        name: "Planilha do Padeiro",
        format: "TEMPLATES",
        status: "ACTIVE",
        role: Role::Producer,
        warranty: 7,
        weight: 8,
        offers: &[once("k6planil", "Oferta", 1_990)],
    },
    Product {
        id: 7_000_007,
        ucode: "10000000-aaaa-4bbb-8ccc-000000000007",
        name: "Congresso do Trigo",
        format: "ETICKET",
        status: "ACTIVE",
        role: Role::Coproducer,
        warranty: 15,
        weight: 8,
        offers: &[once("k7ingres", "Primeiro lote", 8_900), once("k7ingre2", "Segundo lote", 12_900)],
    },
    Product {
        id: 7_000_008,
        ucode: "10000000-aaaa-4bbb-8ccc-000000000008",
        name: "Massas de Nápoles",
        format: "ONLINE_COURSE",
        status: "ACTIVE",
        role: Role::Affiliate,
        warranty: 7,
        weight: 10,
        offers: &[once("k8napole", "Oferta", 9_700)],
    },
    Product {
        id: 7_000_009,
        ucode: "10000000-aaaa-4bbb-8ccc-000000000009",
        name: "Rascunho",
        format: "AUDIOS",
        status: "DRAFT",
        role: Role::Producer,
        warranty: 7,
        // Nobody has bought it yet.
        weight: 0,
        offers: &[],
    },
];
