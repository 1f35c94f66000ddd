//! Tells a plain "Thanks!" from everything else, so that it does not reopen a solved ticket.
//!
//! Closing a real question by mistake costs far more than reopening a ticket for nothing.
//! So this is an allow-list: each character and each word must be known, or it is doubt.

const MAX_WORDS: usize = 12;
const MAX_CHARS: usize = 160;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Thanks,
    Final,
    Hello,
    Day,
    Lead,
    Tail,
    Filler,
}

// Phrases, not words: "agora foi" is known, "agora" is not, so "agora nao" stays unknown.
// Left out on purpose: again, yes, "please", "in advance", praise of speed (often irony), "gracia" (a name),
// and as an end what people also type as a question without its mark ("ya quedo", "tudo certo").

/// Enough by itself.
const THANKS: &str = "\
    obrigado, obrigada, obrigadao, brigado, brigada, brigadao, obg, obgd, obrigad, obrigdo, obrigda, obirgado, obirgada
    muito obrigado, muito obrigada, mto obrigado, mto obrigada, muito obg, mto obg, mt obg, valeu, valeuu, valew, vlw
    vlww, gratidao, grato, grata, muito grato, muito grata, muito agradecido, muito agradecida, agradeco muito, gracias
    grasias, grcias, grax, muchas gracias, muchisimas gracias, mil gracias, muy agradecido, muy agradecida, se agradece
    te agradezco mucho, thanks, thank you, thank u, thankyou, thank you so much, thank you very much, thanks a lot, thx
    many thanks, thanx, thnx, thnks, thks, tks, tnx, thansk, tanks, ty, tysm, tyvm, cheers, much appreciated
    appreciate it, i appreciate it, agradecido, agradecida, thnaks, obgg";

/// Enough unless the message greets: "Hola, todo bien" opens a talk, it does not end one.
const FINAL: &str = "\
    deu certo, deu certo aqui, deu certo agora, agora deu certo, deu tudo certo, tudo deu certo, deu super certo, deu certo sim
    sim deu certo, funcionou, funcionou aqui, funcionou agora, agora funcionou, funcionou perfeitamente, resolvido
    problema resolvido, tudo resolvido, consegui, consegui resolver, agora consegui, ja consegui, agora foi, funciono
    ya funciono, me funciono, ya me funciono, si funciono, funciono perfecto, resuelto, problema resuelto, todo resuelto
    solucionado, problema solucionado, todo solucionado, todo bien, todo perfecto, todo en orden, all good, all set
    it works, it works now, it works perfectly, works now, works perfectly, works great, works like a charm, its working
    its working now, it is working, it is working now, it worked, that worked, worked perfectly, yes it worked, solved
    yes it works, that fixed it, problem solved, issue resolved, resolved";

/// Only before a thanks or an end. Behind it ("Thanks. Hello") it calls for somebody.
const HELLO: &str = "oi, oii, ola, opa, hola, buenas, hi, hello, hey";

/// Greets at the start, and takes leave at the end.
const DAY: &str = "\
    bom dia, boa tarde, boa noite, buen dia, buenos dias, buenas tardes, buenas noches, good morning, good afternoon";

/// Only before any greeting, thanks or end. Behind one it can ask: "resolvido, certo", "oi, foi resolvido".
const LEAD: &str = "\
    ok, okay, okey, blz, beleza, certo, entendido, ta bom, ta certo, vale, dale, listo, resolveu, foi resolvido, ya esta
    ja foi resolvido, ya quedo, fixed";

/// Only right behind a thanks.
const TAIL: &str = "\
    mesmo, demais, de verdade, de coracao, de todo coracao, pessoal, equipe, gente, galera, amigo, amiga, a todos, a vc
    a vcs, a voce, a voces, por tudo, por ajudar, por me ajudar, por toda ajuda, por toda a ajuda, pela ajuda
    pela sua ajuda, pela ajuda de vcs, pela ajuda de voces, pela atencao, pela sua atencao, pelo suporte, pelo apoio
    pelo retorno, pela resposta, pelo atendimento, pela paciencia, pela informacao, pelas informacoes, por todo
    por la ayuda, por tu ayuda, por su ayuda, por ayudar, por ayudarme, por el apoyo, por tu apoyo, por su apoyo, a vos
    por la atencion, por tu atencion, por su atencion, por la respuesta, por tu respuesta, por su respuesta, a ustedes
    por la informacion, por tu tiempo, por su tiempo, equipo, de verdad, de corazon, so much, very much, a lot, all
    everyone, guys, team, to all, for everything, for help, for the help, for your help, for all your help, for helping
    for helping me, for your support, for your time, for your patience, for the info, for the reply, for the response
    for the update, for getting back to me, for letting me know, for the fix";

