mod stays;

use super::words;
use super::{Split, split};
use std::time::{Duration, Instant};

const SAID: &str = "O código é HP123.\n\nPodem verificar?";

fn assert_cut(text: &str, said: &str) {
    let split = split(text);
    assert_eq!(split.said, said, "{text}");
    let cut = split.cut_off.unwrap_or_else(|| panic!("nothing was cut off: {text}"));
    for word in text.split_whitespace() {
        assert!(split.said.contains(word) || cut.contains(word), "{word} was lost of: {text}");
    }
}

/// Nothing but what stands above the quote is said.
fn assert_all_cut(quotes: &[&str]) {
    let left: Vec<&&str> = quotes.iter().filter(|quote| split(&format!("{SAID}\n\n{quote}")).said != SAID).collect();
    assert!(left.is_empty(), "not cut off: {left:#?}");
    for quote in quotes {
        assert_cut(&format!("{SAID}\n\n{quote}"), SAID);
        assert_cut(&format!("{SAID}\n\n\n{quote}\n").replace('\n', "\r\n"), SAID);
    }
}

fn assert_whole(texts: &[&str]) {
    for text in texts {
        assert_eq!(split(text), Split { said: (*text).to_owned(), cut_off: None });
    }
}

#[test]
fn what_mail_programs_quote_is_cut_off_and_kept() {
    for quote in [
        "Em seg., 23 de nov. de 2026 às 09:00, Suporte <s@example.com> escreveu:\n\n> Olá!\n> Tudo bem?",
        "Em seg., 23 de nov. de 2026 às 09:00, Suporte da Empresa\n<support+abc@example.com> escreveu:\n\nOlá!\nTudo bem?",
        "El lun, 23 nov 2026 a las 9:00, Soporte (<s@example.com>) escribió:\n\n> ¡Hola!",
        "On Mon, Nov 23, 2026 at 9:00 AM Support <s@example.com> wrote:\n\n> Hi,\n>> deeper",
        "No dia 23/11/2026, às 09:00, Suporte escreveu:\n\nOlá!",
        "________________________________\nDe: Suporte <s@example.com>\nEnviado: segunda-feira, 23 de novembro de 2026 09:00\nPara: Maria\nAssunto: x\n\nOlá!",
        "*De:* Suporte\n*Enviada em:* segunda-feira\n*Para:* Maria\n*Assunto:* x\n\nOlá!",
        "From: Support\nSent: Monday, November 23, 2026 9:00 AM\nTo: Maria\nSubject: x\n\nHi",
        "-----Mensagem original-----\nDe: Suporte\nOlá!",
        "----- Original Message -----\nHi",
        "-----Mensaje original-----\nHola",
        "-- \nMaria Souza\nLoja da Maria",
        "Enviado do meu iPhone",
        "Sent from my Galaxy\n\nOn 23 Nov 2026, at 09:00, Support wrote:\n\n> Hi",
        "> Olá!\n> Tudo bem?",
    ] {
        assert_cut(&format!("Ainda não chegou.\n\nO que eu faço?\n\n{quote}"), "Ainda não chegou.\n\nO que eu faço?");
    }
}

