//! Words that stand on every page, and those of the error pages.

use super::Lang;
use crate::web::Failure;

/// Words of the frame around every page.
pub struct CommonTexts {
    pub menu: &'static str,
    pub languages: &'static str,
    pub search_label: &'static str,
    pub search_go: &'static str,
    pub search_placeholder: &'static str,
    pub band_title: &'static str,
    /// Followed by the promise: "within 24 hours on business days."
    pub band_text: &'static str,
    /// Stands before a status number.
    pub error: &'static str,
    pub skip_to_content: &'static str,
    pub home: &'static str,
    pub contact_us: &'static str,
    pub my_requests: &'static str,
    pub language: &'static str,
    pub breadcrumbs: &'static str,
    pub footer: &'static str,
    pub feed: &'static str,
    pub privacy: &'static str,
    /// Says that the sample is not the brand's own help centre.
    pub sample_notice: &'static str,
    pub not_found_title: &'static str,
    pub not_found_text: &'static str,
    pub gone_title: &'static str,
    pub gone_text: &'static str,
    pub refused_title: &'static str,
    pub refused_text: &'static str,
    pub too_large_title: &'static str,
    pub too_large_text: &'static str,
    pub bad_request_title: &'static str,
    pub bad_request_text: &'static str,
    pub broken_title: &'static str,
    pub broken_text: &'static str,
    pub busy_title: &'static str,
    pub busy_text: &'static str,
    pub unavailable_title: &'static str,
    pub unavailable_text: &'static str,
    /// Stands before the reference of a failure that is in the log.
    pub reference: &'static str,
    pub go_home: &'static str,
}

impl CommonTexts {
    /// Heading and text of the page of a failure: what happened, what to do next.
    pub fn failure(&self, failure: Failure) -> (&'static str, &'static str) {
        match failure {
            Failure::NotFound => (self.not_found_title, self.not_found_text),
            Failure::Gone => (self.gone_title, self.gone_text),
            Failure::Method | Failure::BadRequest => (self.bad_request_title, self.bad_request_text),
            Failure::Refused => (self.refused_title, self.refused_text),
            Failure::TooLarge => (self.too_large_title, self.too_large_text),
            Failure::Busy => (self.busy_title, self.busy_text),
            Failure::Unavailable => (self.unavailable_title, self.unavailable_text),
            Failure::Internal => (self.broken_title, self.broken_text),
        }
    }
}

impl Lang {
    /// The help centre's name with the brand's: "Central de Ajuda Hotmart".
    pub fn site_name(self, brand: &str) -> String {
        match self {
            Self::Pt => format!("Central de Ajuda {brand}"),
            Self::Es => format!("Centro de ayuda de {brand}"),
            Self::En => format!("{brand} Help Center"),
        }
    }

    pub fn common(self) -> &'static CommonTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: CommonTexts = CommonTexts {
    menu: "Menu",
    languages: "Idiomas",
    search_label: "Pesquisar na Central de Ajuda",
    search_go: "Pesquisar",
    search_placeholder: "Escreva sua dúvida…",
    band_title: "Ainda precisa de ajuda?",
    band_text: "Escreva para a gente. Alguém da equipe responde",
    error: "Erro",
    skip_to_content: "Ir para o conteúdo",
    home: "Início",
    contact_us: "Fale com a gente",
    my_requests: "Meus chamados",
    language: "Idioma",
    breadcrumbs: "Você está em",
    footer: "Rodapé",
    feed: "Novidades (Atom)",
    privacy: "Privacidade",
    sample_notice: "Conteúdo de exemplo, sem vínculo com a marca citada.",
    not_found_title: "Não encontramos esta página",
    not_found_text: "O link pode estar errado ou desatualizado. Faça uma busca ou volte ao início.",
    gone_title: "Esta página não existe mais",
    gone_text: "Este artigo foi removido. Faça uma busca: outro artigo pode ajudar.",
    refused_title: "Não foi possível enviar o formulário",
    refused_text: "Por segurança, só aceitamos formulários enviados por este site. Abra o formulário de novo e reenvie.",
    too_large_title: "Sua mensagem é grande demais",
    too_large_text: "Encurte a mensagem e envie de novo.",
    bad_request_title: "Este link não funciona",
    bad_request_text: "Volte à página anterior e tente outra vez.",
    broken_title: "Algo deu errado do nosso lado",
    broken_text: "Já registramos o problema. Tente de novo em alguns minutos; se continuar, fale com a gente e informe a referência abaixo.",
    busy_title: "Muitas tentativas em pouco tempo",
    busy_text: "Espere um pouco e tente de novo.",
    unavailable_title: "Serviço indisponível no momento",
    unavailable_text: "Os artigos e a busca continuam funcionando. Tente de novo em alguns minutos.",
    reference: "Referência",
    go_home: "Voltar ao início",
};

