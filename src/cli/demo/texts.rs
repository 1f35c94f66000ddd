//! What made-up people say. Our own sentences: nobody wrote any of them.

use super::made::Person;
use super::random::Random;
use crate::articles::model::Reason;
use crate::i18n::{Lang, PerLang};

/// Of all customers so many write Portuguese, so many Spanish, the rest English.
const PT_OF_100: u64 = 60;
const ES_OF_100: u64 = 25;

const FIRST_NAMES: PerLang<&[&str]> = PerLang([
    &[
        "Maria", "João", "Ana", "Pedro", "Luana", "Rafael", "Beatriz", "Caio", "Larissa", "Thiago", "Camila", "Bruno", "Aline", "Diego", "Marina",
        "Igor",
    ],
    &["Sofía", "Mateo", "Valentina", "Santiago", "Camila", "Nicolás", "Lucía", "Diego", "Martina", "Andrés", "Paula", "Julián", "Elena", "Tomás"],
    &["Emma", "Liam", "Olivia", "Noah", "Grace", "Ethan", "Chloe", "Ryan", "Hannah", "Jacob", "Zoe", "Caleb"],
]);
const LAST_NAMES: PerLang<&[&str]> = PerLang([
    &["Souza", "Silva", "Oliveira", "Santos", "Pereira", "Costa", "Almeida", "Ribeiro", "Carvalho", "Gomes", "Rocha", "Barros", "Teixeira"],
    &["García", "Rodríguez", "Martínez", "López", "Hernández", "Gómez", "Díaz", "Torres", "Vargas", "Castillo", "Rojas", "Mendoza"],
    &["Johnson", "Brown", "Taylor", "Wilson", "Clark", "Walker", "Young", "Baker", "Turner", "Cooper"],
]);
const MAIL_HOSTS: [&str; 4] = ["example.com", "example.net", "example.org", "mail.example.com"];

/// Subjects and what is said under them.
type Told = &'static [(&'static str, &'static str)];

