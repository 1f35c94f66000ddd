//! Hotmart's words in the words of the reader. One that we don't know is shown as it is.

use crate::i18n::Lang;

/// In Portuguese, Spanish and English.
type Table = [(&'static str, [&'static str; 3])];

impl Lang {
    /// What Hotmart's word for where a sale stands means; `None` for one that we don't know.
    pub fn sale_status(self, word: &str) -> Option<&'static str> {
        self.said(&STATUSES, word)
    }

    /// The same of a subscription.
    pub fn subscription_status(self, word: &str) -> Option<&'static str> {
        self.said(&SUBSCRIPTIONS, word)
    }

    /// How a sale was paid, or was to be, by Hotmart's words for the type and, where it is a card, which.
    pub fn payment(self, kind: &str, method: Option<&str>) -> String {
        let kind = self.said(&PAYMENTS, kind).unwrap_or(kind);
        let method = method.unwrap_or_default();
        match CARDS.iter().find(|(word, _)| method.contains(word)) {
            Some((_, card)) => format!("{kind} ({card})"),
            None => kind.to_owned(),
        }
    }

    /// Why a payment failed, by the bank's words and by where the sale stands; `None` where it did not.
    pub fn payment_failure(self, status: &str, refusal: Option<&str>) -> Option<String> {
        let by_status = self.said(&FAILURES, status)?;
        let Some(refusal) = refusal.map(str::to_ascii_uppercase) else { return Some(by_status.to_owned()) };
        let known = REFUSALS.iter().find(|(part, _)| refusal.contains(part)).map(|(_, texts)| texts[self as usize].to_owned());
        Some(known.unwrap_or_else(|| format!("{by_status} ({refusal})")))
    }

    /// A question that finds the article for where a purchase stands.
    pub fn purchase_question(self, situation: &str) -> Option<&'static str> {
        self.said(&QUESTIONS, situation)
    }

    /// A class of sales, as a choice of a filter.
    pub fn sale_class(self, word: &str) -> Option<&'static str> {
        self.said(&CLASSES, word)
    }

    fn said(self, table: &Table, word: &str) -> Option<&'static str> {
        table.iter().find(|(known, _)| *known == word).map(|(_, texts)| texts[self as usize])
    }
}

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

const SUBSCRIPTIONS: [(&str, [&str; 3]); 13] = [
    ("STARTED", ["iniciada", "iniciada", "started"]),
    ("ACTIVE", ["ativa", "activa", "active"]),
    ("INACTIVE", ["inativa, nunca paga", "inactiva, nunca se pagó", "inactive, never paid"]),
    ("DELAYED", ["em atraso", "atrasada", "overdue"]),
    ("OVERDUE", ["vencida", "vencida", "lapsed"]),
    ("EXPIRED", ["encerrada", "terminada", "ended"]),
    ("CANCELLED_BY_CUSTOMER", ["cancelada pelo cliente", "cancelada por el cliente", "canceled by the customer"]),
    ("CANCELLED_BY_SELLER", ["cancelada pelo vendedor", "cancelada por el vendedor", "canceled by the seller"]),
    ("CANCELLED_BY_ADMIN", ["cancelada pela Hotmart", "cancelada por Hotmart", "canceled by Hotmart"]),
    ("CANCELED_BY_CUSTOMER", ["cancelada pelo cliente", "cancelada por el cliente", "canceled by the customer"]),
    ("CANCELED_BY_SELLER", ["cancelada pelo vendedor", "cancelada por el vendedor", "canceled by the seller"]),
    ("CANCELED_BY_VENDOR", ["cancelada pelo vendedor", "cancelada por el vendedor", "canceled by the seller"]),
    ("CANCELED_BY_ADMIN", ["cancelada pela Hotmart", "cancelada por Hotmart", "canceled by Hotmart"]),
];

