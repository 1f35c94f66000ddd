//! What the keys of the desk do.

use crate::i18n::Lang;

pub struct DeskKeysTexts {
    pub title: &'static str,
    pub close: &'static str,
    pub moves: &'static str,
    pub mark: &'static str,
    pub next: &'static str,
    pub find: &'static str,
    pub views: &'static str,
    pub reply: &'static str,
    pub note: &'static str,
    pub send: &'static str,
    pub take: &'static str,
    pub assign: &'static str,
    pub tags: &'static str,
    pub snooze: &'static str,
    pub solve: &'static str,
    pub spam: &'static str,
    pub undo: &'static str,
    pub back: &'static str,
    pub saved: &'static str,
    pub article: &'static str,
    pub steps: &'static str,
    pub help: &'static str,
}

impl Lang {
    pub fn desk_keys(self) -> &'static DeskKeysTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: DeskKeysTexts = DeskKeysTexts {
    title: "Atalhos do teclado",
    close: "Fechar",
    moves: "Próxima e anterior na lista",
    mark: "Marcar",
    next: "Próximo chamado",
    find: "Localizar",
    views: "Ir para: meus, sem responsável, vencem em breve, atrasados, aguardando, quarentena, resolvidos, e-mails em espera",
    reply: "Responder",
    note: "Nota interna",
    send: "Enviar",
    take: "Pegar",
    assign: "Escolher responsável",
    tags: "Tags",
    snooze: "Adiar",
    solve: "Resolver ou reabrir",
    spam: "Spam, ou não é spam",
    undo: "Desfazer a resposta ou a última ação",
    back: "Voltar à lista",
    saved: "Inserir resposta pronta",
    article: "Inserir artigo",
    steps: "Chamado anterior e seguinte da lista",
    help: "Esta lista",
};

const ES: DeskKeysTexts = DeskKeysTexts {
    title: "Atajos del teclado",
    close: "Cerrar",
    moves: "Siguiente y anterior en la lista",
    mark: "Marcar",
    next: "Siguiente solicitud",
    find: "Buscar",
    views: "Ir a: mías, sin asignar, vencen pronto, atrasadas, en espera, cuarentena, resueltas, correos en espera",
    reply: "Responder",
    note: "Nota interna",
    send: "Enviar",
    take: "Tomar",
    assign: "Elegir responsable",
    tags: "Tags",
    snooze: "Posponer",
    solve: "Resolver o reabrir",
    spam: "Spam, o no es spam",
    undo: "Deshacer la respuesta o la última acción",
    back: "Volver a la lista",
    saved: "Insertar respuesta lista",
    article: "Insertar artículo",
    steps: "Solicitud anterior y siguiente de la lista",
    help: "Esta lista",
};

const EN: DeskKeysTexts = DeskKeysTexts {
    title: "Keyboard shortcuts",
    close: "Close",
    moves: "Next and previous in the list",
    mark: "Mark",
    next: "Next ticket",
    find: "Find",
    views: "Go to: mine, unassigned, due soon, overdue, waiting, quarantine, solved, waiting mail",
    reply: "Reply",
    note: "Internal note",
    send: "Send",
    take: "Take",
    assign: "Choose an assignee",
    tags: "Tags",
    snooze: "Snooze",
    solve: "Solve or reopen",
    spam: "Spam, or not spam",
    undo: "Undo the reply or the last step",
    back: "Back to the list",
    saved: "Insert a saved reply",
    article: "Insert an article",
    steps: "Previous and next ticket of the list",
    help: "This list",
};
