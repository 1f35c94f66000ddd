//! Whether somebody asks for us: for a person, for support, for a telephone number. Then the way to us comes before all articles.
//!
//! It has to be sure: "how do I contact the producer" is what an article answers. So either talking to one of us is asked for in so many words, or a
//! question has nothing in it but words of this kind; and nobody else is named.

use super::analyser::{each_word, is_code};
use super::dictionary::edits;
use super::known_words::is_known;
use super::stop_words::is_stop_word;
use crate::i18n::Lang;
use crate::wire::ContactCard;

/// A question longer than this tells a story; what it asks for is left to the articles.
const WORDS_MAX: usize = 16;
/// From this length on a word counts although a letter is wrong, and one that breaks off from the other.
const MISTYPED_MIN_CHARS: usize = 6;
const BEGINNING_MIN_CHARS: usize = 4;

/// The folded words of one language, by what they say.
struct Words {
    /// To speak to somebody.
    talk: &'static str,
    /// Between that and a person.
    to: &'static str,
    /// Us, whatever stands beside it.
    us: &'static str,
    /// Somebody; one of us if they are to be spoken to.
    person: &'static str,
    /// Said of a person who is no program.
    real: &'static str,
    telephone: &'static str,
    channel: &'static str,
    /// To open a case.
    open: &'static str,
    case: &'static str,
    /// Says nothing beside those.
    filler: &'static str,
    /// Who or what is not us.
    other: &'static str,
    /// Us in two words, without what stands between: "atención al cliente".
    service: &'static [(&'static str, &'static str)],
}

const PT: Words = Words {
    talk: "falar fale falo falarei conversar contatar contactar contatando ligar ligo chamar comunicar",
    to: "com pra para",
    us: "atendente atendentes atendimento suporte sac ouvidoria humano humana contato conosco helpdesk",
    person: "pessoa alguem gente consultor operador responsavel equipe time voces vcs humano",
    real: "real verdade",
    telephone: "telefone fone 0800 telefonico",
    channel: "telefone fone 0800 telefonico numero whatsapp whats zap chat email mail canal canais",
    open: "abrir abro criar registrar",
    case: "chamado chamados ticket reclamacao",
    filler: "agora urgente online vivo tecnico tecnica ajuda entrar entro preciso central servico direto atendam responda ninguem",
    other: "produtor produtora produtores criador criadora criadores vendedor vendedora vendedores afiliado afiliada afiliados autor autora comprador \
        compradora compradores cliente clientes aluno aluna alunos professor professora instrutor coprodutor coprodutora banco loja curso produto evento \
        fornecedor parceiro comunidade",
    service: &[("atendimento", "cliente"), ("servico", "cliente"), ("suporte", "cliente")],
};

const ES: Words = Words {
    talk: "hablar hablo comunicarme comunicarse comunicar contactar contactarme contactarlos contacto llamar platicar chatear",
    to: "con a al",
    us: "agente agentes asesor asesora soporte humano humana contacto contactanos contactenos helpdesk operador",
    person: "persona alguien representante ejecutivo ustedes equipo humano",
    real: "real verdad carne",
    telephone: "telefono telefonico",
    channel: "telefono telefonico numero whatsapp wasap chat correo email mail canal canales",
    open: "abrir abro crear levantar",
    case: "ticket reclamo queja caso",
    filler: "ahora urgente linea vivo tecnico tecnica ayuda necesito servicio directo hueso",
    other: "productor productora productores creador creadora creadores vendedor vendedora vendedores afiliado afiliada afiliados autor autora comprador \
        compradora compradores cliente clientes alumno alumna alumnos profesor profesora instructor coproductor coproductora banco tienda curso producto \
        evento proveedor socio comunidad",
    service: &[("atencion", "cliente"), ("servicio", "cliente"), ("soporte", "cliente"), ("atencion", "usuario")],
};