const ES: CommonTexts = CommonTexts {
    menu: "Menú",
    languages: "Idiomas",
    search_label: "Buscar en el centro de ayuda",
    search_go: "Buscar",
    search_placeholder: "Escribe tu pregunta…",
    band_title: "¿Todavía necesitas ayuda?",
    band_text: "Escríbenos. Alguien del equipo te responderá",
    error: "Error",
    skip_to_content: "Ir al contenido",
    home: "Inicio",
    contact_us: "Contáctanos",
    my_requests: "Mis solicitudes",
    language: "Idioma",
    breadcrumbs: "Estás en",
    footer: "Pie de página",
    feed: "Novedades (Atom)",
    privacy: "Privacidad",
    sample_notice: "Contenido de ejemplo, sin vínculo con la marca mencionada.",
    not_found_title: "No encontramos esta página",
    not_found_text: "Es posible que el enlace sea incorrecto o ya no exista. Haz una búsqueda o vuelve al inicio.",
    gone_title: "Esta página ya no existe",
    gone_text: "Este artículo se eliminó. Haz una búsqueda: otro artículo puede ayudarte.",
    refused_title: "No pudimos enviar el formulario",
    refused_text: "Por seguridad, solo aceptamos formularios enviados desde este sitio. Abre el formulario de nuevo y vuelve a enviarlo.",
    too_large_title: "Tu mensaje es demasiado grande",
    too_large_text: "Acorta el mensaje y envíalo de nuevo.",
    bad_request_title: "Este enlace no funciona",
    bad_request_text: "Vuelve a la página anterior e inténtalo otra vez.",
    broken_title: "Algo salió mal de nuestro lado",
    broken_text: "Ya registramos el problema. Inténtalo de nuevo en unos minutos; si continúa, contáctanos e indica la referencia de abajo.",
    busy_title: "Demasiados intentos en poco tiempo",
    busy_text: "Espera un momento e inténtalo de nuevo.",
    unavailable_title: "Servicio no disponible por el momento",
    unavailable_text: "Los artículos y la búsqueda siguen funcionando. Inténtalo de nuevo en unos minutos.",
    reference: "Referencia",
    go_home: "Volver al inicio",
};

const EN: CommonTexts = CommonTexts {
    menu: "Menu",
    languages: "Languages",
    search_label: "Search the Help Center",
    search_go: "Search",
    search_placeholder: "Type your question…",
    band_title: "Still need help?",
    band_text: "Message us. Someone on our team will reply",
    error: "Error",
    skip_to_content: "Skip to content",
    home: "Home",
    contact_us: "Contact us",
    my_requests: "My requests",
    language: "Language",
    breadcrumbs: "You are here",
    footer: "Footer",
    feed: "What's new (Atom)",
    privacy: "Privacy",
    sample_notice: "Sample content, not affiliated with the brand named here.",
    not_found_title: "We can't find this page",
    not_found_text: "The link may be wrong or out of date. Try searching, or go to the home page.",
    gone_title: "This page no longer exists",
    gone_text: "The article that was here was removed. Try searching: another article may answer your question.",
    refused_title: "We couldn't send your form",
    refused_text: "For security, we only accept forms sent from this site. Open the form again and resend it.",
    too_large_title: "Your message is too large",
    too_large_text: "Shorten the message and send it again.",
    bad_request_title: "Something's wrong with this link",
    bad_request_text: "Go back to the previous page and try again.",
    broken_title: "Something went wrong on our side",
    broken_text: "We've logged the problem. Try again in a few minutes. If it keeps happening, contact us and include the reference below.",
    busy_title: "Too many attempts",
    busy_text: "Wait a moment and try again.",
    unavailable_title: "This isn't available right now",
    unavailable_text: "Articles and search still work. Try again in a few minutes.",
    reference: "Reference",
    go_home: "Go to the home page",
};
