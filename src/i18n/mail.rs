//! Words of mails. `{reference}`, `{subject}`, `{name}`, `{brand}` and `{due}` are filled in.

use super::Lang;

pub struct MailTexts {
    pub confirmation_subject: &'static str,
    pub greeting: &'static str,
    pub received: &'static str,
    pub answer_due: &'static str,
    pub follow: &'static str,
    pub follow_button: &'static str,
    pub link_is_private: &'static str,
    pub you_wrote: &'static str,
    pub not_you: &'static str,
    pub announcement_subject: &'static str,
    pub announcement_intro: &'static str,
    pub reply_goes_to_customer: &'static str,
    pub label_reference: &'static str,
    pub label_from: &'static str,
    pub label_reason: &'static str,
    pub label_code: &'static str,
    pub label_article: &'static str,
    pub label_due: &'static str,
    pub label_subject: &'static str,
}

impl Lang {
    pub fn mail(self) -> &'static MailTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: MailTexts = MailTexts {
    confirmation_subject: "Recebemos sua mensagem [{reference}]",
    greeting: "Olá, {name}!",
    received: "Recebemos sua mensagem para o suporte da {brand}. O número do seu pedido é {reference}.",
    answer_due: "Vamos responder até {due}.",
    follow: "Acompanhe seu pedido nesta página:",
    follow_button: "Acompanhar pedido",
    link_is_private: "Este link é só seu: quem o abre vê o seu pedido. Não o encaminhe.",
    you_wrote: "Você escreveu:",
    not_you: "Não foi você? Alguém pode ter digitado seu e-mail por engano. Basta ignorar esta mensagem.",
    announcement_subject: "Nova solicitação [{reference}]: {subject}",
    announcement_intro: "Chegou uma nova solicitação pela Central de Ajuda.",
    reply_goes_to_customer: "Responda a este e-mail para falar diretamente com o cliente.",
    label_reference: "Solicitação",
    label_from: "De",
    label_reason: "Motivo",
    label_code: "Código da transação",
    label_article: "Artigo",
    label_due: "Responder até",
    label_subject: "Assunto",
};

const ES: MailTexts = MailTexts {
    confirmation_subject: "Recibimos tu mensaje [{reference}]",
    greeting: "¡Hola, {name}!",
    received: "Recibimos tu mensaje para el soporte de {brand}. El número de tu solicitud es {reference}.",
    answer_due: "Te responderemos a más tardar el {due}.",
    follow: "Sigue tu solicitud en esta página:",
    follow_button: "Ver mi solicitud",
    link_is_private: "Este enlace es solo tuyo: quien lo abre ve tu solicitud. No lo reenvíes.",
    you_wrote: "Tú escribiste:",
    not_you: "¿No fuiste tú? Puede que alguien haya escrito tu correo por error. Solo ignora este mensaje.",
    announcement_subject: "Nueva solicitud [{reference}]: {subject}",
    announcement_intro: "Llegó una nueva solicitud por el Centro de Ayuda.",
    reply_goes_to_customer: "Responde a este correo para hablar directamente con el cliente.",
    label_reference: "Solicitud",
    label_from: "De",
    label_reason: "Motivo",
    label_code: "Código de la transacción",
    label_article: "Artículo",
    label_due: "Responder antes del",
    label_subject: "Asunto",
};

const EN: MailTexts = MailTexts {
    confirmation_subject: "We received your message [{reference}]",
    greeting: "Hi {name},",
    received: "We received your message to {brand} support. Your request number is {reference}.",
    answer_due: "We will answer by {due}.",
    follow: "Follow your request on this page:",
    follow_button: "View my request",
    link_is_private: "This link is yours alone: whoever opens it sees your request. Please don't forward it.",
    you_wrote: "You wrote:",
    not_you: "Wasn't this you? Someone may have typed your address by mistake. You can ignore this email.",
    announcement_subject: "New request [{reference}]: {subject}",
    announcement_intro: "A new request came in through the help center.",
    reply_goes_to_customer: "Reply to this email to write to the customer directly.",
    label_reference: "Request",
    label_from: "From",
    label_reason: "Reason",
    label_code: "Transaction code",
    label_article: "Article",
    label_due: "Answer by",
    label_subject: "Subject",
};
