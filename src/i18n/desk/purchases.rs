//! Words of purchases beside a ticket.

use crate::i18n::Lang;

pub struct DeskPurchasesTexts {
    pub title: &'static str,
    pub none: &'static str,
    /// `{count}` of an address that isn't verified.
    pub hidden_one: &'static str,
    pub hidden_many: &'static str,
    pub of_code: &'static str,
    /// `{days}`.
    pub refund_one: &'static str,
    pub refund_many: &'static str,
    /// `{count}` instalments.
    pub installments: &'static str,
}

impl Lang {
    pub fn desk_purchases(self) -> &'static DeskPurchasesTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }

    /// What Hotmart's word for where a sale stands means; `None` for one that we don't know.
    pub fn sale_status(self, word: &str) -> Option<&'static str> {
        let words = STATUSES.iter().find(|(known, _)| *known == word).map(|(_, words)| words)?;
        Some(words[self as usize])
    }
}

/// In Portuguese, Spanish and English.
const STATUSES: [(&str, [&str; 3]); 19] = [
    ("APPROVED", ["Paga", "Pagada", "Paid"]),
    ("COMPLETE", ["Paga, garantia encerrada", "Pagada, garantía vencida", "Paid, guarantee over"]),
    ("STARTED", ["Iniciada", "Iniciada", "Started"]),
    ("WAITING_PAYMENT", ["Aguardando pagamento", "Esperando el pago", "Waiting for payment"]),
    ("PRINTED_BILLET", ["Boleto emitido", "Boleto emitido", "Payment slip issued"]),
    ("UNDER_ANALISYS", ["Em análise", "En revisión", "Under review"]),
    ("UNDER_ANALYSIS", ["Em análise", "En revisión", "Under review"]),
    ("PROCESSING_TRANSACTION", ["Em processamento", "En proceso", "Processing"]),
    ("PRE_ORDER", ["Pré-venda", "Preventa", "Pre-order"]),
    ("CANCELLED", ["Pagamento recusado", "Pago rechazado", "Payment refused"]),
    ("EXPIRED", ["Vencida sem pagamento", "Vencida sin pago", "Expired unpaid"]),
    ("NO_FUNDS", ["Sem saldo", "Sin fondos", "No funds"]),
    ("BLOCKED", ["Bloqueada", "Bloqueada", "Blocked"]),
    ("OVERDUE", ["Em atraso", "Atrasada", "Overdue"]),
    ("DELAYED", ["Em atraso", "Atrasada", "Overdue"]),
    ("PROTESTED", ["Reembolso solicitado", "Reembolso solicitado", "Refund requested"]),
    ("REFUNDED", ["Reembolsada", "Reembolsada", "Refunded"]),
    ("PARTIALLY_REFUNDED", ["Reembolsada em parte", "Reembolsada en parte", "Partly refunded"]),
    ("CHARGEBACK", ["Contestada no cartão", "Disputada con el banco", "Chargeback"]),
];

const PT: DeskPurchasesTexts = DeskPurchasesTexts {
    title: "Compras na Hotmart",
    none: "Nenhuma compra com este e-mail.",
    hidden_one: "Há 1 compra com este e-mail. Ela aparece quando o cliente confirmar o endereço, pelo link de um e-mail nosso.",
    hidden_many: "Há {count} compras com este e-mail. Elas aparecem quando o cliente confirmar o endereço, pelo link de um e-mail nosso.",
    of_code: "O código informado é de uma compra com outro e-mail:",
    refund_one: "reembolso: falta 1 dia",
    refund_many: "reembolso: faltam {days} dias",
    installments: "{count}x",
};

const ES: DeskPurchasesTexts = DeskPurchasesTexts {
    title: "Compras en Hotmart",
    none: "No hay compras con este correo.",
    hidden_one: "Hay 1 compra con este correo. Aparece cuando el cliente confirme la dirección, con el enlace de un correo nuestro.",
    hidden_many: "Hay {count} compras con este correo. Aparecen cuando el cliente confirme la dirección, con el enlace de un correo nuestro.",
    of_code: "El código indicado es de una compra con otro correo:",
    refund_one: "reembolso: queda 1 día",
    refund_many: "reembolso: quedan {days} días",
    installments: "{count} cuotas",
};

const EN: DeskPurchasesTexts = DeskPurchasesTexts {
    title: "Hotmart purchases",
    none: "No purchase with this email address.",
    hidden_one: "There's 1 purchase with this email address. It shows once the customer has confirmed the address, by the link in an email of ours.",
    hidden_many: "There are {count} purchases with this email address. They show once the customer has confirmed the address, by the link in an email of ours.",
    of_code: "The code given is of a purchase with another email address:",
    refund_one: "refund: 1 day left",
    refund_many: "refund: {days} days left",
    installments: "{count} installments",
};