/// By reason of the sample; the last of each language are for every other reason.
const TOLD: PerLang<&[(&str, Told)]> = PerLang([
    &[
        (
            "access",
            &[
                ("Não consigo entrar no curso", "Comprei ontem à noite e o e-mail de acesso não chegou. Já olhei no spam e na lixeira."),
                ("A senha não funciona", "Troquei a senha duas vezes e a tela continua dizendo que está errada. Uso o mesmo e-mail da compra."),
                ("O curso sumiu da minha conta", "Até sexta eu via as aulas. Hoje a página abre vazia, no celular e no computador."),
            ],
        ),
        (
            "payment",
            &[
                ("Cobrada duas vezes", "Fiz uma compra só e apareceram duas cobranças iguais no cartão, no mesmo minuto."),
                (
                    "Pix pago e compra pendente",
                    "Paguei o Pix logo que o código apareceu. O banco confirma, mas a compra ainda espera pelo pagamento.",
                ),
                ("Cartão recusado", "Tentei com dois cartões que uso sempre. O banco diz que não chegou nenhum pedido até eles."),
            ],
        ),
        (
            "refund",
            &[
                ("Quero o reembolso do curso", "Comprei há três dias e o conteúdo não é o que a página prometia. Como faço a solicitação?"),
                ("O reembolso ainda não caiu", "A solicitação foi aceita na semana passada e a fatura fechou sem o estorno."),
            ],
        ),
        (
            "commission",
            &[
                ("Minha comissão não apareceu", "A venda foi no dia 12 e o extrato ainda não mostra a comissão. O parâmetro estava no link."),
                ("Saque parado", "Pedi o saque na segunda-feira e ele continua em processamento. Os dados do banco estão certos."),
            ],
        ),
        (
            "",
            &[
                ("Uma dúvida antes de continuar", "Li a página de ajuda e fiz os passos, mas no fim aparece uma mensagem que não entendi."),
                ("Preciso de um documento", "Meu contador pediu o comprovante deste mês. Onde eu encontro?"),
                ("A página mostra um erro", "Quando salvo, a tela pisca e nada muda. Aconteceu três vezes hoje."),
            ],
        ),
    ],
    &[
        (
            "access",
            &[
                ("No puedo entrar al curso", "Compré anoche y el correo de acceso no llegó. Ya revisé la carpeta de spam."),
                ("La contraseña no funciona", "La cambié dos veces y la pantalla sigue diciendo que no es correcta."),
            ],
        ),
        (
            "payment",
            &[
                ("Me cobraron dos veces", "Hice una sola compra y en la tarjeta hay dos cobros iguales, del mismo minuto."),
                ("Mi tarjeta fue rechazada", "Probé con dos tarjetas. El banco dice que no recibió ninguna solicitud."),
            ],
        ),
        (
            "refund",
            &[
                ("Quiero el reembolso", "Compré hace tres días y el contenido no es lo que prometía la página de ventas."),
                ("El reembolso no llega", "Lo aceptaron la semana pasada y en mi cuenta todavía no hay nada."),
            ],
        ),
        ("commission", &[("No veo mi comisión", "La venta fue el día 12 y en mi billetera no aparece. El enlace tenía mi parámetro.")]),
        (
            "",
            &[
                ("Una duda sobre el último paso", "Leí la página de ayuda y seguí los pasos, pero al final aparece un mensaje que no entiendo."),
                ("Necesito un recibo", "Mi contador me pidió el recibo de este mes. ¿Dónde lo encuentro?"),
                ("La página da un error", "Cuando guardo, la pantalla parpadea y nada cambia. Hoy pasó tres veces."),
            ],
        ),
    ],
    &[
        (
            "access",
            &[
                ("I can't open my course", "I bought it last night and the access email never came. I checked the spam folder too."),
                ("My password doesn't work", "I changed it twice and the screen still says that it's wrong."),
            ],
        ),
        (
            "payment",
            &[
                ("Charged twice", "I made one purchase and my card shows two equal charges from the same minute."),
                ("My card was declined", "I tried two cards that I use every day. The bank says that nothing reached them."),
            ],
        ),
        (
            "refund",
            &[
                ("I'd like a refund", "I bought it three days ago and it isn't what the sales page promised."),
                ("The refund hasn't arrived", "It was accepted last week and my statement doesn't show it yet."),
            ],
        ),
        (
            "commission",
            &[("My commission is missing", "The sale was on the 12th and the wallet statement doesn't show it. My parameter was in the link.")],
        ),
        (
            "",
            &[
                (
                    "A question about the last step",
                    "I read the help page and did what it says, but in the end there is a message that I don't understand.",
                ),
                ("I need a receipt", "My accountant asked for this month's receipt. Where do I find it?"),
                ("The page shows an error", "When I save, the screen flashes and nothing changes. It happened three times today."),
            ],
        ),
    ],
]);

