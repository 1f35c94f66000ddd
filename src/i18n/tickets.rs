//! Words of the room `tickets`.

use super::Lang;

pub struct TicketTexts {
    pub choose_reason: &'static str,
    pub missing_subject: &'static str,
    pub missing_name: &'static str,
    pub missing_email: &'static str,
    /// `{example}` is an example of a code.
    pub missing_code: &'static str,
    pub missing_message: &'static str,
    /// `{n}` is a number of characters.
    pub too_short: &'static str,
    pub too_long: &'static str,
    pub not_one_line: &'static str,
    pub not_an_email: &'static str,
    pub not_a_code: &'static str,
    pub status_received: &'static str,
    pub status_looked_at: &'static str,
    pub status_waiting: &'static str,
    pub status_solved: &'static str,
    pub status_closed: &'static str,
    /// Beside when an answer is due, as `Lang::deadline` tells it; and before it in a sentence.
    pub reply_due: &'static str,
    pub we_reply: &'static str,
    /// For screen readers, before a step of a ticket's way.
    pub step_done: &'static str,
    pub step_now: &'static str,
    pub step_ahead: &'static str,
    pub answered: &'static str,
    pub answer_ahead: &'static str,
    pub customer_wrote: &'static str,
    pub reopened: &'static str,
    pub address_corrected: &'static str,
    pub followed_up: &'static str,
    pub earlier_steps: &'static str,
}

impl Lang {
    pub fn tickets(self) -> &'static TicketTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }

    /// "3 chamados"
    pub fn ticket_count(self, count: usize) -> String {
        let s = if count == 1 { "" } else { "s" };
        match self {
            Self::Pt => format!("{count} chamado{s}"),
            Self::Es if count == 1 => "1 solicitud".to_owned(),
            Self::Es => format!("{count} solicitudes"),
            Self::En => format!("{count} request{s}"),
        }
    }

    /// "3 mensagens"
    pub fn message_count(self, count: usize) -> String {
        match (self, count) {
            (Self::Pt, 1) => "1 mensagem".to_owned(),
            (Self::Pt, _) => format!("{count} mensagens"),
            (Self::Es, 1) => "1 mensaje".to_owned(),
            (Self::Es, _) => format!("{count} mensajes"),
            (Self::En, 1) => "1 message".to_owned(),
            (Self::En, _) => format!("{count} messages"),
        }
    }
}

const PT: TicketTexts = TicketTexts {
    choose_reason: "Escolha o motivo do contato.",
    missing_subject: "Escreva o assunto em poucas palavras.",
    missing_name: "Escreva seu nome.",
    missing_email: "Escreva o e-mail em que você quer receber a resposta.",
    missing_code: "Informe o código da transação (por exemplo, {example}) ou marque “Não tenho o código”.",
    missing_message: "Conte o que aconteceu.",
    too_short: "Escreva um pouco mais (mínimo de {n} caracteres).",
    too_long: "O texto passou do limite de {n} caracteres.",
    not_one_line: "Use uma linha só, sem quebras.",
    not_an_email: "Confira o e-mail: ele deve ter o formato nome@exemplo.com.",
    not_a_code: "Confira o código: ele deve ser parecido com {example}.",
    status_received: "Recebido",
    status_looked_at: "Em andamento",
    status_waiting: "Aguardando sua resposta",
    status_solved: "Resolvido",
    status_closed: "Encerrado",
    reply_due: "Resposta prevista",
    we_reply: "Vamos responder",
    step_done: "Concluído:",
    step_now: "Agora:",
    step_ahead: "Ainda não:",
    answered: "Respondemos",
    answer_ahead: "Nossa resposta",
    customer_wrote: "Você escreveu",
    reopened: "Reaberto",
    address_corrected: "E-mail corrigido",
    followed_up: "Continua em outro chamado",
    earlier_steps: "Ver os passos anteriores",
};

const ES: TicketTexts = TicketTexts {
    choose_reason: "Elige el motivo de tu mensaje.",
    missing_subject: "Escribe el asunto en pocas palabras.",
    missing_name: "Escribe tu nombre.",
    missing_email: "Escribe el correo en el que quieres recibir la respuesta.",
    missing_code: "Indica el código de la transacción (por ejemplo, {example}) o marca “No tengo el código”.",
    missing_message: "Cuéntanos qué pasó.",
    too_short: "Escribe un poco más: se necesitan al menos {n} caracteres.",
    too_long: "El texto supera el límite de {n} caracteres.",
    not_one_line: "Usa una sola línea, sin saltos.",
    not_an_email: "Revisa el correo: debe tener el formato nombre@ejemplo.com.",
    not_a_code: "Revisa el código: debe parecerse a {example}.",
    status_received: "Recibida",
    status_looked_at: "En revisión",
    status_waiting: "Esperando tu respuesta",
    status_solved: "Resuelta",
    status_closed: "Cerrada",
    reply_due: "Respuesta prevista",
    we_reply: "Te responderemos",
    step_done: "Listo:",
    step_now: "Ahora:",
    step_ahead: "Aún no:",
    answered: "Respondimos",
    answer_ahead: "Nuestra respuesta",
    customer_wrote: "Escribiste",
    reopened: "Reabierta",
    address_corrected: "Correo corregido",
    followed_up: "Continúa en otra solicitud",
    earlier_steps: "Ver los pasos anteriores",
};

const EN: TicketTexts = TicketTexts {
    choose_reason: "Choose a reason for contacting us.",
    missing_subject: "Enter a subject.",
    missing_name: "Enter your name.",
    missing_email: "Enter the email address you want us to reply to.",
    missing_code: "Enter the transaction code (for example, {example}), or select “I don't have the code”.",
    missing_message: "Tell us what happened.",
    too_short: "Add a bit more detail (at least {n} characters).",
    too_long: "Your text is too long. Use {n} characters or fewer.",
    not_one_line: "Use one line only, with no line breaks.",
    not_an_email: "Enter an email address in the format name@example.com.",
    not_a_code: "Check the code: it should look like {example}.",
    status_received: "Received",
    status_looked_at: "In progress",
    status_waiting: "Waiting for your reply",
    status_solved: "Solved",
    status_closed: "Closed",
    reply_due: "Reply due",
    we_reply: "We'll reply",
    step_done: "Done:",
    step_now: "Now:",
    step_ahead: "Not yet:",
    answered: "We replied",
    answer_ahead: "Our reply",
    customer_wrote: "You wrote",
    reopened: "Reopened",
    address_corrected: "Email address corrected",
    followed_up: "Continued in another request",
    earlier_steps: "Show earlier steps",
};
