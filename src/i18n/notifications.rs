//! What people of the team are told, on the desk and by email.

use super::Lang;

pub struct NotificationTexts {
    pub title: &'static str,
    /// `{count}` of them are unread.
    pub unread_count: &'static str,
    pub unread: &'static str,
    pub empty: &'static str,
    pub read_all: &'static str,
    pub customer_replied: &'static str,
    pub assigned: &'static str,
    pub mentioned: &'static str,
    pub due_soon: &'static str,
    pub new_unassigned: &'static str,
    /// Whoever works with the command line.
    pub console: &'static str,
    pub choose: &'static str,
    pub choices_hint: &'static str,
    pub choices_kind: &'static str,
    pub in_desk: &'static str,
    pub by_mail: &'static str,
    pub mentions_hint: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    /// Of an email with one thing: `{what}` happened to `{reference}`, whose subject is `{subject}`.
    pub mail_subject_one: &'static str,
    /// Of an email with several: `{count}` of them.
    pub mail_subject_many: &'static str,
    pub mail_intro: &'static str,
    /// `{count}` are not listed.
    pub mail_more: &'static str,
    pub mail_button: &'static str,
    pub mail_no_reply: &'static str,
    pub mail_choices: &'static str,
}

impl Lang {
    pub fn notifications(self) -> &'static NotificationTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: NotificationTexts = NotificationTexts {
    title: "Notificações",
    unread_count: "{count} não lidas",
    unread: "Não lida",
    empty: "Nenhuma notificação.",
    read_all: "Marcar todas como lidas",
    customer_replied: "O cliente respondeu",
    assigned: "Passaram este chamado para você",
    mentioned: "Mencionaram você em uma nota",
    due_soon: "Vence em menos de uma hora",
    new_unassigned: "Novo chamado sem responsável",
    console: "Linha de comando",
    choose: "Escolher notificações",
    choices_hint: "Escolha o que você quer saber e como. O que você faz nunca aparece.",
    choices_kind: "O que acontece",
    in_desk: "Atendimento",
    by_mail: "E-mail",
    mentions_hint: "Para chamar alguém em uma nota, escreva @ e o nome.",
    save: "Salvar notificações",
    saved: "Notificações salvas.",
    mail_subject_one: "{what}: {subject} ({reference})",
    mail_subject_many: "{count} novidades nos chamados",
    mail_intro: "Isto aconteceu no atendimento da {brand}:",
    mail_more: "E mais {count}.",
    mail_button: "Ver notificações",
    mail_no_reply: "Não responda a este e-mail: sua resposta não chega ao cliente. Para responder, abra o chamado.",
    mail_choices: "Escolha o que você recebe:",
};

const ES: NotificationTexts = NotificationTexts {
    title: "Notificaciones",
    unread_count: "{count} sin leer",
    unread: "Sin leer",
    empty: "No hay notificaciones.",
    read_all: "Marcar todas como leídas",
    customer_replied: "El cliente respondió",
    assigned: "Te asignaron esta solicitud",
    mentioned: "Te mencionaron en una nota",
    due_soon: "Vence en menos de una hora",
    new_unassigned: "Nueva solicitud sin asignar",
    console: "Línea de comandos",
    choose: "Elegir notificaciones",
    choices_hint: "Elige qué quieres saber y cómo. Lo que tú haces nunca aparece.",
    choices_kind: "Qué pasa",
    in_desk: "Soporte",
    by_mail: "Correo",
    mentions_hint: "Para llamar a alguien en una nota, escribe @ y su nombre.",
    save: "Guardar notificaciones",
    saved: "Listo. Así te avisaremos.",
    mail_subject_one: "{what}: {subject} ({reference})",
    mail_subject_many: "{count} novedades en las solicitudes",
    mail_intro: "Esto pasó en el soporte de {brand}:",
    mail_more: "Y {count} más.",
    mail_button: "Ver notificaciones",
    mail_no_reply: "No respondas a este correo: tu respuesta no le llega al cliente. Para responder, abre la solicitud.",
    mail_choices: "Elige qué recibes:",
};

const EN: NotificationTexts = NotificationTexts {
    title: "Notifications",
    unread_count: "{count} unread",
    unread: "Unread",
    empty: "No notifications.",
    read_all: "Mark all as read",
    customer_replied: "The customer replied",
    assigned: "This ticket was given to you",
    mentioned: "You were mentioned in a note",
    due_soon: "Due in less than an hour",
    new_unassigned: "New unassigned ticket",
    console: "Command line",
    choose: "Choose notifications",
    choices_hint: "Choose what you want to know, and how. What you do yourself never shows up.",
    choices_kind: "What happens",
    in_desk: "Desk",
    by_mail: "Email",
    mentions_hint: "To call somebody in a note, write @ and their name.",
    save: "Save notifications",
    saved: "Notifications saved.",
    mail_subject_one: "{what}: {subject} ({reference})",
    mail_subject_many: "{count} updates on tickets",
    mail_intro: "This happened at {brand} support:",
    mail_more: "And {count} more.",
    mail_button: "See notifications",
    mail_no_reply: "Don't reply to this email: your reply won't reach the customer. To answer, open the ticket.",
    mail_choices: "Choose what you receive:",
};
