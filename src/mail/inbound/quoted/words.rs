//! What mail programs write, in the languages in which they write it: en, pt, es, de, fr, it, fi, ru, da, no, sv, nl and pl.
//!
//! Every table is in small letters and sorted, so that a word is looked up by halving. Words stand without the punctuation at their ends:
//! "à(s" is what is left of "à(s)".

/// Whether a sorted table has the word.
pub(super) fn has(table: &[&str], word: &str) -> bool {
    table.binary_search(&word).is_ok()
}

/// The rest of the text after the longest of the openings that it begins with.
pub(super) fn after_opening<'a>(openings: &[&str], text: &'a str) -> Option<&'a str> {
    openings.iter().filter_map(|opening| text.strip_prefix(opening)).min_by_key(|rest| rest.len())
}

/// The verb of "On Monday, somebody wrote:".
#[rustfmt::skip]
pub(super) const WROTE: &[&str] = &[
    "ecrit", "escreveu", "escribio", "escribió", "geschreven", "kirjoitti", "napisał", "napisał(a", "napisała", "pisze", "schreef", "schrieb",
    "scritto", "skrev", "wrote", "écrit", "написал", "написал(а", "написала", "писал", "пишет",
];

/// What such a verb may have before it.
#[rustfmt::skip]
pub(super) const AUXILIARIES: &[&str] = &["a", "ha", "heeft"];

/// Months, long and short.
#[rustfmt::skip]
pub(super) const MONTHS: &[&str] = &[
    "abr", "abril", "ago", "agosto", "aout", "août", "apr", "april", "aprile", "aug", "august", "augusti", "augustus", "avr", "avril", "cze",
    "czerwca", "dec", "december", "des", "desember", "dez", "dezember", "dezembro", "dic", "dicembre", "diciembre", "déc", "décembre", "elo",
    "elok", "elokuuta", "ene", "enero", "feb", "febbraio", "febrero", "februar", "februari", "february", "fev", "fevereiro", "fevr", "févr",
    "février", "gen", "gennaio", "giu", "giugno", "gru", "grudnia", "heinä", "heinäk", "heinäkuuta", "helmi", "helmik", "helmikuuta", "huhti",
    "huhtik", "huhtikuuta", "jan", "janeiro", "januar", "januari", "january", "janv", "janvier", "joulu", "jouluk", "joulukuuta", "juil", "juillet",
    "juin", "jul", "julho", "juli", "julio", "july", "jun", "june", "junho", "juni", "junio", "kesä", "kesäk", "kesäkuuta", "kwi", "kwietnia",
    "lip", "lipca", "lis", "listopada", "loka", "lokak", "lokakuuta", "lug", "luglio", "lut", "lutego", "maalis", "maalisk", "maaliskuuta", "maart",
    "maerz", "mag", "maggio", "mai", "maio", "maj", "maja", "mar", "marca", "march", "marco", "marras", "marrask", "marraskuuta", "mars", "marts",
    "marzo", "março", "may", "mayo", "mei", "mrt", "mrz", "mär", "märz", "nov", "november", "novembre", "novembro", "noviembre", "oct", "october",
    "octobre", "octubre", "okt", "oktober", "ott", "ottobre", "out", "outubro", "paź", "października", "sep", "sept", "september", "septembre",
    "septiembre", "set", "setembro", "setiembre", "settembre", "sie", "sierpnia", "sty", "stycznia", "syys", "syysk", "syyskuuta", "tammi",
    "tammik", "tammikuuta", "touko", "toukok", "toukokuuta", "wrz", "września", "авг", "августа", "апр", "апреля", "дек", "декабря", "июл", "июля",
    "июн", "июня", "мар", "марта", "мая", "ноя", "нояб", "ноября", "окт", "октября", "сен", "сент", "сентября", "фев", "февр", "февраля", "янв",
    "января",
];