const PAYMENTS: [(&str, [&str; 3]); 21] = [
    ("BILLET", ["boleto", "boleto bancario", "boleto"]),
    ("FINANCED_BILLET", ["boleto parcelado", "boleto bancario en cuotas", "boleto in installments"]),
    ("FINANCED_INSTALLMENT", ["parcelamento financiado", "cuotas financiadas", "financed installments"]),
    ("CASH_PAYMENT", ["dinheiro, em ponto de pagamento", "efectivo, en punto de pago", "cash at a payment point"]),
    ("CREDIT_CARD", ["cartão de crédito", "tarjeta de crédito", "credit card"]),
    ("DIRECT_BANK_TRANSFER", ["transferência bancária", "transferencia bancaria", "bank transfer"]),
    ("MANUAL_TRANSFER", ["transferência manual", "transferencia manual", "manual transfer"]),
    ("DIRECT_DEBIT", ["débito em conta", "débito directo", "direct debit"]),
    ("PIX", ["Pix", "Pix", "Pix"]),
    ("PAYPAL", ["PayPal", "PayPal", "PayPal"]),
    ("PAYPAL_INTERNACIONAL", ["PayPal", "PayPal", "PayPal"]),
    ("PICPAY", ["PicPay", "PicPay", "PicPay"]),
    ("GOOGLE_PAY", ["Google Pay", "Google Pay", "Google Pay"]),
    ("APPLE_PAY", ["Apple Pay", "Apple Pay", "Apple Pay"]),
    ("SAMSUNG_PAY", ["Samsung Pay", "Samsung Pay", "Samsung Pay"]),
    ("WALLET", ["carteira digital", "billetera digital", "digital wallet"]),
    ("HYBRID", ["dois meios de pagamento", "dos medios de pago", "two payment methods"]),
    ("HOTCARD", ["cartão da Hotmart", "tarjeta de Hotmart", "Hotmart card"]),
    ("HOTMART_BALANCE", ["saldo da Hotmart", "saldo de Hotmart", "Hotmart balance"]),
    ("BALANCE_HOTMART", ["saldo da Hotmart", "saldo de Hotmart", "Hotmart balance"]),
    ("ECHECK", ["cheque eletrônico", "cheque electrónico", "e-check"]),
];

/// Names that stand in Hotmart's word for the method.
const CARDS: [(&str, &str); 9] = [
    ("VISA", "Visa"),
    ("MASTERCARD", "Mastercard"),
    ("AMERICAN_EXPRESS", "American Express"),
    ("HIPERCARD", "Hipercard"),
    ("CREDIT_CARD_ELO", "Elo"),
    ("DINERS", "Diners"),
    ("DISCOVER", "Discover"),
    ("OXXO", "OXXO"),
    ("BALOTO", "Baloto"),
];

/// Where no bank says why.
const FAILURES: [(&str, [&str; 3]); 6] = [
    ("CANCELLED", ["O pagamento foi recusado", "El pago fue rechazado", "The payment was declined"]),
    ("EXPIRED", ["O boleto ou Pix venceu sem pagamento", "El plazo para pagar venció", "It wasn't paid in time"]),
    ("NO_FUNDS", ["Sem saldo ou limite suficiente", "Sin saldo o límite suficiente", "Not enough funds or credit"]),
    ("BLOCKED", ["A compra foi bloqueada pela Hotmart", "Hotmart bloqueó la compra", "Hotmart blocked the purchase"]),
    ("OVERDUE", ["A cobrança não foi paga no prazo", "El cobro no se pagó a tiempo", "The charge wasn't paid in time"]),
    ("DELAYED", ["A cobrança não foi paga no prazo", "El cobro no se pagó a tiempo", "The charge wasn't paid in time"]),
];

