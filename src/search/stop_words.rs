//! Words that say little by themselves. They count in the ranking, where short real questions need them, but are not marked in what was found.
//! Folded, as in the index. The lists are those of function words, and of what questions begin with; a word that names a thing or an act stays out.

use crate::i18n::Lang;

/// Whether a folded word says little by itself.
pub(super) fn is_stop_word(lang: Lang, form: &str) -> bool {
    let words = match lang {
        Lang::Pt => PT,
        Lang::Es => ES,
        Lang::En => EN,
    };
    words.split_ascii_whitespace().any(|word| word == form)
}

const PT: &str = "a o as os um uma uns umas ao aos de da do das dos d em na no nas nos num numa por pela pelo pelas pelos per pra pro pras pros para \
    p com c sem sob sobre ate entre desde apos ante contra e ou mas nem que q se porque pq entao assim tambem tb tbm so ja ainda mais menos muito \
    muita muitos muitas pouco bem mal tao tanto como onde aonde quando quanto quanta quantos quantas qual quais quem cade eu tu ele ela eles elas \
    nos voce voces vc vcs me te lhe lhes mim ti si comigo contigo consigo meu minha meus minhas m teu tua teus tuas seu sua seus suas nosso nossa \
    nossos nossas dele dela deles delas este esta estes estas esse essa esses essas aquele aquela aqueles aquelas isto isso aquilo neste nesta nesse \
    nessa naquele naquela deste desta desse dessa disso disto daquele daquela nisso nisto la ali aqui ai ca outro outra outros outras mesmo mesma todo \
    toda todos todas tudo cada algum alguma alguns algumas algo nada ninguem nenhum nenhuma nao n sim ser sou es e somos sao era eram foi foram seja \
    sejam fosse sendo sido estar estou esta estamos estao estava estavam esteve estive esteja to ta tava tou ter tenho tem temos tinha tinham teve tive \
    tenha haver ha houve havia ir vou vai vamos vao ia fui fazer faco faz fazem fez fiz feito poder posso pode podem podia pude pudesse dever devo deve \
    devem querer quero quer querem queria preciso precisa precisam consigo consegue conseguem consegui conseguir dar da dou deu dei gostaria favor por \
    oi ola bom boa tarde noite obrigado obrigada hoje ontem agora depois antes sempre nunca vez vezes gente oq dps hj";

const ES: &str = "a al el la los las lo un una unos unas de del en con sin sobre entre hasta desde por para segun contra tras ante bajo e y o u ni que q \
    pero sino si no mas menos muy mucho mucha muchos muchas poco bien mal tan tanto tambien ya aun todavia solo asi entonces pues porque xq pq como cm \
    donde adonde cuando cuanto cuanta cuantos cuantas cual cuales quien quienes cuyo yo tu vos el ella ello ellos ellas nosotros ustedes usted ud uds \
    me te se le les nos mi mis mio mia mios mias ti tus tuyo tuya su sus suyo suya nuestro nuestra nuestros nuestras este esta estos estas ese esa esos \
    esas aquel aquella aquellos aquellas esto eso aquello ahi alli alla aqui aca otro otra otros otras mismo misma todo toda todos todas cada algun \
    alguna alguno algunos algunas algo alguien nada nadie ningun ninguna ninguno ser soy eres es somos son era eran fue fueron sea sean siendo sido \
    estar estoy estas esta estamos estan estaba estaban estuvo este tener tengo tiene tienes tienen tenia tuvo tuve tenga haber he has ha hemos han hay \
    habia hubo haya ir voy va vas vamos van iba fui hacer hago hace haces hacen hizo hice hecho poder puedo puede puedes pueden podia podria pude deber \
    debo debe deben querer quiero quiere quieren queria quisiera necesito necesita necesitan logro consigo dar da dan dio di doy gustaria favor hola buen \
    buenas buenos tarde tardes noche noches gracias hoy ayer ahora despues antes siempre nunca vez veces";

const EN: &str = "a an the of to in on at by for from with without into onto over under up down out off about after before between through during until \
    since as than and or but nor so if because while then also too just only even still yet already again very much many more most less few some any all \
    each every both either neither other another such same own no not never always what which who whom whose when where why how i im ive id ill me my \
    mine myself we us our ours you your yours he him his she her hers it its they them their theirs this that these those there here be am is isn are \
    aren was wasn were been being do don does doesn did didn done doing have haven has hasn had hadn having can cannot cant could couldn will won would \
    wouldn shall should shouldn may might must dont doesnt didnt isnt wasnt wont s t d m ll re ve get gets getting got go goes going went gone back want \
    wants wanted need needs needed let lets make makes made way thing things something anything nothing someone anyone please hi hello hey thanks thank \
    today yesterday now ever able like u ur r pls plz";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::analyser::each_word;

    #[test]
    fn what_a_question_begins_with_says_little_and_what_it_is_about_stays() {
        for (lang, question, about) in [
            (Lang::Pt, "como eu faço para pedir o meu dinheiro de volta?", "pedir dinheiro volta"),
            (Lang::Es, "¿cómo hago para que me devuelvan el dinero?", "devuelvan dinero"),
            (Lang::En, "How do I get my money back?", "money"),
        ] {
            let mut words = Vec::new();
            each_word(question, |_, form| words.push(form.to_owned()));
            words.retain(|form| !is_stop_word(lang, form));
            assert_eq!(words.join(" "), about);
        }
    }

    #[test]
    fn the_lists_are_folded() {
        for list in [PT, ES, EN] {
            assert!(list.split_ascii_whitespace().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
        }
    }
}