/// Days of the week, long and short.
#[rustfmt::skip]
pub(super) const WEEKDAYS: &[&str] = &[
    "czw", "czwartek", "di", "dienstag", "dim", "dimanche", "dinsdag", "do", "dom", "domenica", "domingo", "donderdag", "donnerstag", "fr", "fre",
    "fredag", "freitag", "fri", "friday", "gio", "giovedì", "jeu", "jeudi", "jue", "jueves", "ke", "keskiviikko", "keskiviikkona", "la", "lauantai",
    "lauantaina", "lun", "lundi", "lunedì", "lunes", "lör", "lördag", "lør", "lørdag", "ma", "maanantai", "maanantaina", "maandag", "man", "mandag",
    "mar", "mardi", "martedì", "martes", "mer", "mercoledì", "mercredi", "mi", "mie", "miercoles", "mittwoch", "mié", "miércoles", "mo", "mon",
    "monday", "montag", "mån", "måndag", "nd", "niedz", "niedziela", "niedzielę", "ons", "onsdag", "pe", "perjantai", "perjantaina", "piątek",
    "pon", "poniedziałek", "pt", "qua", "quarta", "quarta-feira", "qui", "quinta", "quinta-feira", "sa", "sab", "sabado", "sabato", "sam", "samedi",
    "samstag", "sat", "saturday", "seg", "segunda", "segunda-feira", "sex", "sexta", "sexta-feira", "so", "sob", "sobota", "sobotę", "sonnabend",
    "sonntag", "su", "sun", "sunday", "sunnuntai", "sunnuntaina", "sáb", "sábado", "sön", "söndag", "søn", "søndag", "ter", "terca", "terca-feira",
    "terça", "terça-feira", "thu", "thur", "thurs", "thursday", "ti", "tiistai", "tiistaina", "tir", "tirsdag", "tis", "tisdag", "to", "tor",
    "tors", "torsdag", "torstai", "torstaina", "tue", "tues", "tuesday", "ven", "vendredi", "venerdì", "vie", "viernes", "vr", "vrijdag", "wed",
    "wednesday", "wo", "woensdag", "wt", "wtorek", "za", "zaterdag", "zo", "zondag", "śr", "środa", "środę", "воскресенье", "вс", "вт", "вторник",
    "пн", "понедельник", "пт", "пятница", "пятницу", "сб", "ср", "среда", "среду", "суббота", "субботу", "четверг", "чт",
];

/// What stands before and between the parts of a date. At a date's end they belong to what follows.
#[rustfmt::skip]
pub(super) const CONNECTIVES: &[&str] = &[
    "a", "activado", "al", "alle", "am", "as", "at", "ativado", "d", "data", "de", "del", "den", "di", "dia", "dnia", "dniu", "do", "el", "em",
    "giorno", "godz", "godzinie", "il", "in", "kello", "kl", "klo", "la", "la(s", "las", "le", "les", "na", "no", "o", "of", "om", "on", "op",
    "ore", "på", "the", "um", "w", "à", "à(s", "às", "ás", "в", "во", "и", "от",
];

/// What stands after a time or a year.
#[rustfmt::skip]
pub(super) const CLOCK: &[&str] = &[
    "a.m", "am", "art", "brst", "brt", "bst", "cdt", "cest", "cet", "clt", "cst", "edt", "eest", "eet", "est", "gmt", "h", "hora", "horas", "hrs",
    "hs", "m", "mdt", "msk", "mst", "p", "p.m", "pdt", "pm", "pst", "r", "uhr", "utc", "west", "wet", "z", "г", "год", "года",
];

/// Small words of names. "You" is how some programs name whoever they quote.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "and", "by", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e", "et", "from", "för", "heeft", "het", "la",
    "le", "of", "para", "por", "ten", "ter", "und", "użytkownik", "van", "via", "volgende", "von", "y", "you", "пользователь",
];

/// How Horde begins instead of a date and a verb.
#[rustfmt::skip]
pub(super) const QUOTING: &[&str] = &["cita", "citando", "citation", "quoting", "zitat"];

/// No program puts such a word before a name, people do.
#[rustfmt::skip]
pub(super) const ARTICLES: &[&str] = &[
    "a", "as", "der", "die", "ein", "eine", "el", "la", "las", "los", "o", "os", "the", "um", "uma", "un", "una",
];