#[test]
fn attributions_of_many_programs_are_known() {
    assert_all_cut(&[
        "Le lun. 23 nov. 2026 à 09:00, Suporte <support@example.org> a écrit :\n\n> Olá!\n> Qual é o código?",
        "Le lun. 23 nov. 2026 à 09:00, Suporte <support@example.org> a écrit :\n\nOlá!\nQual é o código?",
        "Am Mo., 23. Nov. 2026 um 09:00 Uhr schrieb Suporte <support@example.org>:\n\n> Olá!",
        "Suporte da Loja <support@example.org> escreveu no dia segunda, 23/11/2026 à(s) 09:00:\n\n> Olá!",
        "Suporte <support@example.org> escreveu (segunda, 23/11/2026 à(s) 09:00):\n\n> Olá!\n> Qual é o código?",
        "2026-11-23 9:00 GMT-03:00 Suporte <support@example.org>:\n\n> Olá!",
        "Il giorno lun 23 nov 2026 alle ore 09:00 Suporte <support@example.org> ha scritto:\n\n> Olá!",
        "Em seg., 23 de nov. de 2026 às 09:00, Suporte <support@example.org>\u{a0}escreveu:\u{a0}\n\n> Olá!",
        "------- Mensagem Original -------\nEm Segunda-feira, 23 de Novembro de 2026 às 09:00, Suporte <support@example.org> escreveu:\n\n> Olá!",
        "Enviado do Yahoo Mail no Android\n\n  Em seg., 23 de nov. de 2026 às 09:00, Suporte<support@example.org> escreveu:   Olá! Qual é o código?",
        "Em segunda-feira, 23 de novembro de 2026 às 09:00:00 BRT, Suporte <support@example.org> escreveu:\n\nOlá!\nQual é o código?",
        // More of the same kinds.
        "El lun, 23 de nov de 2026 a la(s) 9:00 a.m., Soporte (s@example.org) escribió:\n\n> ¡Hola!",
        "El lun, 23 de nov de 2026 a la(s) 9:00\u{202f}a.m., Soporte Uno (\ns@example.org) escribió:\n\n¡Hola!",
        "> Em 23 de nov. de 2026, à(s) 09:00, Suporte <s@example.org> escreveu:\n> \n> Olá!",
        "El 23 nov 2026, a las 9:00, Soporte escribió:\n\n¡Hola!",
        "El 23/11/2026 a las 9:00, Soporte escribió:\n> Hola",
        "El lunes, 23 de noviembre de 2026, 09:00:00 GMT-3, Soporte <s@example.org> escribió:\n\nHola",
        "Em 23/11/2026 09:00, Suporte HP escreveu:\n> Olá!",
        "Em 2026-11-23 09:00, Suporte escreveu:\n\nOlá!",
        "Em 23 de novembro de 2026 09:00:00 BRT, Suporte <s@example.org> escreveu:\nOlá!",
        "A segunda, 23 de nov. de 2026, 09:00, Suporte <s@example.org> escreveu:\n\n> Olá!",
        "On Nov 23, 2026, at 9:00\u{202f}AM, Support Team <s@example.org> wrote:\n\n\u{feff}Hi there",
        "On Monday, November 23, 2026 at 09:00:12 AM GMT-3, Support <s@example.org> wrote:\n\nHi",
        "On Mon, 23 Nov 2026, 12:34 pm Support Team, <s@example.org>\nwrote:\n\n> Hi",
        "On 11/23/26 9:00 AM, Support wrote:\n> Hi",
        "On 23 Nov 2026 09:00, support@example.org wrote:\n\nHi",
        "On 2026-11-23 09:00, Support via Shop wrote:\n> Hi",
        "Support <s@example.org> wrote on Mon, 23 Nov 2026 at 09:00:\n\n> Hi",
        "Soporte <s@example.org> escribió el lun, 23 nov 2026 a las 9:00:\n\nHola",
        "---- On Mon, 23 Nov 2026 09:00:00 -0300 s@example.org wrote ----\n\nHi",
        "---- Em seg., 23 nov. 2026 09:00:00 -0300 Suporte <s@example.org> escreveu ----\n\nOlá!",
        "---- Activado lun, 23 nov 2026 09:00:00 -0300 Soporte <s@example.org> escribió ----\n\nHola",
        "On Wed, 14 Nov 2018 08:14:43 -0200 Support <s@example.org> wrote\n\nWhen?",
        "11:00 AM, November 17, 2021, \"Support - Shop\" <s@example.org>:\n\nHi",
        "Wednesday, 17 November 2021, 3:32 PM +0300 from s@example.org <s@example.org>:\n\nHi",
        "Am 23.11.2026 um 09:00 schrieb Support:\n> Hallo",
        "Am 13.12.2017 21:11 schrieb \"Support - Shop\"\n<s@example.org>:\n\nHallo",
        "пн, 23 нояб. 2026 г. в 09:00, Support <s@example.org>:\n\nпривет",
        "23.11.2026 09:00, Support пишет:\n> привет",
        "23.11.2026 14:20 пользователь \"s@example.org\" <\ns@example.org> написал:\n\n> привет",
        "ma 23. marrask. 2026 klo 9.00 Support (s@example.org) kirjoitti:\n\n> Hei",
        "pe 20. lokakuuta 2017 klo 17.50 Support\n<s@example.org> kirjoitti:\n\nKiitos!",
        "Den man. 23. nov. 2026 kl. 09.00 skrev Support <s@example.org>:\n\n> Hej",
        "tir. 18. apr. 2017 kl. 13:09 skrev Support <s@example.org\n>:\n\n> Ok.",
        "Den mån 23 nov. 2026 kl 09:00 skrev Support <s@example.org>:\n\nHej",
        "Op ma 23 nov 2026 om 09:00 schreef Support <s@example.org>:\n\n> Hoi",
        "Op 17-feb.-2015, om 13:18 heeft Support <s@example.org> het volgende geschreven:\n\nHoi",
        "W dniu 2017-01-09 11:59:39 użytkownik Support <s@example.org> napisał:\n\nHej",
        "pon., 23 lis 2026 o 09:00 Support <s@example.org> napisał(a):\n\n> Hej",
        "Em seg., 23 de nov. de 2026 às 09:00, Suporte da Escola de Música e Artes <\nsuporte@example.org> escreveu:\n\n> Oi",
        "No dia 23 de novembro de 2026 às 09:00, Suporte <s@example.org> escreveu:\n\n> Oi",
        "Suporte <s@example.org> escreveu no dia seg., 23/11/2026 à(s) 09:00:\n\n> Oi",
        "A seg, 23/11/2026, 09:00, Suporte <s@example.org> escreveu:\n\nOi",
        "Em segunda-feira, 23 de novembro de 2026, Suporte <s@example.org> escreveu:\n\nOi",
        "Em 23/11/2026, à(s) 09:00, suporte@example.org escreveu:\n\nOi",
        "Em 23 de nov de 2026, 09:00 -0300, Suporte <s@example.org>, escreveu:\n\nOi",
        "On 23 Nov 2026, 09:00 -0300, Support <s@example.org>, wrote:\n> Hi",
        "Em 23/11/2026 09:00:12, Suporte <s@example.org> escreveu:\nOi",
        "Em 23/11/2026 09:00, Suporte < s@example.org > escreveu:\n\nOi",
        "Em Seg 23/11/26 09:00, Suporte s@example.org escreveu:\n\nOi",
        "El lun, 23 nov 2026, 9:00, Soporte <s@example.org> escribió:\n\n> Hola",
        "El lun, 23 de nov de 2026 a la(s) 09:00, Soporte (s@example.org)\nescribió:\n\n> Hola",
        "   El lun., 23 de nov. de 2026 a la(s) 9:00 a. m., Soporte<s@example.org> escribió:   Hola, ¿cuál es el código?",
        "  On Mon, Nov 23, 2026 at 9:00 AM, Support<s@example.org> wrote:   Hi there. ",
        "El 23/11/26 a las 09:00, Soporte escribió:\n> Hola",
        "Le 23/11/2026 à 09:00, Support a écrit :\n> Salut",
        "Il 23/11/26 09:00, Supporto ha scritto:\n> Ciao",
        "Op 23-11-2026 om 09:00 schreef Support:\n> Hoi",
        "W dniu 23.11.2026 o 09:00, Support pisze:\n> Hej",
        "Den 2026-11-23 kl. 09:00, skrev Support:\n> Hej",
        "Den 23.11.2026 09:00, skrev Support:\n> Hej",
        "Support kirjoitti 23.11.2026 klo 9.00:\n> Hei",
        "Support <s@example.org> kirjoitti 23.11.2026 kello 9.00:\n\n> Hei",
        "23 нояб. 2026 г., в 09:00, Support <s@example.org> написал(а):\n\n> привет",
        "23 nov. 2026 kl. 09:00 skrev Support <s@example.org>:\n\n> Hej",
        "On Monday, November 23rd, 2026 at 9:00 AM, Support <s@example.org> wrote:\n\n> Hi",
        "---- Em Seg, 23 nov 2026 09:00:00 -0300 Suporte<s@example.org> escreveu ---\n\nOi",
        "On November 23, 2026, Support <s@example.org> wrote:\nHi",
        "On Mon, 2026-11-23 at 09:00 +0000, Support wrote:\n> Hi",
        "Em seg, 2026-11-23 às 09:00 -0300, Suporte escreveu:\n> Oi",
        "El lun, 23-11-2026 a las 09:00 -0300, Soporte escribió:\n> Hola",
        "Em segunda-feira, 23 de novembro de 2026, às 09:00:00 -03, Suporte escreveu:\n> Oi",
        "On Monday, 23 November 2026 09:00:00 CET Support wrote:\n> Hi",
        "On Mon, Nov 23, 2026 at 09:00:00AM -0300, Support wrote:\n> Hi",
        "Monday, November 23, 2026, 9:00:00 AM, you wrote:\n\n> Hi",
        "Citando Suporte <s@example.org>:\n\n> Oi",
        "23 de novembro de 2026 09:00, \"Suporte\" <s@example.org> escreveu:\n\n> Oi",
        "November 23, 2026 9:00 AM, \"Support\" <s@example.org> wrote:\n\nHi",
        "Em seg, 23 de nov de 2026 09:00, Suporte <s@example.org> escreveu:\n\nOi",
        "On Mon, 23 Nov 2026, 09:00 Support, <s@example.org> wrote:\n\n> Hi",
        "On 23 Nov 2026, at 09:00, Support <s@example.org> wrote:\n\n\u{feff}\nHi",
        "El 23 nov 2026, a la(s) 9:00, Soporte <s@example.org> escribió:\n> \n> Hola",
        "Em 23 de nov. de 2026, à(s) 09:00, Suporte <s@example.org> escreveu:\n\n\u{feff}Oi",
    ]);
}

