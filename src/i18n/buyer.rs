//! Words by which a buyer proves their purchase: on their ticket's page, in the email with the code, and on the desk.

use super::Lang;

pub struct BuyerTexts {
    pub title: &'static str,
    pub begin: &'static str,
    pub text: &'static str,
    pub send: &'static str,
    /// The same whether there is such a purchase or not.
    pub asked: &'static str,
    pub confirm: &'static str,
    pub again: &'static str,
    pub confirmed: &'static str,
    /// `{code}` is the transaction code.
    pub confirmed_text: &'static str,
    pub busy: &'static str,
    /// On the page after sending.
    pub offer: &'static str,
    /// `{brand}`.
    pub mail_subject: &'static str,
    pub mail_intro: &'static str,
    pub mail_order: &'static str,
    pub mail_product: &'static str,
    pub mail_use: &'static str,
    pub mail_not_you: &'static str,
    /// For staff.
    pub verified: &'static str,
    pub proved_by_code: &'static str,
    pub event: &'static str,
}

impl Lang {
    pub fn buyer(self) -> &'static BuyerTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: BuyerTexts = BuyerTexts {
    title: "Sua compra",
    begin: "Confirmar que a compra é sua",
    text: "Comprou com outro e-mail? Informe o código da transação, e enviamos um código para o e-mail da compra. Com ele, sabemos que a compra é sua.",
    send: "Enviar código para o e-mail da compra",
    asked: "Se essa compra existe, enviamos um código para o e-mail usado nela. Ele vale por 15 minutos. Não chegou? Confira a pasta de spam.",
    confirm: "Confirmar compra",
    again: "Pedir outro código",
    confirmed: "Compra confirmada",
    confirmed_text: "A equipe já sabe que a compra {code} é sua.",
    busy: "Muitos códigos em pouco tempo. Tente de novo amanhã. Enquanto isso, continue a conversa aqui: atendemos você do mesmo jeito.",
    offer: "Comprou com outro e-mail? Confirme que a compra é sua",
    mail_subject: "Seu código para confirmar uma compra ({brand})",
    mail_intro: "Alguém que escreveu para o suporte da {brand} quer confirmar que fez esta compra:",
    mail_order: "Compra",
    mail_product: "Produto",
    mail_use: "Se foi você, digite este código na página do seu chamado. Ele vale por 15 minutos e só uma vez:",
    mail_not_you: "Não foi você? Ignore esta mensagem e não passe o código a ninguém: sem ele, ninguém confirma esta compra.",
    verified: "Comprador verificado",
    proved_by_code: "Confirmada por um código enviado ao e-mail da compra:",
    event: "Compra confirmada por código",
};

const ES: BuyerTexts = BuyerTexts {
    title: "Tu compra",
    begin: "Confirmar que la compra es tuya",
    text: "¿Compraste con otro correo? Escribe el código de la transacción y enviaremos un código al correo de la compra. Con él sabremos que la compra es tuya.",
    send: "Enviar un código al correo de la compra",
    asked: "Si esa compra existe, enviamos un código al correo con el que se hizo. Vence en 15 minutos. ¿No llegó? Revisa la carpeta de spam.",
    confirm: "Confirmar compra",
    again: "Pedir otro código",
    confirmed: "Compra confirmada",
    confirmed_text: "El equipo ya sabe que la compra {code} es tuya.",
    busy: "Demasiados códigos en poco tiempo. Inténtalo de nuevo mañana. Mientras tanto, sigue la conversación aquí: te atendemos igual.",
    offer: "¿Compraste con otro correo? Confirma que la compra es tuya",
    mail_subject: "Tu código para confirmar una compra ({brand})",
    mail_intro: "Alguien que escribió al soporte de {brand} quiere confirmar que hizo esta compra:",
    mail_order: "Compra",
    mail_product: "Producto",
    mail_use: "Si fuiste tú, escribe este código en la página de tu solicitud. Vence en 15 minutos y solo se puede usar una vez:",
    mail_not_you: "¿No fuiste tú? Ignora este mensaje y no compartas el código con nadie: sin él, nadie puede confirmar esta compra.",
    verified: "Comprador verificado",
    proved_by_code: "Confirmada con un código enviado al correo de la compra:",
    event: "Compra confirmada con un código",
};

const EN: BuyerTexts = BuyerTexts {
    title: "Your purchase",
    begin: "Prove that a purchase is yours",
    text: "Did you buy with another email address? Enter the transaction code, and we'll send a code to the purchase's email address. It tells us that the purchase is yours.",
    send: "Send a code to the purchase's email address",
    asked: "If this purchase exists, we've sent a code to the email address it was made with. It expires in 15 minutes. Can't find the email? Check your spam folder.",
    confirm: "Confirm purchase",
    again: "Send a new code",
    confirmed: "Purchase confirmed",
    confirmed_text: "Our team knows that purchase {code} is yours.",
    busy: "Too many codes requested. Try again tomorrow. Until then, keep writing to us here: we'll help you all the same.",
    offer: "Did you buy with another email address? Prove that the purchase is yours",
    mail_subject: "Your code to confirm a purchase ({brand})",
    mail_intro: "Someone who wrote to {brand} support wants to confirm that they made this purchase:",
    mail_order: "Purchase",
    mail_product: "Product",
    mail_use: "If that was you, enter this code on the page of your request. It expires in 15 minutes and can be used once.",
    mail_not_you: "Wasn't you? Ignore this email and don't give the code to anyone: without it, nobody can confirm this purchase.",
    verified: "Buyer verified",
    proved_by_code: "Confirmed by a code sent to the purchase's email address:",
    event: "Purchase confirmed by code",
};
