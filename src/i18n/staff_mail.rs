//! Words of emails to people of the team. `{name}` and `{brand}` are filled in.

use super::Lang;

pub struct StaffMailTexts {
    pub invitation_subject: &'static str,
    pub invitation: &'static str,
    pub password_subject: &'static str,
    pub password: &'static str,
    pub button: &'static str,
    pub link_note: &'static str,
}

impl Lang {
    pub fn staff_mail(self) -> &'static StaffMailTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: StaffMailTexts = StaffMailTexts {
    invitation_subject: "Convite para o atendimento da {brand}",
    invitation: "Este é o seu convite para atender os clientes da {brand}. Abra o link e escolha sua senha:",
    password_subject: "Escolha uma nova senha do atendimento da {brand}",
    password: "Use este link para escolher uma nova senha do atendimento da {brand}:",
    button: "Escolher senha",
    link_note: "O link vale por 24 horas e só uma vez. Não o encaminhe. Não esperava este e-mail? Avise o administrador da sua equipe.",
};

const ES: StaffMailTexts = StaffMailTexts {
    invitation_subject: "Invitación al equipo de soporte de {brand}",
    invitation: "Te invitaron a atender a los clientes de {brand}. Abre el enlace y elige tu contraseña:",
    password_subject: "Elige una nueva contraseña para el soporte de {brand}",
    password: "Usa este enlace para elegir una nueva contraseña del soporte de {brand}:",
    button: "Elegir contraseña",
    link_note: "El enlace vence en 24 horas y se puede usar una sola vez. No lo reenvíes. ¿No esperabas este correo? Avisa al administrador de tu equipo.",
};

const EN: StaffMailTexts = StaffMailTexts {
    invitation_subject: "You're invited to {brand} support",
    invitation: "You're invited to help {brand}'s customers. Open the link and choose your password:",
    password_subject: "Choose a new password for {brand} support",
    password: "Use this link to choose a new password for {brand} support:",
    button: "Choose a password",
    link_note: "The link works for 24 hours, once. Don't forward it. Didn't expect this email? Tell your team's administrator.",
};
