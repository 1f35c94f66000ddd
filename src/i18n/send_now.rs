//! Words of the page that shows a message to its author once more before it is sent.

use super::Lang;

pub struct SendNowTexts {
    pub title: &'static str,
    pub lede: &'static str,
    pub send: &'static str,
    pub edit: &'static str,
}

impl Lang {
    pub fn send_now(self) -> &'static SendNowTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: SendNowTexts = SendNowTexts {
    title: "Falta só confirmar",
    lede: "Sua mensagem ainda não foi enviada. Confira se está tudo certo e toque em “Enviar agora”: é assim que sabemos que foi uma pessoa que escreveu.",
    send: "Enviar agora",
    edit: "Mudar algo",
};

const ES: SendNowTexts = SendNowTexts {
    title: "Solo falta confirmar",
    lede: "Tu mensaje todavía no se envió. Revisa que esté todo bien y pulsa «Enviar ahora»: así sabemos que lo escribió una persona.",
    send: "Enviar ahora",
    edit: "Cambiar algo",
};

const EN: SendNowTexts = SendNowTexts {
    title: "One last step",
    lede: "Your message has not been sent yet. Check that everything is right and press “Send now”: that tells us a person wrote it.",
    send: "Send now",
    edit: "Change something",
};