/// Words of sentences, never of names.
#[rustfmt::skip]
pub(super) const NO_NAMES: &[&str] = &[
    "alguem", "alguien", "alguém", "already", "are", "asked", "because", "bought", "but", "comprei", "compré", "cuando", "depois", "después", "ela",
    "elas", "ele", "eles", "ella", "elle", "ellos", "enviei", "envié", "er", "era", "está", "eu", "fiz", "foi", "fue", "fui", "got", "he", "hice",
    "i", "ich", "il", "ils", "intenté", "io", "is", "je", "já", "lui", "mandei", "mandé", "mas", "me", "meu", "mi", "minha", "mis", "my", "nao",
    "never", "noi", "nos", "nosotros", "not", "nous", "não", "nós", "our", "paguei", "pagué", "paid", "pero", "porque", "quando", "que", "quem",
    "quien", "recebi", "received", "recibí", "said", "sent", "she", "sie", "somebody", "someone", "support's", "tambien", "también", "também",
    "tentei", "then", "they", "tried", "us", "vous", "was", "we", "when", "who", "wir", "ya", "yo", "él",
];

/// Stands between dashes above what is quoted.
#[rustfmt::skip]
pub(super) const ORIGINAL: &[&str] = &[
    "alkuperäinen viesti", "antwort nachricht", "mensagem de origem", "mensagem de resposta", "mensagem original", "mensaje de respuesta",
    "mensaje original", "mensaje originario", "message d'origine", "message d’origine", "message initial", "message original",
    "messaggio di origine", "messaggio originale", "oorspronkelijk bericht", "opprinnelig melding", "oprindelig besked", "oprindelig meddelelse",
    "original message", "original nachricht", "original-nachricht", "originalmeddelande", "originalmelding", "originalnachricht",
    "origineel bericht", "oryginalna wiadomość", "pierwotna wiadomość", "reply message", "ursprungligt meddelande", "ursprüngliche nachricht",
    "wiadomość oryginalna", "исходное сообщение", "оригинальное сообщение",
];

/// Stands between dashes above what is forwarded.
#[rustfmt::skip]
pub(super) const FORWARDED: &[&str] = &[
    "doorgestuurd bericht", "edelleenlähetetty viesti", "forwarded message", "mensagem encaminhada", "mensagem reencaminhada", "mensagem reenviada",
    "mensaje reenviado", "message réexpédié", "message transféré", "messaggio inoltrato", "przekazana wiadomość", "przesłana wiadomość",
    "vidarebefordrat mail", "vidarebefordrat meddelande", "videresendt besked", "videresendt meddelelse", "videresendt melding", "välitetty viesti",
    "weitergeleitete nachricht", "wiadomość przekazana", "перенаправленное сообщение", "пересланное сообщение", "пересылаемое сообщение",
];

/// Stands alone above what is forwarded.
#[rustfmt::skip]
pub(super) const FORWARD_OPENINGS: &[&str] = &[
    "alkaa välitetty viesti", "anfang der weitergeleiteten nachricht", "begin doorgestuurd bericht", "begin forwarded message",
    "comienzo del mensaje reenviado", "début du message réexpédié", "début du message transféré", "inicio del mensaje reenviado",
    "inizio del messaggio inoltrato", "inizio messaggio inoltrato", "início da mensagem encaminhada", "início da mensagem reencaminhada",
    "início da mensagem reenviada", "mensagem encaminhada", "mensagem reencaminhada", "mensagem reenviada", "mensaje reenviado",
    "początek przekazanej wiadomości", "start på videresendt besked", "start på videresendt melding", "vidarebefordrat brev",
    "videresendt meddelelse", "välitetty viesti alkaa", "начало переадресованного сообщения", "начало пересылаемого сообщения",
];

/// A help desk puts such a line above its own words.
#[rustfmt::skip]
pub(super) const REPLY_ABOVE: &[&str] = &[
    "above this line", "acima da linha", "acima dessa linha", "acima desta linha", "arriba de esta linea", "arriba de esta línea",
    "au-dessus de cette ligne", "boven deze lijn", "boven deze regel", "encima de esta linea", "encima de esta línea", "oberhalb dieser zeile",
    "over denne linje", "powyżej tej linii", "sopra questa linea", "sopra questa riga", "tämän rivin yläpuolelle", "över denna rad",
    "über dieser zeile", "выше этой линии", "выше этой строки",
];

