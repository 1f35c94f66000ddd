//! Words of the page that shows a message to its author once more before it is sent.

use super::Lang;

pub struct ChallengeTexts {
    pub title: &'static str,
    pub lede: &'static str,
    pub send: &'static str,
    pub edit: &'static str,
}

impl Lang {
    pub fn challenge(self) -> &'static ChallengeTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: ChallengeTexts = ChallengeTexts {
    title: "Falta só confirmar",
    lede: "Sua mensagem ainda não foi enviada. Confira se está tudo certo e toque em “Enviar agora”: esse passo nos ajuda a evitar spam.",
    send: "Enviar agora",
    edit: "Editar",
};

const ES: ChallengeTexts = ChallengeTexts {
    title: "Solo falta confirmar",
    lede: "Tu mensaje todavía no se envió. Revisa que esté todo bien y toca “Enviar ahora”: este paso nos ayuda a evitar el spam.",
    send: "Enviar ahora",
    edit: "Editar",
};

const EN: ChallengeTexts = ChallengeTexts {
    title: "One last step",
    lede: "Your message hasn't been sent yet. Check it and select “Send now”. This extra step helps us block spam.",
    send: "Send now",
    edit: "Edit",
};