#[test]
fn heads_of_many_programs_are_known() {
    assert_all_cut(&[
        "_____________________________________________\nDe: Suporte [mailto:support@example.org]\nEnviada em: segunda-feira\nPara: Maria\nAssunto: Re: x\n\nOlá!",
        "-------- Mensagem original --------\nDe : Suporte <s@example.org>\nData: 23/11/2026 09:00 (GMT-03:00)\nPara: m@example.com\nAssunto: x\n\nOlá!",
        "Enviado do meu smartphone Samsung Galaxy.\n\n\n-------- Mensagem original --------\nDe : Suporte <s@example.org>\nPara: x\n\nOlá!",
        "De: Suporte\nData: segunda-feira, 23 de novembro de 2026 09:00\nPara: Maria\nAssunto: Re: x\n\nOlá!",
        "Mensagem encaminhada\n\nDe: Suporte <s@example.org>\nAssunto: x\nData: 23/11/2026\nPara: Maria\n\nOlá!",
        "           ----- Mensagem original -----\nDe: Suporte\nOlá!",
        "Von: Suporte <support@example.org>\nGesendet: Montag, 23. November 2026 09:00\nAn: Maria\nBetreff: Re: Pedido\n\nOlá!",
        "De : Suporte <support@example.org>\nEnvoyé : lundi 23 novembre 2026 09:00\nÀ : Maria\nObjet : Re: Pedido\n\nOlá!",
        "De:\tSuporte <support@example.org>\nEnviada:\tsegunda-feira, 23 de novembro de 2026 09:00\nPara:\tMaria\nAssunto:\tRe: Pedido\n\nOlá!",
        "Obtener Outlook para iOS<https://aka.ms/o0ukef>\n________________________________\nDe: Suporte <s@example.org>\nEnviado: Monday, 9:00 AM\nPara: Maria\nAsunto: x\n\nOlá!",
        // More of the same kinds.
        "De: Suporte <s@example.org> Enviado: segunda-feira, 23 de novembro de 2026 09:00 Para: Maria Assunto: Pedido\n\nOlá!",
        "De: Suporte\nEnviado: 23/11/2026 09:00\nPara: maria@example.com\n\nOlá!",
        "De: \"Suporte\" <s@example.org>\nPara: \"Maria\" <m@example.com>\nEnviadas: x\nAssunto: Pedido\n\nOlá!",
        "*De:* Suporte <s@example.org>\n*Data:* 23 de novembro de 2026\n*Para:* Maria\n*Assunto:* Re: x\n\nOlá!",
        "De: Soporte <s@example.org>\n\nEnviado el: lunes, 23 de noviembre de 2026\n\nPara: María\n\nAsunto: x\n\nHola",
        "Date: Mon, 23 Nov 2026 09:00:00 -0300\nFrom: s@example.org\nTo: m@example.com\nSubject: x\n\nHi",
        "Fecha: lunes, 23 nov 2026\nDe: Soporte <s@example.org>\nPara: María\nAsunto: x\n\nHola",
        "From: Support \n<s+1234556@example.org> \nSent: Monday, August 26, 2019 4:37 PM\nTo: Maria\nSubject: x\n\nHi",
        "Da: Support<mailto:s@example.org>\nInviato: martedì 3 gennaio 2017 10:35\nA: m@example.it\nOggetto: x\n\nCiao",
        "Van: Support\nVerzonden: maandag 5 december 2016 17:00\nAan: m@example.nl\nOnderwerp: x\n\nHoi",
        "Från: Support [mailto:s@example.org]\nSkickat: den 26 augusti 2015 14:45\nTill: Maria\nÄmne: x\n\nHej",
        "Fra: s@example.org\nSendt: 19. march 2011 12:10\nTil: Maria\nEmne: x\n\nHej",
        "Lähettäjä: Support <s@example.org>\nLähetetty: maanantai 23. marraskuuta 2026 9.00\nVastaanottaja: Maria\nAihe: x\n\nHei",
        "От: Support <s@example.org>\nОтправлено: 23 ноября 2026 г. 9:00\nКому: Maria\nТема: x\n\nпривет",
        "Od: Support <s@example.org>\nWysłano: poniedziałek, 23 listopada 2026 09:00\nDo: Maria\nTemat: x\n\nHej",
        "-------- Oprindelig besked --------\nFra: A <a@example.org>\nDato: 04.07.2024  17.45\nHej",
        "-----Ursprüngliche Nachricht-----\nVon: Max\nHallo",
        "-------- Message d'origine --------\nDe : A <a@example.org>\nDate : 23/06/24  10:46\nBonjour",
        "##- Por favor, digite sua resposta acima desta linha -##\n\nOlá! Qual é o código?",
        "—-- responda acima desta linha ---\n\nOlá!",
        "##- Please type your reply above this line -##\n\nHi",
        "-------- Mensaje original --------De: Soporte <s@example.org> Fecha: 23/11/2026  9:00  (GMT-03:00) Para: m@example.org Asunto: Re: x Hola",
        "De: Suporte <s@example.org> \nData: segunda-feira, 23 de novembro de 2026 09:00 \nPara: Maria <m@example.org> \nAssunto: Re: x\n\nOi",
        "De: Soporte <s@example.org>\nEnviado: lunes, 23 de noviembre de 2026 9:00 a. m.\nPara: María\nCC: Otro\nAsunto: RE: x\n\nHola",
        "Gesendet: Montag, 23. November 2026 um 09:00 Uhr\nVon: \"Support\" <s@example.org>\nAn: m@example.org\nBetreff: Re: x\n\nHallo",
        "\u{2010}\u{2010}\u{2010}\u{2010}\u{2010}\u{2010}\u{2010} Original Message \u{2010}\u{2010}\u{2010}\u{2010}\u{2010}\u{2010}\u{2010}\nOn Monday, November 23, 2026 9:00 AM, Support <s@example.org> wrote:\n\n> Hi",
        "------ Mensagem original ------\nDe: \"Suporte\" <s@example.org>\nPara: m@example.org\nData 23/11/2026 09:00:00\nAssunto Re: x\n\nOi",
        "##- Escriba su respuesta por encima de esta línea -##\n\nHola",
        "--- Reply above this line ---\n\nHi",
        "-- Responda acima desta linha --\nOi",
        "=== Por favor responda acima desta linha ===\nOi",
        "From: Support <s@example.org>\nReply-To: s@example.org\nDate: Monday, November 23, 2026 at 9:00 AM\nTo: Maria <m@example.org>\nCc: X\nSubject: Re: x\n\nHi",
        "From: \"Support\" <s@example.org>\nTo: m@example.org\nSent: Monday, November 23, 2026 9:00:00 AM\nSubject: x\n\nHi",
        "*De:* Suporte [mailto:\ns@example.org]\n*Enviada em:* segunda-feira, 23 de novembro de 2026 09:00\n*Para:* Maria\n*Assunto:* x\n\nOi",
        "De: suporte@example.org\nEnviada: Segunda-feira, 23 de Novembro de 2026 09:00\nPara: maria@example.org\nAssunto: Re: x\n\nOi",
        "Sent: Monday, November 23, 2026 at 9:00 AM\nFrom: \"Support\" <s@example.org>\nTo: m@example.org\nSubject: Re: x\nHi",
        "Assunto: Re: x\nDe: Suporte <s@example.org>\nData: 23/11/2026 09:00\nPara: m@example.org\n\nOi",
        "-----Mensagem Original----- \nFrom: Suporte \nSent: Monday\nOi",
    ]);
}

