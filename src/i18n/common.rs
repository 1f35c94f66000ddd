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
    /// Followed by the promise: "within 24 hours, on working days."
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
            Self::Es => format!("Centro de Ayuda {brand}"),
            Self::En => format!("{brand} Help Centre"),
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
    band_text: "Escreva para a gente. Uma pessoa da equipe responde",
    error: "Erro",
    skip_to_content: "Ir para o conteúdo",
    home: "Início",
    contact_us: "Fale com a gente",
    my_requests: "Meus pedidos",
    language: "Idioma",
    breadcrumbs: "Você está em",
    footer: "Rodapé",
    feed: "Novidades (Atom)",
    privacy: "Privacidade",
    sample_notice: "Conteúdo de exemplo, sem vínculo com a marca citada.",
    not_found_title: "Não encontramos esta página",
    not_found_text: "O endereço pode ter sido digitado errado. Procure pelo assunto ou volte ao início.",
    gone_title: "Esta página não existe mais",
    gone_text: "O artigo que ficava aqui foi retirado. Procure pelo assunto: talvez haja outro que responda.",
    refused_title: "Não deu para aceitar o envio",
    refused_text: "O envio não partiu desta página. Abra o formulário na Central de Ajuda e envie de novo.",
    too_large_title: "O envio é grande demais",
    too_large_text: "Encurte a mensagem e envie de novo.",
    bad_request_title: "Não entendemos este pedido",
    bad_request_text: "Volte à página anterior e tente outra vez.",
    broken_title: "Algo deu errado do nosso lado",
    broken_text: "Já registramos o problema. Tente de novo em alguns minutos; se continuar, fale com a gente e informe a referência abaixo.",
    busy_title: "Muitos pedidos em pouco tempo",
    busy_text: "Espere um pouco e tente de novo.",
    unavailable_title: "Não conseguimos atender agora",
    unavailable_text: "Os artigos e a busca continuam funcionando. Tente de novo em alguns minutos.",
    reference: "Referência",
    go_home: "Voltar ao início",
};

const ES: CommonTexts = CommonTexts {
    menu: "Menú",
    languages: "Idiomas",
    search_label: "Buscar en el Centro de Ayuda",
    search_go: "Buscar",
    search_placeholder: "Escribe tu duda…",
    band_title: "¿Todavía necesitas ayuda?",
    band_text: "Escríbenos. Una persona del equipo responde",
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
    not_found_text: "Puede que la dirección esté mal escrita. Busca el tema o vuelve al inicio.",
    gone_title: "Esta página ya no existe",
    gone_text: "El artículo que estaba aquí se retiró. Busca el tema: quizá otro artículo lo responda.",
    refused_title: "No pudimos aceptar el envío",
    refused_text: "El envío no salió de esta página. Abre el formulario en el Centro de Ayuda y envíalo de nuevo.",
    too_large_title: "El envío es demasiado grande",
    too_large_text: "Acorta el mensaje y envíalo de nuevo.",
    bad_request_title: "No entendimos esta petición",
    bad_request_text: "Vuelve a la página anterior e inténtalo otra vez.",
    broken_title: "Algo falló de nuestro lado",
    broken_text: "Ya registramos el problema. Inténtalo de nuevo en unos minutos; si continúa, contáctanos e indica la referencia de abajo.",
    busy_title: "Demasiadas peticiones en poco tiempo",
    busy_text: "Espera un momento e inténtalo de nuevo.",
    unavailable_title: "No podemos atenderte en este momento",
    unavailable_text: "Los artículos y la búsqueda siguen funcionando. Inténtalo de nuevo en unos minutos.",
    reference: "Referencia",
    go_home: "Volver al inicio",
};

const EN: CommonTexts = CommonTexts {
    menu: "Menu",
    languages: "Languages",
    search_label: "Search the Help Centre",
    search_go: "Search",
    search_placeholder: "Type your question…",
    band_title: "Still need help?",
    band_text: "Write to us. A person on our team answers",
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
    not_found_text: "The address may be mistyped. Search for the topic or go back to the start.",
    gone_title: "This page is gone",
    gone_text: "The article that was here has been withdrawn. Search for the topic: another one may answer it.",
    refused_title: "We couldn't accept this",
    refused_text: "The form was not sent from this site. Open it in the help centre and send it again.",
    too_large_title: "This is too large",
    too_large_text: "Shorten the message and send it again.",
    bad_request_title: "We didn't understand this request",
    bad_request_text: "Go back to the previous page and try again.",
    broken_title: "Something went wrong on our side",
    broken_text: "The problem is on record. Try again in a few minutes; if it stays, contact us with the reference below.",
    busy_title: "Too many requests in a short time",
    busy_text: "Wait a moment and try again.",
    unavailable_title: "We can't do this right now",
    unavailable_text: "Articles and search still work. Try again in a few minutes.",
    reference: "Reference",
    go_home: "Back to the start",
};