const EN: Words = Words {
    talk: "talk talking speak speaking chat contact contacting reach call message",
    to: "to with",
    us: "support agent agents human humans representative rep helpdesk contact operator",
    person: "person someone somebody anyone team staff human",
    real: "real live actual",
    telephone: "phone telephone hotline",
    channel: "phone telephone hotline number whatsapp chat email mail",
    open: "open create submit file raise",
    case: "ticket complaint case",
    filler: "now urgent urgently online technical help desk line directly",
    other: "producer producers creator creators seller sellers affiliate affiliates author authors buyer buyers customer customers student students \
        teacher instructor bank store course product event vendor partner coproducer coproducers community",
    service: &[("customer", "service"), ("customer", "care"), ("customer", "support")],
};

/// Whether a question asks for us, in any of our languages: who reads Portuguese may write Spanish.
pub(super) fn is_asked(lang: Lang, query: &str) -> bool {
    let mut forms: Vec<String> = Vec::new();
    let mut open = false;
    each_word(query, |place, form| {
        open = place.end == query.len();
        forms.push(form.to_owned());
    });
    if forms.is_empty() || forms.len() > WORDS_MAX {
        return false;
    }
    [(Lang::Pt, &PT), (Lang::Es, &ES), (Lang::En, &EN)].into_iter().any(|(other, words)| {
        let question = Question { lang: other, is_own: other == lang, words, forms: without_service(words, &forms), open };
        question.names_nobody_else() && (question.asks_for_a_person() || question.has_nothing_else())
    })
}

/// The way to us.
pub(super) fn card(lang: Lang) -> ContactCard {
    ContactCard { title: lang.common().contact_us.to_owned(), text: lang.contact_card().to_owned(), url: format!("/{}/contact", lang.code()) }
}

/// With one word for what two say: `us` of that language.
fn without_service(words: &Words, forms: &[String]) -> Vec<String> {
    let mut left: Vec<String> = Vec::new();
    for form in forms {
        let near = left.iter().rposition(|before| words.service.iter().any(|(one, other)| one == before && other == form));
        match near.filter(|at| left.len() - at <= 2) {
            Some(at) => {
                left.truncate(at);
                left.extend(words.us.split(' ').next().map(str::to_owned));
            }
            None => left.push(form.clone()),
        }
    }
    left
}

struct Question<'a> {
    lang: Lang,
    /// Whether the reader's language is that of the words.
    is_own: bool,
    words: &'a Words,
    forms: Vec<String>,
    /// Whether the last word may go on.
    open: bool,
}

impl Question<'_> {
    /// Whether the word at a place is one of a list, perhaps mistyped or not yet finished.
    fn is(&self, at: usize, list: &str) -> bool {
        let form = self.forms[at].as_str();
        let may_go_on = self.open && at + 1 == self.forms.len() && form.len() >= BEGINNING_MIN_CHARS;
        list.split_ascii_whitespace().any(|word| word == form || (may_go_on && word.starts_with(form)))
            || (self.is_name(form)
                && form.len() >= MISTYPED_MIN_CHARS
                && list.split_ascii_whitespace().any(|word| word.len() >= MISTYPED_MIN_CHARS && edits(word, form) == 1))
    }

    /// No word of the language: the company's name, or a mistake.
    fn is_name(&self, form: &str) -> bool {
        self.is_own && form.len() >= BEGINNING_MIN_CHARS && !is_code(form) && !is_known(self.lang, form, false)
    }

    fn says_little(&self, at: usize) -> bool {
        is_stop_word(self.lang, &self.forms[at]) || self.is(at, self.words.filler) || self.is(at, self.words.real)
    }

    fn any(&self, list: &str) -> bool {
        (0..self.forms.len()).any(|at| self.is(at, list))
    }

    fn names_nobody_else(&self) -> bool {
        !self.any(self.words.other)
    }

    /// "I want to talk to a person", with whatever before it and behind it.
    fn asks_for_a_person(&self) -> bool {
        let last = self.forms.len() - 1;
        (0..last).filter(|at| self.is(*at, self.words.talk)).any(|talk| {
            // In English somebody is called, elsewhere one talks with them.
            let mut is_to = self.lang == Lang::En;
            for at in talk + 1..=last {
                let is_us = self.is(at, self.words.us) || (is_to && self.is(at, self.words.person));
                let is_named = is_to && at == last && self.is_name(&self.forms[at]);
                if is_us || is_named {
                    // "A person who": that one.
                    return self.forms.get(at + 1).is_none_or(|next| !matches!(next.as_str(), "que" | "who" | "whose"));
                }
                if self.is(at, self.words.to) {
                    is_to = true;
                } else if !self.says_little(at) {
                    return false;
                }
            }
            false
        })
    }

    fn has_nothing_else(&self) -> bool {
        let Words { talk, us, person, real, telephone, channel, open, case, .. } = self.words;
        let lists = [talk, us, person, real, channel, open, case];
        let unknown: Vec<usize> = (0..self.forms.len()).filter(|at| !self.says_little(*at) && !lists.iter().any(|list| self.is(*at, list))).collect();
        let is_named = match unknown.as_slice() {
            [] => false,
            [only] if self.is_name(&self.forms[*only]) => true,
            _ => return false,
        };
        self.any(us)
            || (self.any(talk) && self.any(channel))
            || (self.any(person) && self.any(real))
            || (self.any(open) && self.any(case))
            || (self.any(telephone) && is_named)
    }
}