#[test]
fn lines_that_phones_and_programs_add_are_cut_off() {
    assert_all_cut(&[
        "Baixe o Outlook para Android<https://aka.ms/AAb9ysg>",
        "Enviado do Email para Windows",
        "Enviado do meu smartphone Samsung Galaxy.",
        "Sent from Mail for Windows\n\nFrom: Suporte\nSent: Monday, November 23, 2026 9:00 AM\nTo: Maria\nSubject: Re: Pedido\n\nOlá!",
        "Yahoo Mail: Search, Organize, Conquer",
        // More of the same kinds.
        "Sent from Mail<https://go.microsoft.com/fwlink/?LinkId=550986> for Windows 10",
        "Sent from Yahoo Mail for iPhone",
        "Get Outlook for iOS (https://aka.ms/o0ukef)",
        "Get Outlook for Android <https://aka.ms/x>\n",
        "Obter o Outlook para iOS\n<https://aka.ms/o0ukef>",
        "Obtenga Outlook para Android<https://aka.ms/x>",
        "Sent with Proton Mail secure email.",
        "Sent with [Proton Mail](https://proton.me/) secure email.",
        "Enviado com o email seguro Proton Mail.",
        "Enviado con el correo electrónico seguro de Proton Mail",
        "Enviado desde Correo para Windows",
        "Enviado desde Yahoo Mail con Android",
        "Enviado a partir do Outlook para iOS",
        "Enviado desde mi Samsung Mobile de Telcel",
        "Enviado de meu iPad",
        "Enviado via UOL Mail",
        "Sent from my iPhone, please excuse typos",
        "Sent via the Samsung Galaxy S21 5G, an AT&T 5G smartphone",
        "Enviado com o Spark",
        "Sent with Spark",
        "Sent using Mailbird<http://www.getmailbird.com/>",
        "Sent from TypeApp<http://www.typeapp.com/r?b=2621>\nOn Jun 17, 2017, at 14:15, Support <s@example.org<\nmailto:s@example.org>> wrote:\nOh yes.",
        "Von meinem iPhone gesendet",
        "Gesendet von Outlook für Android<https://aka.ms/AAb9ysg>",
        "Envoyé à partir de Outlook pour iOS<https://aka.ms/o0ukef>",
        "Envoyé de mon iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPad",
        "Livre de vírus.www.avast.com<https://www.avast.com/sig-email>.",
        "Enviado do Yahoo Mail para iPhone\n\nEm segunda-feira, novembro 23, 2026, 9:00 AM, Suporte <s@example.org> escreveu:\n\nOlá",
        "Enviado do [Email](https://go.microsoft.com/fwlink/?LinkId=550986) para Windows",
        "Enviado do Email<https://go.microsoft.com/fwlink/?LinkId=550986> para Windows\n\nDe: Suporte<mailto:s@example.org>\nEnviado:segunda-feira, 23 de novembro de 2026 09:00\nPara: Maria<mailto:m@example.org>\nAssunto: Re: x\n\nOi",
        "Enviado do Correio para Windows 10",
        "Enviado desde Correo<https://go.microsoft.com/fwlink/?LinkId=550986> para Windows",
        "Enviado do Outlook para Android",
        "Enviado do Outlook<http://aka.ms/weboutlook>",
        "Obtenha o Outlook para iOS<https://aka.ms/o0ukef>",
        "Obtém o Outlook para iOS",
        "Get Outlook for Mac",
        "Sent from Outlook for iOS<https://aka.ms/o0ukef>",
        "Sent from my Samsung Galaxy smartphone.",
        "Sent from Samsung tablet.",
        "Sent from Gmail Mobile",
        "Enviado do iPhone",
        "Enviado desde mi iPhone",
        "Enviado desde mi smartphone Samsung Galaxy.",
        "Enviado desde mi Huawei de Movistar",
        "Enviado a partir do meu smartphone Samsung Galaxy.",
        "Enviado do meu Motorola",
        "Sent from Proton Mail for iOS",
        "Sent from [Proton Mail](https://proton.me/mail/home) for Android.\n\n-------- Original Message --------\nOn Monday, 11/23/26 at 09:00 Support <s@example.org> wrote:\nHi",
        "Enviado do Proton Mail para iOS.",
        "Enviado de Proton Mail para Android",
        "Enviado com Proton Mail seguro email.",
        "Enviado con Proton Mail correo seguro.",
        "Sent with Aqua Mail for Android\nhttps://www.mobisystems.com/aqua-mail",
        "Sent via Superhuman ( https://sprh.mn/?vip=m@example.org )",
        "Sent with Spark <https://sparkmailapp.com/source?from=signature>",
        "Enviado do meu celular",
    ]);
}