/// Words by which somebody shows what they forward.
#[rustfmt::skip]
pub(super) const POINTING: &[&str] = &[
    "abaixo", "abajo", "adjunto", "anexo", "attached", "below", "encaminhado", "encaminhando", "encaminhei", "encaminho", "ese", "eso", "essa",
    "esse", "esta", "este", "esto", "forward", "forwarded", "forwarding", "fyi", "got", "isso", "isto", "look", "mira", "mire", "miren", "olha",
    "olhe", "olhem", "recebi", "received", "recibí", "reenviado", "reenviando", "reenvio", "reenvío", "repasso", "see", "segue", "seguem", "sigue",
    "that", "these", "this", "vea", "vean", "veja", "vejam",
];

/// What a line of a quoted email's head tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    From,
    Sent,
    To,
    Subject,
    Other,
}

/// The labels of such lines, without their colon.
#[rustfmt::skip]
pub(super) const LABELS: &[(&str, Field)] = &[
    ("a", Field::To), ("aan", Field::To), ("adjuntos", Field::Other), ("aihe", Field::Subject), ("allegati", Field::Other), ("an", Field::To),
    ("anexo", Field::Other), ("anexos", Field::Other), ("anlagen", Field::Other), ("answer to", Field::Other), ("antwort an", Field::Other),
    ("assunto", Field::Subject), ("asunto", Field::Subject), ("attachment", Field::Other), ("attachments", Field::Other), ("bcc", Field::Other),
    ("betreff", Field::Subject), ("bijlagen", Field::Other), ("bilagor", Field::Other), ("c/c", Field::Other), ("cc", Field::Other),
    ("ccn", Field::Other), ("cco", Field::Other), ("copia", Field::Other), ("copie", Field::Other), ("copie à", Field::Other),
    ("cópia", Field::Other), ("da", Field::From), ("data", Field::Sent), ("data de envio", Field::Sent), ("data invio", Field::Sent),
    ("date", Field::Sent), ("date d'envoi", Field::Sent), ("date d’envoi", Field::Sent), ("dato", Field::Sent), ("datos adjuntos", Field::Other),
    ("datum", Field::Sent), ("de", Field::From), ("destinataire", Field::To), ("destinatario", Field::To), ("destinatário", Field::To),
    ("do", Field::To), ("dw", Field::Other), ("emne", Field::Subject), ("enviada", Field::Sent), ("enviada em", Field::Sent),
    ("enviadas", Field::Sent), ("enviado", Field::Sent), ("enviado a", Field::Sent), ("enviado el", Field::Sent), ("enviado em", Field::Sent),
    ("enviado às", Field::Sent), ("enviados", Field::Sent), ("envoyé", Field::Sent), ("envoyé le", Field::Sent), ("expéditeur", Field::From),
    ("fecha", Field::Sent), ("fecha de envío", Field::Sent), ("fra", Field::From), ("from", Field::From), ("från", Field::From),
    ("gesendet", Field::Sent), ("gesendet am", Field::Sent), ("importance", Field::Other), ("importancia", Field::Other),
    ("importância", Field::Other), ("inviato", Field::Sent), ("inviato il", Field::Sent), ("kopi", Field::Other), ("kopia", Field::Other),
    ("kopie", Field::Other), ("kopio", Field::Other), ("liitteet", Field::Other), ("lähetetty", Field::Sent), ("lähettäjä", Field::From),
    ("message du", Field::Sent), ("objet", Field::Subject), ("od", Field::From), ("oggetto", Field::Subject), ("onderwerp", Field::Subject),
    ("para", Field::To), ("pièces jointes", Field::Other), ("prioridad", Field::Other), ("prioridade", Field::Other), ("priority", Field::Other),
    ("priorità", Field::Other), ("priorität", Field::Other), ("priorité", Field::Other), ("pvm", Field::Sent), ("päivämäärä", Field::Sent),
    ("remetente", Field::From), ("remitente", Field::From), ("reply to", Field::Other), ("reply-to", Field::Other), ("responder a", Field::Other),
    ("responder para", Field::Other), ("sendt", Field::Sent), ("sent", Field::Sent), ("sent at", Field::Sent), ("sent on", Field::Sent),
    ("skickat", Field::Sent), ("subject", Field::Subject), ("sujet", Field::Subject), ("temat", Field::Subject), ("til", Field::To),
    ("till", Field::To), ("to", Field::To), ("udw", Field::Other), ("van", Field::From), ("vastaanottaja", Field::To), ("vedlegg", Field::Other),
    ("verstuurd", Field::Sent), ("verzonden", Field::Sent), ("von", Field::From), ("wichtigkeit", Field::Other), ("wysłane", Field::Sent),
    ("wysłano", Field::Sent), ("załączniki", Field::Other), ("à", Field::To), ("ämne", Field::Subject), ("вложения", Field::Other),
    ("дата", Field::Sent), ("кому", Field::To), ("копия", Field::Other), ("от", Field::From), ("отправлено", Field::Sent), ("тема", Field::Subject),
];