/// Says nothing more, but proves nothing either.
const FILLER: &str = "\
    entendi, perfeito, otimo, excelente, show, massa, muito bom, que bom, agora sim, tudo certo, tudo ok, ta funcionando
    esta funcionando, ja esta funcionando, ajudou muito, me ajudou muito, era isso mesmo, tmj, tamo junto, flw, falou
    deus abencoe, que deus abencoe, perfecto, perfecta, genial, super, muy bien, muy amable, que bueno, que bien, great
    ahora si, quedo perfecto, ya funciona, ya esta funcionando, todo ok, todo listo, me ayudaste mucho, me sirvio, nice
    bendiciones, dios te bendiga, perfect, awesome, amazing, excellent, wonderful, fantastic, cool, very good, very kind
    very helpful, got it, understood, working now, you rock, youre the best, you are the best, god bless you, boa semana
    bom fim de semana, tenha um bom dia, tenha um otimo dia, buen fin de semana, feliz dia, que tengas un buen dia, att
    que tenga un buen dia, have a good day, have a great day, have a nice day, have a great weekend, atte, atentamente
    atenciosamente, abraco, abracos, um abraco, abs, bjs, beijos, saludo, saludos, saludos cordiales, abrazos, un abrazo
    regards, best regards, kind regards, enviado do meu iphone, enviado do meu celular, enviado desde mi iphone
    enviado desde mi celular, sent from my iphone, sent from my phone";

const PHRASES: &[(Kind, &str)] = &[
    (Kind::Thanks, THANKS),
    (Kind::Final, FINAL),
    (Kind::Hello, HELLO),
    (Kind::Day, DAY),
    (Kind::Lead, LEAD),
    (Kind::Tail, TAIL),
    (Kind::Filler, FILLER),
];

/// May stand between two phrases, but neither open nor end a message: "Thanks and" is cut off.
const JOINS: &[&str] = &["e", "y", "and"];

/// Also names of people ("Will", "Can", "Nao", "Socorro"), but here their other meaning wins.
const NEVER_NAMES: &str = " e y and no nao not but mas pero still ainda aun sem sin will can may quando when how \
    si se ya ja sim yes socorro ajuda ayuda help erro error falta pena bravo again novo more mais nada why que com \
     problema ";

const EMOTICONS: &str = r":) :-) :D :-D ;) ;-) =) =D <3 ^^ ^_^ \o/";
const THUMB: char = '👍';
const PRAYER: char = '🙏';
const EMOJIS: &str = "👍🙏😊☺😀😃😄😁🙂😉😍🥰😘🤗🤩😎❤💙💚💛💜🧡🤍💕💖👌💪🙌🤝👊🫶🎉✨✅✔🌹💐🌸";

const ACCENTED: &str = "áàâãäéèêëíìîïóòôõöúùûüçñ";
const PLAIN: &str = "aaaaaeeeeiiiiooooouuuucn";

/// True if `text` only says thanks. `names` are the customer's and those of who answered.
pub(super) fn is_only_thanks(text: &str, names: &[&str]) -> bool {
    let chars: Vec<char> = text.trim().chars().collect();
    if chars.len() > MAX_CHARS {
        return false;
    }
    let Some(words) = read_words(&chars) else {
        return false;
    };
    // With words beside it a 🙏 can also be begging ("Ana 🙏"); a 👍 never is.
    if words.is_empty() {
        return chars.contains(&THUMB) || chars.contains(&PRAYER);
    }
    words.len() <= MAX_WORDS && all_known(&words, &name_words(names), chars.contains(&THUMB))
}