#[test]
fn an_answer_below_or_between_quoted_lines_is_kept() {
    assert_cut(
        "Em 23/11/2026 09:00, Suporte escreveu:\n> Qual é o código?\n\nHP123\n\n> E o e-mail?\nmaria@example.com",
        "HP123\n\nmaria@example.com",
    );
    assert_cut("Oi\n\n> Qual?\n\n> Quando?\n\n\n> Onde?\n\nOntem", "Oi\n\nOntem");
    assert_cut("-----Mensagem original-----\n> Qual é o código?\n\nHP123", "HP123");
    assert_cut("Um\n\n\n\ndois\n\nEnviado do meu iPhone\n\n\n\nPS: três", "Um\n\n\n\ndois\n\nPS: três");
}

#[test]
fn words_are_looked_up_in_sorted_tables() {
    for table in [
        words::WROTE,
        words::AUXILIARIES,
        words::MONTHS,
        words::WEEKDAYS,
        words::CONNECTIVES,
        words::CLOCK,
        words::PARTICLES,
        words::QUOTING,
        words::ARTICLES,
        words::NO_NAMES,
        words::FORWARD_OPENINGS,
        words::POINTING,
        words::RECEIPT_DATES,
        words::SENDERS,
        words::SENTENCE_WORDS,
        words::EXCUSES,
        words::PROGRAM_LINES,
        words::ASKING,
        words::LEGAL,
    ] {
        assert!(table.is_sorted(), "{table:?}");
    }
    assert!(words::LABELS.is_sorted_by_key(|(label, _)| label));
}

