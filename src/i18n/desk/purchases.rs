//! Words of purchases beside a ticket, of the search for them, and of how a buyer is reached.

use crate::i18n::Lang;

pub struct DeskPurchasesTexts {
    pub title: &'static str,
    pub none: &'static str,
    /// `{count}` of an address that isn't verified.
    pub hidden_one: &'static str,
    pub hidden_many: &'static str,
    pub how_to_verify: &'static str,
    /// Above purchases with codes that the customer gave.
    pub of_code: &'static str,
    pub of_code_elsewhere: &'static str,
    /// `{days}`.
    pub refund_one: &'static str,
    pub refund_many: &'static str,
    /// `{count}` instalments.
    pub installments: &'static str,
    /// `{name}`.
    pub affiliate: &'static str,
    pub account: &'static str,
    /// `{plan}` and `{state}`.
    pub subscription: &'static str,
    /// Followed by a day.
    pub next_charge: &'static str,
    pub access_until: &'static str,
    /// `{title}` of an article.
    pub insert_article: &'static str,
    pub find_title: &'static str,
    pub find_label: &'static str,
    pub find_hint: &'static str,
    pub find: &'static str,
    pub too_little: &'static str,
    pub found_none: &'static str,
    /// `{count}`.
    pub found_most: &'static str,
    pub show_contact: &'static str,
    pub contact_title: &'static str,
    pub contact_noted: &'static str,
    pub contact_none: &'static str,
    pub telephone: &'static str,
    pub document: &'static str,
    pub address: &'static str,
    pub back_to_ticket: &'static str,
}

impl Lang {
    pub fn desk_purchases(self) -> &'static DeskPurchasesTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: DeskPurchasesTexts = DeskPurchasesTexts {
    title: "Compras na Hotmart",
    none: "Nenhuma compra com este e-mail.",
    hidden_one: "Há 1 compra com este e-mail. Ela só aparece com o endereço confirmado.",
    hidden_many: "Há {count} compras com este e-mail. Elas só aparecem com o endereço confirmado.",
    how_to_verify: "Para confirmar, o cliente responde da própria caixa de entrada, abre o link de um e-mail nosso ou comprova uma compra com o código dela.",
    of_code: "Pelo código que o cliente informou:",
    of_code_elsewhere: "Pelo código que o cliente informou, de uma compra com outro e-mail:",
    refund_one: "reembolso: falta 1 dia",
    refund_many: "reembolso: faltam {days} dias",
    installments: "{count}x",
    affiliate: "Afiliado: {name}",
    account: "Conta: {name}",
    subscription: "Assinatura {plan}: {state}",
    next_charge: "próxima cobrança",
    access_until: "acesso até",
    insert_article: "Inserir artigo: {title}",
    find_title: "Procurar compras",
    find_label: "Código, e-mail ou nome do comprador",
    find_hint: "O código ou o e-mail completos, ou o começo do nome (3 letras ou mais). A busca fica registrada, sem o que foi digitado.",
    find: "Procurar",
    too_little: "Digite um código, um e-mail completo ou pelo menos 3 letras do começo do nome.",
    found_none: "Nenhuma compra encontrada.",
    found_most: "Mostrando as primeiras {count}. Digite mais para ver menos.",
    show_contact: "Ver contato",
    contact_title: "Contato do comprador",
    contact_noted: "Ficou registrado que você viu este contato.",
    contact_none: "A Hotmart não informou telefone, documento nem endereço.",
    telephone: "Telefone",
    document: "Documento",
    address: "Endereço",
    back_to_ticket: "Voltar ao chamado",
};

const ES: DeskPurchasesTexts = DeskPurchasesTexts {
    title: "Compras en Hotmart",
    none: "No hay compras con este correo.",
    hidden_one: "Hay 1 compra con este correo. Solo se ve con la dirección confirmada.",
    hidden_many: "Hay {count} compras con este correo. Solo se ven con la dirección confirmada.",
    how_to_verify: "Para confirmarla, el cliente responde desde su propio correo, abre el enlace de un correo nuestro o comprueba una compra con su código.",
    of_code: "Por el código que indicó el cliente:",
    of_code_elsewhere: "Por el código que indicó el cliente, de una compra con otro correo:",
    refund_one: "reembolso: queda 1 día",
    refund_many: "reembolso: quedan {days} días",
    installments: "{count} cuotas",
    affiliate: "Afiliado: {name}",
    account: "Cuenta: {name}",
    subscription: "Suscripción {plan}: {state}",
    next_charge: "próximo cobro",
    access_until: "último día de acceso",
    insert_article: "Insertar artículo: {title}",
    find_title: "Buscar compras",
    find_label: "Código, correo o nombre del comprador",
    find_hint: "El código o el correo completos, o el comienzo del nombre (3 letras o más). La búsqueda queda registrada, sin lo que escribiste.",
    find: "Buscar",
    too_little: "Escribe un código, un correo completo o al menos 3 letras del comienzo del nombre.",
    found_none: "No se encontró ninguna compra.",
    found_most: "Se muestran las primeras {count}. Escribe más para ver menos.",
    show_contact: "Ver contacto",
    contact_title: "Contacto del comprador",
    contact_noted: "Quedó registrado que viste este contacto.",
    contact_none: "Hotmart no informó teléfono, documento ni dirección.",
    telephone: "Teléfono",
    document: "Documento",
    address: "Dirección",
    back_to_ticket: "Volver a la solicitud",
};

const EN: DeskPurchasesTexts = DeskPurchasesTexts {
    title: "Hotmart purchases",
    none: "No purchase with this email address.",
    hidden_one: "There's 1 purchase with this email address. It shows only once the address is confirmed.",
    hidden_many: "There are {count} purchases with this email address. They show only once the address is confirmed.",
    how_to_verify: "To confirm it, the customer replies from their own mailbox, opens the link in an email of ours, or proves a purchase with its code.",
    of_code: "By the code that the customer gave:",
    of_code_elsewhere: "By the code that the customer gave, of a purchase with another email address:",
    refund_one: "refund: 1 day left",
    refund_many: "refund: {days} days left",
    installments: "{count} installments",
    affiliate: "Affiliate: {name}",
    account: "Account: {name}",
    subscription: "Subscription {plan}: {state}",
    next_charge: "next charge",
    access_until: "access until",
    insert_article: "Insert article: {title}",
    find_title: "Find purchases",
    find_label: "Code, email address or name of the buyer",
    find_hint: "The whole code or email address, or the beginning of the name (3 letters or more). The search is logged, without what you typed.",
    find: "Find",
    too_little: "Type a code, a whole email address, or at least 3 letters of the beginning of the name.",
    found_none: "No purchase found.",
    found_most: "Showing the first {count}. Type more to see fewer.",
    show_contact: "Show contact",
    contact_title: "The buyer's contact",
    contact_noted: "It's logged that you saw this contact.",
    contact_none: "Hotmart gave no telephone, document or address.",
    telephone: "Telephone",
    document: "Document",
    address: "Address",
    back_to_ticket: "Back to the ticket",
};