/// Folded words without punctuation, emoticons and emojis, or None if any character is not known.
/// Question marks, digits, quotes, brackets, '@', ':' and '/' are never known: hence they are doubt.
fn read_words(chars: &[char]) -> Option<Vec<String>> {
    let mut plain = String::new();
    let mut i = 0;
    while i < chars.len() {
        let (c, next) = (chars[i], chars.get(i + 1).copied());
        if let Some(length) = emoticon(&chars[i..]) {
            plain.push(' ');
            i += length;
            continue;
        }
        match c {
            // "x.com" is a link, and "Thanks..." is left unsaid.
            '.' if next.is_some_and(|n| n == '.' || n.is_lowercase()) => return None,
            '.' | ',' | ';' | '!' | '¡' | '-' | '–' | '—' => plain.push(' '),
            '\'' | '’' => {}
            // Accents typed as characters of their own; the others (strike-through) are doubt.
            '\u{300}'..='\u{303}' | '\u{308}' | '\u{327}' => {}
            // Looks and skin tones of emojis.
            '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' => {}
            _ if c.is_whitespace() || EMOJIS.contains(c) => plain.push(' '),
            _ => plain.push(fold(c)?),
        }
        i += 1;
    }
    Some(plain.split_whitespace().map(shorten_runs).collect())
}

/// How many characters the friendly emoticon at the start takes, if there is one.
fn emoticon(chars: &[char]) -> Option<usize> {
    let begins = |e: &&str| e.chars().enumerate().all(|(i, c)| chars.get(i) == Some(&c));
    let known = EMOTICONS.split(' ').find(begins)?;
    let (read, left) = chars.split_at(known.chars().count());
    // "<30" and ":Deu" are no emoticons.
    let is_word = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
    if is_word(read.last()) && is_word(left.first()) {
        return None;
    }
    let more = left.iter().take_while(|c| **c == ')').count();
    Some(read.len() + if known.ends_with(')') { more } else { 0 })
}

fn fold(c: char) -> Option<char> {
    let lower = c.to_lowercase().next()?;
    let at = ACCENTED.chars().position(|accented| accented == lower);
    at.map_or(Some(lower), |at| PLAIN.chars().nth(at)).filter(char::is_ascii_lowercase)
}

/// "obrigadooooo" is "obrigado". Two of a kind stay, else "good" would be "god".
fn shorten_runs(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let runs = chars.chunk_by(|a, b| a == b);
    runs.flat_map(|run| if run.len() > 2 { &run[..1] } else { run }).collect()
}

/// A part of a name with an unknown character gives no word, rather than a piece of one.
fn name_words(names: &[&str]) -> Vec<String> {
    let parts = names.iter().flat_map(|name| name.split([' ', '-', '.']));
    let read = parts.filter_map(|part| read_words(&part.chars().collect::<Vec<_>>()));
    let is_name = |word: &String| !NEVER_NAMES.contains(&format!(" {word} "));
    read.flatten().filter(is_name).collect()
}

fn all_known(words: &[String], names: &[String], thumb: bool) -> bool {
    let (mut thanks, mut ended, mut greeted, mut after_thanks) = (false, false, false, false);
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let is_name = names.contains(&rest[0]);
        match longest_phrase(rest) {
            // A name wins over one word: "Hi Ty" thanks nobody.
            Some((length, kind)) if length > 1 || !is_name => {
                let opened = thanks || ended;
                match kind {
                    Kind::Tail if !after_thanks => return false,
                    Kind::Lead if opened || greeted => return false,
                    Kind::Hello if opened => return false,
                    _ => {}
                }
                thanks |= kind == Kind::Thanks;
                ended |= kind == Kind::Final;
                greeted |= matches!(kind, Kind::Hello | Kind::Day);
                after_thanks = matches!(kind, Kind::Thanks | Kind::Tail);
                at += length;
            }
            _ if is_name || (at > 0 && joins(rest)) => at += 1,
            _ => return false,
        }
    }
    thanks || ((ended || thumb) && !greeted)
}

fn joins(words: &[String]) -> bool {
    JOINS.contains(&words[0].as_str()) && longest_phrase(&words[1..]).is_some()
}

fn phrases() -> impl Iterator<Item = (Kind, &'static str)> {
    let lists = PHRASES.iter().map(|(kind, list)| (*kind, list.split([',', '\n'])));
    lists.flat_map(|(kind, list)| list.map(move |phrase| (kind, phrase.trim())))
}

