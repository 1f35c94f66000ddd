//! Incoming emails that wait for a decision.

use crate::i18n::Lang;

pub struct DeskMailTexts {
    pub title: &'static str,
    pub empty: &'static str,
    pub read: &'static str,
    pub unreadable: &'static str,
    pub no_sender: &'static str,
    pub not_verified: &'static str,
    /// Before a ticket.
    pub names: &'static str,
    pub accept: &'static str,
    pub drop: &'static str,
    pub why_sender: &'static str,
    pub why_token: &'static str,
    pub why_nobody: &'static str,
    pub why_automatic: &'static str,
    pub why_too_many: &'static str,
    pub why_too_large: &'static str,
    pub why_broken: &'static str,
    pub done_opened: &'static str,
    pub done_added: &'static str,
    pub done_dropped: &'static str,
    pub gone: &'static str,
    pub nobody_to_answer: &'static str,
    pub too_many_now: &'static str,
}

impl Lang {
    pub fn desk_mail(self) -> &'static DeskMailTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: DeskMailTexts = DeskMailTexts {
    title: "E-mails em espera",
    empty: "Nenhum e-mail espera uma decisão.",
    read: "Ler o e-mail",
    unreadable: "Não é possível ler este e-mail aqui. O original está na caixa de entrada.",
    no_sender: "Sem remetente",
    not_verified: "Remetente não confirmado",
    names: "Cita o chamado",
    accept: "Aceitar",
    drop: "Descartar",
    why_sender: "O e-mail cita um chamado que é de outro endereço.",
    why_token: "O endereço para o qual foi enviado não vale mais, ou foi inventado.",
    why_nobody: "Não diz quem o enviou, ou diz mais de uma pessoa.",
    why_automatic: "Parece enviado por um programa.",
    why_too_many: "Muitos e-mails deste remetente em uma hora.",
    why_too_large: "É grande demais: só o começo foi lido.",
    why_broken: "Está danificado.",
    done_opened: "O e-mail abriu um chamado.",
    done_added: "O e-mail está no chamado.",
    done_dropped: "E-mail descartado. O original continua na caixa de entrada.",
    gone: "Alguém já decidiu sobre este e-mail.",
    nobody_to_answer: "Este e-mail não tem remetente para responder. Leia-o na caixa de entrada, ou descarte-o.",
    too_many_now: "Muitos chamados deste remetente nesta hora. Tente de novo na próxima.",
};

const ES: DeskMailTexts = DeskMailTexts {
    title: "Correos en espera",
    empty: "Ningún correo espera una decisión.",
    read: "Leer el correo",
    unreadable: "Este correo no se puede leer aquí. El original está en la bandeja de entrada.",
    no_sender: "Sin remitente",
    not_verified: "Remitente sin confirmar",
    names: "Nombra la solicitud",
    accept: "Aceptar",
    drop: "Descartar",
    why_sender: "El correo nombra una solicitud que es de otra dirección.",
    why_token: "La dirección a la que se envió ya no sirve, o fue inventada.",
    why_nobody: "No dice quién lo envió, o nombra a más de una persona.",
    why_automatic: "Parece enviado por un programa.",
    why_too_many: "Demasiados correos de este remitente en una hora.",
    why_too_large: "Es demasiado grande: solo se leyó el comienzo.",
    why_broken: "Está dañado.",
    done_opened: "El correo abrió una solicitud.",
    done_added: "El correo está en su solicitud.",
    done_dropped: "Correo descartado. El original sigue en la bandeja de entrada.",
    gone: "Alguien ya decidió sobre este correo.",
    nobody_to_answer: "Este correo no tiene remitente a quien responder. Léelo en la bandeja de entrada o descártalo.",
    too_many_now: "Demasiadas solicitudes de este remitente en esta hora. Inténtalo en la próxima.",
};

const EN: DeskMailTexts = DeskMailTexts {
    title: "Waiting mail",
    empty: "No email is waiting for a decision.",
    read: "Read the email",
    unreadable: "This email can't be read here. The original is in the mailbox.",
    no_sender: "No sender",
    not_verified: "Sender not confirmed",
    names: "Names the ticket",
    accept: "Accept",
    drop: "Drop",
    why_sender: "It names a ticket of another address.",
    why_token: "The address that it was sent to is no longer good, or was made up.",
    why_nobody: "It names no sender, or more than one.",
    why_automatic: "It looks as if a program sent it.",
    why_too_many: "Too many emails of this sender in an hour.",
    why_too_large: "It is too large: only its beginning was read.",
    why_broken: "It is damaged.",
    done_opened: "The email opened a ticket.",
    done_added: "The email is in its ticket.",
    done_dropped: "Email dropped. The original is still in the mailbox.",
    gone: "Somebody has decided on this email already.",
    nobody_to_answer: "This email has no sender to reply to. Read it in the mailbox, or drop it.",
    too_many_now: "Too many tickets of this sender in this hour. Try again in the next one.",
};