const GREETINGS: PerLang<&[&str]> = PerLang([
    &["Olá!", "Bom dia,", "Boa tarde,", "Oi, tudo bem?"],
    &["Hola:", "Buenos días:", "Buenas tardes:", "Hola, ¿cómo están?"],
    &["Hello,", "Hi there,", "Good morning,", "Hi,"],
]);
const ENDS: PerLang<&[&str]> = PerLang([
    &["O que eu faço?", "Podem verificar, por favor?", "Preciso disso até sexta.", "Agradeço desde já."],
    &["¿Qué debo hacer?", "¿Pueden revisarlo, por favor?", "Lo necesito antes del viernes.", "Quedo atento a su respuesta."],
    &["What should I do?", "Could you take a look, please?", "I need it by Friday.", "Thanks in advance."],
]);
const REPLIES: PerLang<&[&str]> = PerLang([
    &[
        "Fiz isso e continua igual.",
        "Segue o que apareceu na tela.",
        "Agora funcionou, mas falta uma parte.",
        "Alguma novidade?",
        "Sim, é esse mesmo e-mail.",
    ],
    &[
        "Lo hice y sigue igual.",
        "Esto es lo que aparece en la pantalla.",
        "Ya funcionó, pero falta una parte.",
        "¿Hay alguna novedad?",
        "Sí, es ese mismo correo.",
    ],
    &[
        "I did that and it's the same.",
        "This is what the screen shows.",
        "It works now, but one part is missing.",
        "Any news?",
        "Yes, that's the same email.",
    ],
]);
const ANSWERS: PerLang<&[&str]> = PerLang([
    &[
        "Olá! Encontramos sua compra e enviamos o acesso de novo. Veja se o e-mail chegou e nos conte.",
        "Verificamos com o banco: a segunda cobrança é só uma reserva e some em até três dias úteis.",
        "Para seguir, precisamos do código da transação. Ele está no e-mail da compra e começa com HP.",
        "Está feito. Se aparecer mais alguma coisa, responda aqui mesmo.",
    ],
    &[
        "¡Hola! Encontramos tu compra y enviamos el acceso de nuevo. Revisa si llegó el correo y cuéntanos.",
        "Lo revisamos con el banco: el segundo cobro es solo una reserva y desaparece en tres días hábiles.",
        "Para seguir necesitamos el código de la transacción. Está en el correo de la compra y empieza con HP.",
        "Ya está listo. Si aparece algo más, responde aquí mismo.",
    ],
    &[
        "Hi! We found your purchase and sent the access again. Please check whether the email arrived.",
        "We checked with the bank: the second charge is only a hold and disappears within three business days.",
        "To go on, we need the transaction code. It's in the email of the purchase and begins with HP.",
        "It's done. If anything else comes up, just reply here.",
    ],
]);
const NOTES: PerLang<&[&str]> = PerLang([
    &["Conferi no painel: uma venda só.", "Já escreveu na semana passada sobre o mesmo produto.", "Esperando o financeiro."],
    &["Revisé en el panel: hay una sola venta.", "Ya escribió la semana pasada por el mismo producto.", "Esperamos a finanzas."],
    &["Checked the dashboard: one sale only.", "Wrote last week about the same product.", "Waiting for finance."],
]);
const COMMENTS: PerLang<[&str; 2]> = PerLang([
    ["Resposta rápida e clara.", "Demorou e ainda não entendi."],
    ["Respuesta rápida y clara.", "Tardó mucho y todavía no entiendo."],
    ["Quick and clear.", "It took long and I still don't get it."],
]);
const SPAM: Told = &[
    ("Ganhe seguidores hoje", "Temos pacotes de seguidores reais com entrega em uma hora. Chame no link e peça seu desconto."),
    ("Posicione su sitio en la primera página", "Hacemos su sitio visible en una semana, con garantía. Responda para recibir la lista de precios."),
    ("Business loan approved", "Your loan was approved without documents. Open the link and confirm your account to receive it today."),
];

/// The language of a customer, what they are called, and an address that no other has.
pub(super) fn person(random: &mut Random, number: usize) -> Person {
    let lang = match random.below(100) {
        drawn if drawn < PT_OF_100 => Lang::Pt,
        drawn if drawn < PT_OF_100 + ES_OF_100 => Lang::Es,
        _ => Lang::En,
    };
    let (first, last) = (of(random, FIRST_NAMES[lang]), of(random, LAST_NAMES[lang]));
    let plain = |name: &str| crate::values::fold(name);
    let email = format!("{}.{}{number}@{}", plain(first), plain(last), of(random, &MAIL_HOSTS));
    Person { lang, name: format!("{first} {last}"), email, code: None }
}

/// Subject and text of what opens a ticket.
pub(super) fn first(lang: Lang, reason: Option<&Reason>, random: &mut Random) -> (String, String) {
    let id = reason.map_or("", |reason| reason.id.as_str());
    let told = TOLD[lang].iter().find(|(of, _)| *of == id).or(TOLD[lang].last()).map_or(SPAM, |(_, told)| *told);
    let (subject, text) = random.pick(told).copied().unwrap_or_default();
    // Many write what the form offers.
    let subject = reason.filter(|_| random.chance(25)).map_or(subject, |reason| reason.texts[lang].title.as_str());
    (subject.to_owned(), format!("{}\n\n{text} {}", of(random, GREETINGS[lang]), of(random, ENDS[lang])))
}

pub(super) fn spam(random: &mut Random) -> (String, String) {
    let (subject, text) = random.pick(SPAM).copied().unwrap_or_default();
    (subject.to_owned(), text.to_owned())
}

pub(super) fn reply(lang: Lang, random: &mut Random) -> String {
    of(random, REPLIES[lang]).to_owned()
}

pub(super) fn answer(lang: Lang, random: &mut Random) -> String {
    of(random, ANSWERS[lang]).to_owned()
}

pub(super) fn note(lang: Lang, random: &mut Random) -> String {
    of(random, NOTES[lang]).to_owned()
}

pub(super) fn comment(lang: Lang, stars: u8) -> String {
    COMMENTS[lang][usize::from(stars < 4)].to_owned()
}

fn of(random: &mut Random, from: &[&'static str]) -> &'static str {
    random.pick(from).copied().unwrap_or_default()
}