/// Parts of what banks say; the first that fits.
const REFUSALS: [(&str, [&str; 3]); 11] = [
    ("INSUFFICIENT", ["Sem saldo ou limite suficiente", "Sin saldo o límite suficiente", "Not enough funds or credit"]),
    ("LIMIT", ["Limite do cartão excedido", "Límite de la tarjeta excedido", "Card limit exceeded"]),
    ("EXPIRED", ["Cartão vencido", "Tarjeta vencida", "Expired card"]),
    ("SECURITY CODE", ["Código de segurança errado", "Código de seguridad incorrecto", "Wrong security code"]),
    ("RESTRICTED", ["Cartão com restrição do banco", "Tarjeta restringida por el banco", "Card restricted by its bank"]),
    ("STOLEN", ["Cartão perdido ou roubado", "Tarjeta perdida o robada", "Lost or stolen card"]),
    ("LOST", ["Cartão perdido ou roubado", "Tarjeta perdida o robada", "Lost or stolen card"]),
    ("FRAUD", ["Recusado por suspeita de fraude", "Rechazado por sospecha de fraude", "Declined on suspicion of fraud"]),
    ("UNAVAILABLE", ["O banco do cartão não respondeu", "El banco de la tarjeta no respondió", "The card's bank didn't answer"]),
    ("INVALID", ["Dados do cartão errados", "Datos de la tarjeta incorrectos", "Wrong card details"]),
    ("DECLINED", ["Recusado pelo banco do cartão", "Rechazado por el banco de la tarjeta", "Declined by the card's bank"]),
];

const QUESTIONS: [(&str, [&str; 3]); 8] = [
    ("access", ["acessar minha compra", "acceder a mi compra", "access my purchase"]),
    ("refundable", ["pedir reembolso", "pedir un reembolso", "request a refund"]),
    ("refund_requested", ["reembolso não chegou", "reembolso no llegó", "refund not arrived"]),
    ("refunded", ["reembolso não chegou", "reembolso no llegó", "refund not arrived"]),
    ("waiting", ["pagamento pendente", "pago pendiente", "payment pending"]),
    ("refused", ["compra não aprovada", "compra no aprobada", "purchase declined"]),
    ("overdue", ["pagar assinatura atrasada", "pagar suscripción atrasada", "pay an overdue subscription"]),
    ("chargeback", ["não reconheço a cobrança", "no reconozco un cargo en mi tarjeta", "recognize a charge on my statement"]),
];

const CLASSES: [(&str, [&str; 3]); 7] = [
    ("paid", ["Paga", "Pagada", "Paid"]),
    ("pending", ["Aguardando pagamento", "Esperando el pago", "Waiting for payment"]),
    ("failed", ["Pagamento falhou", "Pago fallido", "Payment failed"]),
    ("refund_requested", ["Reembolso solicitado", "Reembolso solicitado", "Refund requested"]),
    ("refunded", ["Reembolsada", "Reembolsada", "Refunded"]),
    ("chargeback", ["Contestada no cartão", "Disputada con el banco", "Chargeback"]),
    ("other", ["Outra", "Otra", "Other"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hotmarts_words_are_said_plainly_and_unknown_ones_as_they_are() {
        assert_eq!(Lang::Pt.payment("CREDIT_CARD", Some("CREDIT_CARD_VISA")), "cartão de crédito (Visa)");
        assert_eq!(Lang::En.payment("CREDIT_CARD", Some("VISA_CREDIT_CARD")), "credit card (Visa)");
        assert_eq!(Lang::Es.payment("PIX", Some("PIX")), "Pix");
        assert_eq!(Lang::Es.payment("NEW_WAY", None), "NEW_WAY");
        assert_eq!(Lang::En.payment_failure("OVERDUE", Some("Insufficient funds")).as_deref(), Some("Not enough funds or credit"));
        assert_eq!(Lang::En.payment_failure("CANCELLED", Some("NEW REASON")).as_deref(), Some("The payment was declined (NEW REASON)"));
        assert_eq!(Lang::En.payment_failure("EXPIRED", None).as_deref(), Some("It wasn't paid in time"));
        assert_eq!(Lang::En.payment_failure("APPROVED", Some("INSUFFICIENT FUNDS")), None, "it was paid in the end");
        assert_eq!(Lang::Pt.subscription_status("SOMETHING"), None);
    }
}