/// Labels of a date that receipts have too.
#[rustfmt::skip]
pub(super) const RECEIPT_DATES: &[&str] = &["data", "date", "dato", "datum", "fecha", "дата"];

/// How the subject of an answer begins, or that of a forwarded email.
#[rustfmt::skip]
pub(super) const ANSWERS: &[&str] = &["antw:", "aw:", "enc:", "fw:", "fwd:", "i:", "odp:", "r:", "re:", "res:", "rv:", "sv:", "tr:", "vs:", "wg:"];

/// How the line begins that a phone adds.
#[rustfmt::skip]
pub(super) const SENT_FROM_MY: &[&str] = &[
    "enviada do meu ", "enviado a partir do meu ", "enviado através do meu ", "enviado da minha ", "enviado de meu ", "enviado de mi ",
    "enviado desde mi ", "enviado do meu ", "enviado no meu ", "enviado pelo meu ", "envoyé de mon ", "envoyé depuis mon ", "gesendet von meinem ",
    "inviato dal mio ", "sendt fra min ", "sent from my ", "skickat från min ", "verstuurd vanaf mijn ", "verzonden vanaf mijn ", "von meinem ",
    "wysłane z mojego ", "отправлено с моего ",
];

/// How the line begins that a mail program adds; its name must follow.
#[rustfmt::skip]
pub(super) const SENT_BY: &[&str] = &[
    "baixar o outlook ", "baixar outlook ", "baixe o outlook ", "descarga outlook ", "descargar outlook ", "descargue outlook ",
    "descarregar o outlook ", "download outlook ", "download outlook ", "enviada do ", "enviado a partir ", "enviado através ", "enviado com ",
    "enviado con ", "enviado da ", "enviado dal ", "enviado de ", "enviado desde ", "enviado do ", "enviado mediante ", "enviado pelo ",
    "enviado por ", "enviado usando ", "enviado via ", "envoyé avec ", "envoyé de ", "envoyé depuis ", "envoyé via ", "envoyé à partir ",
    "gesendet aus ", "gesendet mit ", "gesendet von ", "get bluemail for ", "get outlook for ", "get spark for ", "get yahoo mail for ",
    "hanki outlook ", "hent outlook ", "hämta outlook ", "inviato con ", "inviato da ", "inviato dal ", "lähetetty ", "obtener outlook ",
    "obtenga outlook ", "obtenha o outlook ", "obtenir outlook ", "obter o outlook ", "obter outlook ", "obtém o outlook ", "obtén outlook ",
    "ottieni outlook ", "outlook für ", "outlook voor ", "pobierz outlook ", "scarica outlook ", "sendt fra ", "sendt med ", "sendt via ",
    "sent by ", "sent from ", "sent using ", "sent via ", "sent with ", "skickades från ", "skickat från ", "transferir o outlook ",
    "transfira o outlook ", "télécharger outlook ", "téléchargez outlook ", "verstuurd met ", "verstuurd vanaf ", "verzonden met ",
    "verzonden vanaf ", "verzonden vanuit ", "wysłane z ", "wysłane za ", "wysłano z ", "отправлено из ", "отправлено с ", "скачать outlook ",
];

/// Names of phones and mail programs, by which such a line is known.
#[rustfmt::skip]
pub(super) const SENDERS: &[&str] = &[
    "acompli", "airmail", "android", "aqua", "aquamail", "blackberry", "bluemail", "bol", "canary", "celular", "edison", "emclient", "galaxy",
    "gmail", "gmx", "honor", "hotmail", "huawei", "icloud", "ios", "ipad", "iphone", "ipod", "mac", "macos", "mailbird", "mailspring", "mobile",
    "moto", "motorola", "movil", "móvil", "newton", "nokia", "outlook", "poco", "proton", "protonmail", "redmi", "roundcube", "samsung",
    "smartphone", "spark", "superhuman", "tablet", "telefone", "telemóvel", "teléfono", "terra", "thunderbird", "tuta", "tutanota", "typeapp",
    "uol", "web.de", "windows", "xiaomi", "yahoo", "zimbra", "zoho",
];