#[cfg(test)]
mod tests {
    use super::is_asked;
    use crate::i18n::{Lang, PerLang};

    fn each(questions: &PerLang<&str>, mut test: impl FnMut(Lang, &str)) {
        for lang in Lang::ALL {
            questions[lang].split('|').map(str::trim).for_each(|question| test(lang, question));
        }
    }

    #[test]
    fn who_asks_for_us_is_understood() {
        let questions = PerLang([
            "falar com atendente | quero falar com uma pessoa | atendimento humano | telefone do suporte | falar com o suporte | contato | suporte | sac |
            preciso falar com alguém urgente | fale conosco | atendimento ao cliente | whatsapp do suporte | chat com atendente | abrir chamado |
            como entro em contato com vocês? | telefone da Hotmart | quero falar com a hotmart | falar com um humano sobre reembolso | falar com atend |
            falar com atendete | talk to a person | hablar con un agente",
            "hablar con un agente | quiero hablar con una persona | atención al cliente | teléfono de soporte | número de contacto | soporte técnico |
            cómo puedo contactar a soporte | hablar con alguien | necesito hablar con un asesor | chat en vivo con un agente | persona real | contacto |
            comunicarme con ustedes | quiero hablar con un humano | abrir un ticket | correo de soporte | ¿a qué número puedo llamar?",
            "I want to talk to a person | human | contact support | talk to an agent | speak to a human | customer service | phone number support |
            how do I contact you | contact us | live agent | chat with support | speak with a representative | real person | support email |
            can I call someone? | open a ticket | talk to someone about my refund | contact hotmart",
        ]);
        each(&questions, |lang, question| assert!(is_asked(lang, question), "{question}"));
    }

    #[test]
    fn who_asks_for_somebody_or_something_else_is_not() {
        let questions = PerLang([
            "falar com o produtor | contato do produtor | como falar com o vendedor do curso | suporte do produto | mudar e-mail de contato | equipe |
            alterar telefone | telefone | conversar com meus alunos | chat da comunidade | falar com o afiliado | pessoa jurídica | número do pedido |
            adicionar pessoa na equipe | atendimento do produtor não responde | passar minha conta para outra pessoa | e-mail | falar com o prodtor |
            ligar notificações | não falei com ninguém sobre isso | criar equipe | suporte a pix | quando agente recebe",
            "contactar al productor | hablar con el vendedor | contacto del productor | cambiar correo | cambiar teléfono | persona jurídica | correo |
            número de pedido | atención del productor | agregar una persona al equipo | llamar la atención con anuncios | soporte del curso |
            pago de otra persona | crear producto | chat con alumnos | compartir con alguien",
            "how do I contact the producer | contact the seller | talk to my affiliates | support PIX payments | phone number | change my email | email |
            add a person to my team | does it support apple pay | human resources | add contact email to my product | message buyers |
            someone used my card | reach more people | call to action button | order number | contact information of buyers",
        ]);
        each(&questions, |lang, question| assert!(!is_asked(lang, question), "{question}"));
    }
}