/// The longest known phrase that `words` begins with: how many words, and its kind.
fn longest_phrase(words: &[String]) -> Option<(usize, Kind)> {
    let fits = |(kind, phrase): (Kind, &str)| {
        let length = phrase.split(' ').count();
        let begins = length <= words.len() && phrase.split(' ').zip(words).all(|(a, b)| a == b);
        begins.then_some((length, kind))
    };
    phrases().filter_map(fits).max_by_key(|(length, _)| *length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const NAMES: &[&str] = &["Maria José", "Ana Pérez", "Ty O'Brien", "Will Can", "Nao"];

    // One line holds several messages; "⏎" is a line break inside a message.
    const ONLY_THANKS: &str = "
        Thanks! | thx | ty!! | tks | Thank you so much 😊 | thank u :) | tysm <3 | Many thanks for your help, Ana! | ok 👍
        Great, thanks! | Thanks, it works now. | got it, thanks | Hi Ana, thank you! | Thanks a lot guys, you rock
        Perfect, that worked! Thanks | Thank you,⏎⏎Best regards,⏎Maria José | Thanks Ty! | Thanks⏎⏎Sent from my iPhone
        It's working, thanks | All good | much appreciated 🙏🏽 | Thanks and regards | Thank you for getting back to me
        Thanks, O’Brien! | Obrigada, deu certo :) | Obg!! | vlw tmj 👊 | Valeu pessoal, abs | muito obrigadaaaa ❤️
        Muito obrigado pela ajuda! | brigadão | Oi, bom dia! Obrigada 😊 | Deu tudo certo, obrigado!⏎Att,⏎Maria José
        funcionou | Resolvido!! | Perfeito, obrigado \\o/ | obirgada | Obrigada pela atenção⏎⏎Enviado do meu iPhone
        Sim, deu certo! Valeu | blz, obrigado | show, vlw :D | Agora foi! Obrigada e bom fim de semana | OBRIGADO | grax
        ta funcionando, obrigada gente | Muito obrigada pela ajuda de vcs 🥰🥰 | Boa tarde, muito obrigada, Ana.⏎Abraços
        gratidão 🙏 | Obrigada.Deu certo | ¡Mil gracias! | gracias | graciasss | Muchas gracias Ana, muy amable | 👍 | 🙏🙏
        listo, gracias | Ya quedó, gracias!! | todo bien 👌 | Funcionó, gracias por la ayuda | muchisimas gracias :))
        Hola, muchas gracias por todo. Saludos | Gracias!⏎Enviado desde mi iPhone | dale, gracias | 👍🏻😊 | Thanks again!
        perfecto, mil gracias, que tengas un buen día | Gracias y saludos | ya me funcionó!! gracias Maria | Obrigada...
        Thanks for the quick response! | Perfeito! | 100% resolvido, obrigado | Obrigada, boa noite!
        consegui, valeuuuu";

    const NOT_THANKS: &str = "
        Thanks? | thanks, when will it ship | Thanks but it still fails | thanks for nothing | No thanks | Yes, thanks
        thanks for help me again | Thanks, it happened again | Yes please, thank you | Thanks in advance | thanks anyway
        Thanks, will | Great. | Great job 👏 | Thanks, all good for now | Thanks, I'll let you know | thanks for waiting
        It worked yesterday | Thanks, ticket 4412 | Thanks x.com | Thanks! https://a.co/b | thanks ana@x.com | Thanks :(
        thanks valeu.top | Thanks, code ABX | thanks :/ | Thanks 🙄 | Thanks 👎 | thank you 😡 | thanks 🤡 | thanks 😢
        thanks ¬¬ | thanks -_- | Thanks :S | Thanks 🙃 | Thanks 😅 | Thanks for the delay | Hi Ty | Hi Ana 🙏 | Ana 🙏
        please 🙏 | Thanks Bob | Hello | Best regards, Maria | Thanks and | Thanks “support” | thanks \"team\" | fixed
        unresolved | is it fixed | I would appreciate it | Thanks for your help with the refund | Thanks, Danke | ありがとう
        Спасибо | Thanks شكرا | Thanks⏎⏎And the other one | Thanks！？ | Thanks？ | Thanks ⁉ | Thanks؟ | t̶h̶a̶n̶k̶s̶ | ok
        𝗧𝗵𝗮𝗻𝗸𝘀 | ok obrigado mas ainda não | obrigado pela demora | Obrigado por nada | nao obrigado | agora nao
        ja tentei | já tentei, obrigado | valeu, só que ainda não | valeu, mas continua igual | Obrigada, e o boleto
        obrigado, quando chega | Obrigada! Como faço pra trocar a senha | Deu certo? | Não deu certo | nada deu certo
        deu certo nada | nao funcionou | funcionou ontem, obrigado | quase consegui | obrigado mesmo assim
        Obrigado desde já | voltou, obrigado | fico no aguardo, obg | obg, segue em anexo | Sim, obrigado | obrigado 🤙
        Obrigado, pode cancelar minha conta | pode encerrar, obrigado | Oi Maria, tudo bem | agradeço o retorno | Att
        Obrigado pela rapidez | Resolvido em parte | foi resolvido | resolvido, certo | Oi, já foi resolvido, obrigada
        Obrigada 2x | obrigado e | E obrigado | Obrigada, Socorro | obrigada, porém deu erro | obg :'( | Obrigada, nao
        por favor, obrigado | Socorro, obrigada | obrigado, entao ta né | gracias, pero sigue igual | no gracias
        gracias por nada | gracias por la demora | Sí, gracias | gracias, cuándo llega | gracias ¿y ahora | ya funciona
        Gracias, todavía no | Gracias de antemano | desde ya muchas gracias | Hola, todo bien | Hola Ana, todo bien 😊
        ya quedó | no funciono | no me funcionó, gracias | casi funcionó | gracias de todas formas | gracias por avisar
        quedo atento, gracias | gracias, y mi reembolso | Gracias por su pronta respuesta | Gracias, lo pruebo y aviso
        bueno, gracias | resuelto a medias | gracias (por ahora) | gracias 🥲 | gracias, ya quedó | Hola 👍 | gracias…
        resuelto, vale | Thanks. Hello | Obrigado! Oi | gracias, ok | Bom dia, foi resolvido | Buenos días, todo bien
        Thanks, Will Can | thanks, works :P | obrigada kkk | thanks_ok";

    fn messages(table: &'static str) -> impl Iterator<Item = String> {
        let all = table.split(['|', '\n']).map(str::trim);
        all.filter(|m| !m.is_empty()).map(|m| m.replace('⏎', "\n"))
    }

    fn known(message: &str) -> bool {
        is_only_thanks(message, NAMES)
    }

    #[test]
    fn closes_no_doubt() {
        let wrong: Vec<String> = messages(NOT_THANKS).filter(|m| known(m)).collect();
        let all = messages(NOT_THANKS).count();
        assert!(all >= 60 && wrong.is_empty(), "wrongly closed: {wrong:?}");
        let nothing = ["", " \n ", "!!!", "😊", "❤️", ":)", ".", "thanks :|"];
        assert!(nothing.iter().all(|m| !known(m)));
        assert!(!known(&"thanks ".repeat(MAX_WORDS + 1)));
        assert!(!known(&format!("thanks{}", "!".repeat(MAX_CHARS))));
    }

    #[test]
    fn knows_most_thanks() {
        let (yes, missed): (Vec<_>, Vec<_>) = messages(ONLY_THANKS).partition(|m| known(m));
        let all = yes.len() + missed.len();
        assert!(all >= 50 && yes.len() * 10 >= all * 9, "{} of {all} known, missed: {missed:?}", yes.len());
    }

    #[test]
    fn a_question_mark_anywhere_is_doubt() {
        for mark in ['?', '¿', '？'] {
            assert!(messages(ONLY_THANKS).all(|m| !known(&format!("{m}{mark}"))));
            assert!(messages(ONLY_THANKS).all(|m| !known(&format!("{mark}{m}"))));
        }
    }

    #[test]
    fn names_pass_only_if_given() {
        assert!(known("Obrigada, Maria Jose\u{301}"));
        assert!(!is_only_thanks("Thanks Ana", &[]));
        assert!(!known("Maria"));
    }

    #[test]
    fn each_phrase_is_folded_and_listed_once() {
        let mut seen = HashSet::new();
        for (_, phrase) in phrases() {
            let words = read_words(&phrase.chars().collect::<Vec<_>>()).unwrap_or_default();
            assert!(!phrase.is_empty() && words.join(" ") == phrase, "{phrase}");
            assert!(seen.insert(phrase), "twice: {phrase}");
        }
    }
}