/// A line that begins like one a program adds is a sentence if it has one of these.
#[rustfmt::skip]
pub(super) const SENTENCE_WORDS: &[&str] = &[
    "account", "amiga", "amigo", "and", "ao", "aos", "ayer", "banco", "bank", "because", "boleto", "bradesco", "but", "comprobante", "comprovante",
    "conta", "cuenta", "código", "daughter", "did", "does", "e", "era", "es", "esposa", "estava", "estou", "está", "factura", "fatura", "filha",
    "filho", "foi", "friend", "fue", "fui", "hija", "hijo", "hoje", "hoy", "husband", "i", "invoice", "is", "it", "itaú", "marido", "mas", "meu",
    "mi", "minha", "my", "mãe", "nao", "nubank", "não", "ontem", "order", "pagamento", "pago", "payment", "pedido", "pero", "pessoal", "pix",
    "porque", "porqué", "quando", "que", "receipt", "recibo", "santander", "se", "si", "son", "to", "today", "ustedes", "voces", "vocês", "was",
    "were", "when", "wife", "y", "yesterday", "you", "yours", "é",
];

/// What people let their phone add to it.
#[rustfmt::skip]
pub(super) const EXCUSES: &[&str] = &[
    "an", "brevity", "desculpa", "desculpe", "desculpem", "disculpa", "disculpe", "disculpen", "errores", "erros", "excuse", "perdão", "perdón",
    "sorry", "typos",
];

/// Whole lines that programs add.
#[rustfmt::skip]
pub(super) const PROGRAM_LINES: &[&str] = &[
    "libre de virus. www.avast.com", "libre de virus.www.avast.com", "livre de vírus", "livre de vírus. www.avast.com",
    "livre de vírus.www.avast.com", "não contém vírus. www.avast.com", "não contém vírus.www.avast.com", "virus-free. www.avast.com",
    "virus-free.www.avast.com", "yahoo mail: busca, organiza, conquista", "yahoo mail: buscar, organizar, conquistar",
    "yahoo mail: busque, organize, conquiste", "yahoo mail: encuentra, organiza, conquista", "yahoo mail: pesquisar, organizar, conquistar",
    "yahoo mail: pesquise, organize, conquiste", "yahoo mail: procure, organize, conquiste", "yahoo mail: search, organize, conquer",
];

/// Words of somebody who wants something: no signature has them.
#[rustfmt::skip]
pub(super) const ASKING: &[&str] = &[
    "acceso", "access", "acesso", "ajuda", "ajudem", "also", "aula", "aulas", "ayuda", "bought", "can't", "cannot", "charged", "clase", "cobrada",
    "cobrado", "cobrança", "cobraron", "cobro", "compra", "comprei", "compré", "consegui", "consigo", "contraseña", "código", "don't", "favor",
    "gostaria", "gracias", "help", "i", "i'm", "nao", "necesito", "need", "não", "obrigada", "obrigado", "order", "paguei", "pagué", "paid",
    "password", "pedido", "pedidos", "pedí", "please", "preciso", "puedo", "queria", "quero", "quiero", "quisiera", "recebi", "received", "recibí",
    "reembolso", "refund", "second", "segunda", "segundo", "senha", "también", "também", "terceiro", "thanks", "third", "want", "would",
];

/// Words of the notices that companies put below every email.
#[rustfmt::skip]
pub(super) const LEGAL: &[&str] = &[
    "confidenciais", "confidencial", "confidencialidad", "confidencialidade", "confidential", "confidentiality", "confidentiel", "destinatario",
    "destinatarios", "destinatário", "destinatários", "disclaimer", "imprimir", "printing", "privileged", "privilegiada", "privilegiadas",
    "recipient", "recipients", "riservate", "sigilo", "sigilosas", "unauthorized", "vertraulich",
];