#[test]
fn long_and_odd_texts_end() {
    // Were each line to look through all that follow it, one of these would take minutes.
    let repeated = |line: &str, bytes: usize| line.repeat(bytes / line.len());
    let mut texts = vec![">".repeat(200_000), "\u{202a}--\u{202c}".into(), "<".repeat(1_000_000), format!("On {} wrote:", "9".repeat(1_000_000))];
    for line in [
        "On \n",
        "On 1/1/2026 a:\n",
        "On 1/1/2026 wrote:\n",
        "On 1/1/2026 9:00, a wrote:\n> b\n",
        "wrote:\n",
        "De:\n",
        "De: a\nData: b\n",
        "De: a@b\n",
        "\n",
        "--\n",
        "-- \nMaria\n",
        "-- \nMaria\n\n",
        "---- ",
        "-----\n",
        "23/11/2026 ",
        "23/11/2026\n",
        "1\n",
        "<a@b\n",
        "<\n",
        "a@b\nwrote\n",
        "\u{200f}\n",
        "\u{200f}",
        "Sent from \n",
        "Begin forwarded message:\n> a\nthis b c d e f g\n",
        "-- acima desta linha\n",
        ": ",
        "de: data: para: ",
        "on em el ",
        "> \n\n",
        "a\n\n> b\n",
    ] {
        texts.push(format!("Oi\n{}\nfim", repeated(line, 200_000)));
    }
    for line in ["On \n", "De:\n", "a@b\nwrote\n", "--\n", "\n"] {
        texts.push(repeated(line, 1_000_000));
    }
    for text in texts {
        let started = Instant::now();
        let _ = split(&text);
        // A second or two where the machine is slow; work that grows with the square of the text takes minutes.
        assert!(started.elapsed() < Duration::from_secs(30), "{:?} took too long", text.chars().take(30).collect::<String>());
    }
}
